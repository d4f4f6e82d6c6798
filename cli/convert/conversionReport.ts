import type { FileImage } from '../../core/fixes/addressRewriter.ts';
import { countOf } from '../../core/finding/words.ts';
import { formatBytes } from '../../core/image/describeImage.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { complain } from '../complain.ts';
import type { Io } from '../io.ts';

/** Images that are left as they are and named. */
const maxNamed = 10;

/** Tells what becomes of images that are to change their form. */
export class ConversionReport {
  readonly #input: string;
  readonly #verb: 'embedded' | 'extracted';
  readonly #io: Io;
  readonly #left: string[] = [];
  #leftCount = 0;
  #count = 0;
  #bytes = 0;

  constructor(input: string, verb: 'embedded' | 'extracted', io: Io) {
    this.#input = input;
    this.#verb = verb;
    this.#io = io;
  }

  /** `train.jsonl: 12 images to extract to pictures, 3.4 MB`; `where` says from or to where. */
  announce(count: number, where: string): readonly string[] {
    const what = count === 0 ? 'no image' : countOf(count, 'image');
    const verb = this.#verb === 'embedded' ? 'embed' : 'extract';
    return [`${makeVisible(`${this.#input}: ${what} to ${verb} ${where}`)}\n`];
  }

  add(byteLength: number): void {
    this.#count++;
    this.#bytes += byteLength;
  }

  /** `reason` ends a sentence. */
  leave({ line, image }: FileImage, reason: string): void {
    this.#leftCount++;
    if (this.#left.length < maxNamed) {
      this.#left.push(`${this.#input}:${line + 1}: image ${image} is left as it is: ${reason}`);
    }
  }

  *describe(): Generator<string> {
    if (this.#count === 0) return;
    yield `${countOf(this.#count, 'image')} ${this.#verb}, ${formatBytes(this.#bytes)}\n`;
  }

  complain(): void {
    for (const words of this.#left) complain(this.#io, words);
    const unnamed = this.#leftCount - this.#left.length;
    if (unnamed > 0) {
      complain(this.#io, `${this.#input}: ${countOf(unnamed, 'more image')} left as they are`);
    }
  }
}
