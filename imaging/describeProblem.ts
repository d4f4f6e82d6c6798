/** What the layers above a decoder say of any problem, and their names: `vipspng: `, `webp2vips: `. */
const generic =
  /^(?:input buffer has corrupt header|warning treated as error.*|unknown error|libpng read error|unable to write to target.*|(?:\w+load\w*|vips\w*|\w+2vips|webp))(?:: *|$)/i;

/**
 * What a decoder stumbled over, in words that end a sentence, of the message of an error: one or many lines with names of
 * libraries before the cause.
 */
export function describeProblem(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  const causes = lines.map(withoutGeneric).filter((line) => line !== '');
  return causes.at(-1) ?? 'its data is damaged';
}

function withoutGeneric(line: string): string {
  let cause = line.trim();
  for (let match = generic.exec(cause); match; match = generic.exec(cause)) {
    cause = cause.slice(match[0].length).trim();
  }
  return cause.replace(/\.$/, '');
}
