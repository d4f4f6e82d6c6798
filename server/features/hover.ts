import { MarkupKind, type Hover, type Position } from 'vscode-languageserver';
import {
  describeImageReference,
  readImageReference,
} from '../../core/check/describeImageReference.ts';
import type { CheckContext } from '../../core/check/context.ts';
import { placeOf, type ImageReference } from '../../core/record/example.ts';
import { quote } from '../../core/text/quote.ts';
import { imagesAt } from '../../core/record/imagesAt.ts';
import type { Snapshot } from '../snapshot.ts';

/**
 * What is known of the images a person points at, as plain text: for editors that show no pictures of their own.
 * Text from the record is never markdown.
 */
export function imageHoverAt({ document }: Snapshot, position: Position): Hover | undefined {
  const record = document.recordAt(position);
  if (!record) return undefined;
  const images = imagesAt(record.text, record.offsetOf(position));
  const [first] = images;
  if (!first) return undefined;
  const value = images.map(({ image }) => describe(image, document.context)).join('\n\n');
  const place = placeOf(first.part.value);
  const range = { start: record.positionOf(place.start), end: record.positionOf(place.end) };
  return {
    contents: { kind: MarkupKind.PlainText, value },
    ...(images.length === 1 ? { range } : {}),
  };
}

/** A line each; of a picture somewhere else its address first. */
function describe(image: ImageReference, { profile, learnt }: CheckContext): string {
  const read = readImageReference(image);
  const words = describeImageReference(read, profile, learnt);
  return [...(read.embedded ? [] : [`Image at ${quote(read.url)}`]), ...words].join('\n');
}
