import { PlainString } from '../record/plainString.ts';
import { QuickHash } from '../text/quickHash.ts';
import type { ComparedString } from './comparedStrings.ts';
import { longImage, sampleImage } from './fingerprint.ts';

/**
 * What an example is compared with others by at first: pairs of hashes. Examples whose `Fingerprint` has something in
 * common have the same hash of it; the other way round only nearly always.
 */
export class QuickKeys {
  /** Of all strings but those of the answer. */
  readonly question = new Int32Array(2);
  readonly system = new Int32Array(2);
  hasSystem = false;
  /** In pairs. */
  images = new Int32Array(16);
  imageCount = 0;
  readonly #question = new QuickHash();
  readonly #system = new QuickHash();

  /** Begins with another example. */
  reset(): void {
    this.#question.reset();
    this.#system.reset();
    this.hasSystem = false;
    this.imageCount = 0;
  }

  /** Takes a string of the example in, given the hashes of it that stand at an index of a list. */
  add({ part, kind }: Omit<ComparedString, 'value'>, hashes: Int32Array, index: number): void {
    const [first, second] = [hashes[index] ?? 0, hashes[index + 1] ?? 0];
    if (part !== 'answer') this.#question.addPair(first, second);
    if (part === 'system') {
      this.hasSystem = true;
      this.#system.addPair(first, second);
    }
    if (kind === 'address') this.#addImage(first, second);
  }

  /** Call after the last string. */
  end(): void {
    this.#question.settleInto(this.question, 0);
    this.#system.settleInto(this.system, 0);
  }

  #addImage(first: number, second: number): void {
    const index = 2 * this.imageCount++;
    if (index === this.images.length) {
      const larger = new Int32Array(2 * index);
      larger.set(this.images);
      this.images = larger;
    }
    this.images[index] = first;
    this.images[index + 1] = second;
  }
}

/** Makes the keys of examples that were read. */
export class KeyMaker {
  readonly #string = new PlainString();
  readonly #hashes = new Int32Array(2);

  make(strings: readonly ComparedString[], keys: QuickKeys): void {
    keys.reset();
    for (const string of strings) {
      const { start, end } = string.value.span;
      const { text } = string.value.tree;
      if (string.kind === 'address' && end - start > longImage) {
        this.#string.hash.reset();
        this.#string.hash.addText(sampleImage(text, start, end));
        this.#string.hash.addNumber(end - start);
      } else {
        this.#string.hashString(text.slice(start, end));
      }
      this.#string.hash.settleInto(this.#hashes, 0);
      keys.add(string, this.#hashes, 0);
    }
    keys.end();
  }
}
