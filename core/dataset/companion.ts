import { digest } from './digest.ts';
import type { Fingerprint, ImageFingerprint } from './fingerprint.ts';
import { keyOfExample, keyOfImage, type DigestImage } from './keys.ts';

/** The other file of a pair, training or validation, as far as it is needed to see what both have. */
export class Companion {
  /** As it is shown: `val.jsonl`. */
  readonly name: string;
  /** Its address, for a link; undefined for standard input. */
  readonly uri: string | undefined;
  readonly #questions = new Set<string>();
  readonly #images = new Set<string>();
  /** The first line (from 0) of each example and of each image, by its key. */
  readonly #lines = new Map<string, number>();

  constructor(name: string, uri?: string) {
    this.name = name;
    this.uri = uri;
  }

  /** Takes a record in. `readText` gives all of it, and is called only for images that were sampled. */
  add(record: Fingerprint, readText: () => string, line: number): void {
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

  #note(key: string | undefined, line: number): void {
    if (key !== undefined && !this.#lines.has(key)) this.#lines.set(key, line);
  }
}
