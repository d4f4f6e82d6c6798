/** The columns of a results file begin so, whatever follows. */
const header = /^\uFEFF?"?step\b/;

/** A results file as CSV: OpenAI has been seen to give it in base64, which its description does not tell of. */
export function decodeResults(content: Buffer): Buffer {
  if (header.test(content.toString('utf8', 0, 16))) return content;
  const decoded = Buffer.from(content.toString('latin1'), 'base64');
  return header.test(decoded.toString('utf8', 0, 16)) ? decoded : content;
}
