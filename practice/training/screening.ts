import { dataUriSource, parseDataUri } from '../../core/image/dataUri.ts';
import { imagesOf, type Example } from '../../core/record/example.ts';

/** What the services leave examples out for, in the words of their summaries. */
export const screenedContents = ['faces', 'people', 'children', 'CAPTCHAs'] as const;

/**
 * The mark that makes a picture one with a face, or with people, children or CAPTCHAs, for this service: this text, as
 * ASCII, among the first or the last 4,096 bytes of the file. A PNG tEXt chunk, a JPEG comment, a WEBP chunk can hold it,
 * and so can bytes behind the end of the picture. Nothing else of a picture is looked at.
 */
export function screeningMark(content: (typeof screenedContents)[number]): string {
  return `practice-screening=${content}`;
}

const searchedBytes = 4096;

const mark = new RegExp(
  screeningMark('(.*)' as 'faces').replace('(.*)', `(${screenedContents.join('|')})`),
);

/** Why the example is left out, `contains faces`; undefined where no embedded picture of it is marked. */
export function screenExample(example: Example): string | undefined {
  for (const { image } of imagesOf(example)) {
    const content = screenImage(image.url.asString() ?? '');
    if (content !== undefined) return `contains ${content}`;
  }
  return undefined;
}

function screenImage(address: string): string | undefined {
  const uri = parseDataUri(address);
  if (!uri) return undefined;
  const source = dataUriSource(address, uri);
  for (const bytes of [source.head(searchedBytes), source.tail(searchedBytes)]) {
    const found = mark.exec(Buffer.from(bytes).toString('latin1'))?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
