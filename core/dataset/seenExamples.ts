import { digest } from './digest.ts';
import type { Fingerprint, ImageFingerprint } from './fingerprint.ts';
import { keyOfExample } from './keys.ts';
import { maxComparedRecords } from './repetitions.ts';

/** The examples that a file holds so far, by which copies are told: some 100 bytes each. */
export class SeenExamples {
  readonly #keys = new Set<string>();

  /**
   * Whether the example stands further up already; from now on it does. `readText` gives all of the record, and is called
   * only for images that were sampled. Of a file with more different examples than are compared, the first are known.
   */
  isCopy(example: Fingerprint, readText: () => string): boolean {
    let text: string | undefined;
    const digestImage = ({ span: { start, end } }: ImageFingerprint): string =>
      digest((text ??= readText()).slice(start, end));
    // Of many images the key is long.
    const key = digest(keyOfExample(example, digestImage) ?? '');
    if (this.#keys.has(key)) return true;
    if (this.#keys.size < maxComparedRecords) this.#keys.add(key);
    return false;
  }
}
