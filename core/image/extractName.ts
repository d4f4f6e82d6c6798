/** The name of a file for a picture: `train-record12-image1.png`, with its numbers from 1. */
export function extractName(source: string, record: number, image: number, ending: string): string {
  const stem = source.replace(/\.[^.]*$/, '').replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
  const numbers = `record${record}-image${image}`;
  return `${stem === '' ? '' : `${stem}-`}${numbers}.${ending}`;
}

/** The same name, or with the first number from 2 that makes it new: `train-record12-image1-2.png`. */
export async function freshName(
  name: string,
  isTaken: (name: string) => Promise<boolean>,
): Promise<string> {
  if (!(await isTaken(name))) return name;
  const dot = name.lastIndexOf('.');
  for (let number = 2; ; number++) {
    const other = `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
    if (!(await isTaken(other))) return other;
  }
}
