import { identifyImageBytes } from './compare.ts';
import { digestText } from './digest.ts';
import type { Fingerprint } from './fingerprint.ts';

/** The other file of a pair, training or validation, as far as it is needed to see what both have. */
export class Companion {
  /** As it is shown: `val.jsonl`. */
  readonly name: string;
  /** First lines (from 0) by the hash of the example. */
  readonly examples = new Map<number, number>();
  readonly imageHashes = new Set<number>();
  /** First lines (from 0) by what identifies the image. */
  readonly images = new Map<string, number>();

  constructor(name: string) {
    this.name = name;
  }

  /** `text` is that of the record. */
  add(record: Fingerprint, text: string, line: number): void {
    if (!this.examples.has(record.example)) this.examples.set(record.example, line);
    for (const image of record.images) {
      this.imageHashes.add(image.hash);
      const identity = identifyImageBytes(image, () => digestText(text, image.span));
      if (identity !== undefined && !this.images.has(identity)) this.images.set(identity, line);
    }
  }
}
