import { countOf } from '../../core/finding/words.ts';
import { ImagingError } from '../../imaging/imagingError.ts';

/** Reasons that are named. */
const maxNamed = 3;

/** Images of which was not found out what was asked, and why. */
export class Refusals {
  readonly #reasons = new Set<string>();
  #count = 0;

  /** Throws what is no refusal of an image but a bug. */
  add(error: unknown): void {
    if (!(error instanceof ImagingError)) throw error;
    this.#count++;
    if (this.#reasons.size < maxNamed) this.#reasons.add(error.message);
  }

  /** `2 images not looked at: it has no bytes; it took longer than 30 s`; undefined where there are none. */
  describe(what: string): string | undefined {
    if (this.#count === 0) return undefined;
    return `${countOf(this.#count, 'image')} not ${what}: ${[...this.#reasons].join('; ')}`;
  }
}
