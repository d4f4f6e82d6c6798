import { MarkupKind, type Hover, type Position } from 'vscode-languageserver';
import { describeImageReference } from '../../core/check/describeImageReference.ts';
import { imagesAt } from '../../core/record/imagesAt.ts';
import { placeOf } from '../../core/record/example.ts';
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
  const value = images
    .map(({ image }) => describeImageReference(image, document.context.profile).join('\n'))
    .join('\n\n');
  const place = placeOf(first.part.value);
  const range = { start: record.positionOf(place.start), end: record.positionOf(place.end) };
  return {
    contents: { kind: MarkupKind.PlainText, value },
    ...(images.length === 1 ? { range } : {}),
  };
}
