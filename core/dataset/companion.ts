import { digest } from './digest.ts';
import type { Fingerprint, ImageFingerprint } from './fingerprint.ts';
import { keyOfExample, keyOfImage, type DigestImage } from './keys.ts';
import type { RecordKeys } from './recordKeys.ts';

/** The other file of a pair, training or validation, as far as it is needed to see what both have. */
export class Companion {
  /** As it is shown: `val.jsonl`. */
  readonly name: string;
  /** Its address, for a link; undefined for standard input. */
  readonly uri: string | undefined;
  readonly #questions = new Set<string>();
  readonly #images = new Set<string>();
  /** Hashes of questions and of images; undefined once a record came without. */
  #questionHashes: Set<number> | undefined = new Set();
  readonly #imageHashes = new Set<number>();
  /** The first line (from 0) of each example and of each image, by its key. */
  readonly #lines = new Map<string, number>();

  constructor(name: string, uri?: string) {
    this.name = name;
    this.uri = uri;
  }

  /**
   * Takes a record in. `readText` gives all of it, and is called only for images that were sampled. Without `keys` an open
   * document has all of its examples read to be compared.
   */
  add(record: Fingerprint, readText: () => string, line: number, keys?: RecordKeys): void {
    this.#addHashes(keys);
    const digestImage = ({ span: { start, end } }: ImageFingerprint): string =>
      digest(readText().slice(start, end));
    this.#questions.add(record.question);
    this.#note(keyOfExample(record, digestImage), line);
    for (const image of record.images) {
      this.#images.add(image.digest);
      this.#note(keyOfImage(image, digestImage), line);
    }
  }

  /** Whether it has the question of a record or one of its images, as far as samples tell. */
  mayShare({ question, images }: Fingerprint): boolean {
    return this.#questions.has(question) || images.some(({ digest }) => this.#images.has(digest));
  }

  /** The same, as far as hashes tell. */
  mayShareKeys({ question, images }: RecordKeys): boolean {
    const questions = this.#questionHashes;
    if (!questions) return true;
    return questions.has(question) || images.some((image) => this.#imageHashes.has(image));
  }

  /** The line of an example that is the same. */
  lineOfExample(record: Fingerprint, digestImage: DigestImage): number | undefined {
    if (!this.#questions.has(record.question)) return undefined;
    return this.#lines.get(keyOfExample(record, digestImage) ?? '');
  }

  /** The line of an example with the same image. */
  lineOfImage(image: ImageFingerprint, digestImage: DigestImage): number | undefined {
    if (!this.#images.has(image.digest)) return undefined;
    return this.#lines.get(keyOfImage(image, digestImage) ?? '');
  }

  #addHashes(keys: RecordKeys | undefined): void {
    if (!keys) this.#questionHashes = undefined;
    this.#questionHashes?.add(keys?.question ?? 0);
    for (const image of keys?.images ?? []) this.#imageHashes.add(image);
  }

  #note(key: string | undefined, line: number): void {
    if (key !== undefined && !this.#lines.has(key)) this.#lines.set(key, line);
  }
}
