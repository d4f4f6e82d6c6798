import type { DocumentLink } from 'vscode-languageserver';
import type { RecordAt } from '../../core/check/checkedDocument.ts';
import { imagesOf, readExample } from '../../core/record/example.ts';
import { readJson } from '../../core/record/readJson.ts';
import type { Snapshot } from '../snapshot.ts';

/** An editor draws each of them, and asks for all of a file at once. */
export const maxDocumentLinks = 5000;

/** A longer address is none that a person opens. */
const maxAddressLength = 2000;

/**
 * The addresses of images on the web, to open in a browser where a person clicks; nothing else is a link. A record at a
 * time, so that the caller can stop in between.
 */
export function* documentLinksOf({ document }: Snapshot): Generator<DocumentLink[]> {
  let room = maxDocumentLinks;
  for (const record of document.records()) {
    const links = linksIn(record).slice(0, room);
    room -= links.length;
    yield links;
    if (room === 0) return;
  }
}

function linksIn(record: RecordAt): DocumentLink[] {
  // Most records of a file whose images stand in it have no address at all, and need not be read.
  if (!/https?:/i.test(record.text)) return [];
  const example = readExample(readJson(record.text));
  return (example ? imagesOf(example) : []).flatMap(({ image: { url } }) => {
    const { start, end } = url.span;
    if (end - start > maxAddressLength) return [];
    const target = webAddress(url.asString() ?? '');
    if (target === undefined) return [];
    return {
      range: { start: record.positionOf(start + 1), end: record.positionOf(end - 1) },
      target,
      tooltip: 'Open image in browser',
    };
  });
}

function webAddress(text: string): string | undefined {
  const url = URL.parse(text);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined;
}
