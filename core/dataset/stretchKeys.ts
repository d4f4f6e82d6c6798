import { grown } from './grown.ts';
import type { QuickKeys } from './quickKeys.ts';

/** What the examples in some lines of a file that follow each other are compared by, and where they stand. Plain data. */
export interface KeyedStretch {
  /** For each example `keySize` cells: the hash of its question, whether it has a system prompt, and the hashes of that. */
  readonly keys: Int32Array<ArrayBuffer>;
  /** In pairs: an example, from 0 in the stretch, and the hash of one of its images. */
  readonly images: Int32Array<ArrayBuffer>;
  /** For each example its line, from 0 in the stretch. */
  readonly lines: Int32Array<ArrayBuffer>;
  /** For each example where it begins in the file, in bytes, and its length. */
  readonly offsets: Float64Array<ArrayBuffer>;
  readonly byteLengths: Int32Array<ArrayBuffer>;
}

export const keySize = 4;

/** Gives the hashes back once they are added up: of a gigabyte these are 40 MB that would wait for the collector of garbage. */
export function releaseKeys(stretch: KeyedStretch | undefined): void {
  stretch?.keys.buffer.transfer(0);
  stretch?.images.buffer.transfer(0);
}

/** Examples that there is room for at first. */
const firstRoom = 1024;

/** Takes down what the examples of one stretch after the other are compared by: some 40 bytes each. */
export class StretchKeys {
  #count = 0;
  #imageCount = 0;
  #keys = new Int32Array(keySize * firstRoom);
  #images = new Int32Array(2 * firstRoom);
  #lines = new Int32Array(firstRoom);
  #offsets = new Float64Array(firstRoom);
  #byteLengths = new Int32Array(firstRoom);

  add(keys: QuickKeys, line: number, offset: number, byteLength: number): void {
    const example = this.#count++;
    if (example === this.#lines.length) this.#grow();
    this.#lines[example] = line;
    this.#offsets[example] = offset;
    this.#byteLengths[example] = byteLength;
    const cell = example * keySize;
    this.#keys[cell] = keys.question[0] ?? 0;
    this.#keys[cell + 1] = keys.hasSystem ? 1 : 0;
    this.#keys[cell + 2] = keys.system[0] ?? 0;
    this.#keys[cell + 3] = keys.system[1] ?? 0;
    for (let image = 0; image < keys.imageCount; image++) {
      const pair = 2 * this.#imageCount++;
      if (pair === this.#images.length) this.#images = grown(this.#images);
      this.#images[pair] = example;
      this.#images[pair + 1] = keys.images[2 * image] ?? 0;
    }
  }

  /** All of the stretch, in memory of its own; what comes next is of another one. */
  end(): KeyedStretch {
    const [count, imageCount] = [this.#count, this.#imageCount];
    this.#count = 0;
    this.#imageCount = 0;
    return {
      keys: this.#keys.slice(0, keySize * count),
      images: this.#images.slice(0, 2 * imageCount),
      lines: this.#lines.slice(0, count),
      offsets: this.#offsets.slice(0, count),
      byteLengths: this.#byteLengths.slice(0, count),
    };
  }

  #grow(): void {
    this.#keys = grown(this.#keys);
    this.#lines = grown(this.#lines);
    this.#byteLengths = grown(this.#byteLengths);
    const offsets = new Float64Array(2 * this.#offsets.length);
    offsets.set(this.#offsets);
    this.#offsets = offsets;
  }
}
