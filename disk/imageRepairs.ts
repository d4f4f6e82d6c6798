import type { CheckContext } from '../core/check/context.ts';
import { ImageFileRepairer, type RepairBytes } from '../core/check/imageRepairer.ts';
import type { ImageFacts } from '../core/image/imageFacts.ts';
import {
  everyExtra,
  planChosen,
  type RepairChoice,
  RepairTally,
  type RepairedImages,
} from '../core/image/repairOffer.ts';
import { planRepair, quietImageBytes } from '../core/image/repairPlan.ts';
import { ImagingPool } from '../imaging/imagingPool.ts';
import { imagingScript } from '../imaging/imagingScript.ts';
import { repairIn } from '../imaging/repairIn.ts';
import type { ImageOffer } from './protocol.ts';

/** Finds what images of a file could be repaired, by their headers, as its records go through `repairer`. */
export class ImageSearch {
  readonly repairer: ImageFileRepairer;
  readonly #tally: RepairTally;
  #refused = 0;

  constructor({ limits }: CheckContext) {
    const maxBytes = quietImageBytes(limits);
    this.#tally = new RepairTally(maxBytes);
    const leave: RepairBytes = (_bytes, { words }) => Promise.resolve(words);
    const plan = (facts: ImageFacts) => planRepair(facts, { ...everyExtra, maxBytes });
    this.repairer = new ImageFileRepairer(plan, leave, {
      onRepair: () => undefined,
      onLeft: ({ facts }) => {
        if (this.#tally.add(facts)) this.#refused++;
      },
    });
  }

  get offer(): ImageOffer {
    return { ...this.#tally.offer, refused: this.#refused };
  }
}

export interface ImageWatch {
  /** Told before and after each image how many are repaired; may throw to end it. */
  readonly onImage: (count: number) => void;
  /** Ends it in the midst of an image, too: a large one may take a minute. */
  readonly signal: AbortSignal | undefined;
}

/** Repairs the images of a choice, in processes of their own, as the records of their file go through `repairer`. */
export class ImageRepairs implements Disposable {
  readonly repairer: ImageFileRepairer;
  readonly #pool = new ImagingPool({ script: imagingScript });
  #count = 0;
  #failed = 0;
  #bytesBefore = 0;
  #bytesAfter = 0;

  constructor({ limits }: CheckContext, choice: RepairChoice, { onImage, signal }: ImageWatch) {
    const maxBytes = quietImageBytes(limits);
    const plan = (facts: ImageFacts) => planChosen(facts, maxBytes, choice);
    const repair = repairIn(this.#pool, signal);
    const repairOne: RepairBytes = async (bytes, plan) => {
      onImage(this.#count);
      const repaired = await repair(bytes, plan);
      this.#note(bytes, repaired);
      onImage(this.#count);
      return repaired;
    };
    // What became of each is counted as it is ready.
    const events = { onRepair: () => undefined, onLeft: () => undefined };
    this.repairer = new ImageFileRepairer(plan, repairOne, events);
  }

  get repaired(): RepairedImages {
    return {
      count: this.#count,
      bytesBefore: this.#bytesBefore,
      bytesAfter: this.#bytesAfter,
      failed: this.#failed,
    };
  }

  [Symbol.dispose](): void {
    this.#pool.dispose();
  }

  #note(bytes: Uint8Array, repaired: Awaited<ReturnType<RepairBytes>>): void {
    if (typeof repaired === 'string') {
      this.#failed++;
      return;
    }
    this.#count++;
    this.#bytesBefore += bytes.length;
    this.#bytesAfter += repaired.bytes.length;
  }
}
