import { readImageReference, type ReadImage } from '../core/check/describeImageReference.ts';
import { learntKey } from '../core/image/learntImages.ts';
import {
  imagesOf,
  readExample,
  type Example,
  type ImageReference,
  type Part,
  type PlacedImage,
} from '../core/record/example.ts';
import type { JsonTree } from '../core/record/jsonTree.ts';
import { readTolerantly } from '../core/record/readTolerantly.ts';

/** A record as hover and preview need it: read once, shown and asked about many times. */
export interface ReadRecord {
  readonly text: string;
  readonly tree: JsonTree;
  /** Undefined where there is no value at all. */
  readonly example: Example | undefined;
  readonly pictures: readonly RecordPicture[];
}

/** A picture of a record, with what its bytes say unless they are somewhere else. */
export class RecordPicture implements ReadImage {
  readonly image: ImageReference;
  readonly part: Part;
  readonly url: string;
  readonly embedded: ReadImage['embedded'];
  /** From 0, among the pictures of the record. */
  readonly index: number;
  #key: string | undefined;

  constructor({ image, part }: PlacedImage, index: number) {
    const { url, embedded } = readImageReference(image);
    this.image = image;
    this.part = part;
    this.url = url;
    this.embedded = embedded;
    this.index = index;
  }

  /** The same for the same picture wherever it stands. Made when first asked for: hashing 13 MB takes 15 ms. */
  get key(): string {
    return (this.#key ??= learntKey(this.url));
  }
}

/** Broken records are read as far as they can be understood. */
export function readRecord(text: string): ReadRecord {
  const tree = readTolerantly(text);
  const example = readExample(tree);
  const images = example ? imagesOf(example) : [];
  const pictures = images.map((image, index) => new RecordPicture(image, index));
  return { text, tree, example, pictures };
}
