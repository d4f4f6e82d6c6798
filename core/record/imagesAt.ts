import { contains } from '../text/span.ts';
import { imagesOf, readExample, type PlacedImage } from './example.ts';
import { readTolerantly } from './readTolerantly.ts';

/** Editors draw a line only so far, and a picture in it hides all that follows: here a record answers as a whole. */
const visibleBeginning = 200;

/** The pictures that a person points at, given a record as text. Broken records answer as far as they can be understood. */
export function imagesAt(text: string, offset: number): readonly PlacedImage[] {
  const example = readExample(readTolerantly(text));
  return example ? chooseImagesAt(imagesOf(example), offset) : [];
}

/** Of the pictures of a record the one whose part is at the offset, else, in its first 200 characters, all of them. */
export function chooseImagesAt<T extends Pick<PlacedImage, 'part'>>(
  images: readonly T[],
  offset: number,
): readonly T[] {
  const pointedAt = images.find(({ part }) => contains(part.value.span, offset));
  if (pointedAt) return [pointedAt];
  return offset <= visibleBeginning ? images : [];
}
