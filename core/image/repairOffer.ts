import type { ImageFacts } from './imageFacts.ts';
import {
  planRepair,
  type RepairOptions,
  type RepairPlan,
  type RepairRefusal,
} from './repairPlan.ts';

/** What a person may ask of repairs besides making images acceptable. */
export type Extra = Exclude<keyof RepairOptions, 'maxBytes'>;

/** All that a person may ask for that depends on the header of an image. */
export const everyExtra: Omit<RepairOptions, 'maxBytes'> = {
  turnsUpright: true,
  stopsAnimation: true,
};

/** Images for which the same is to be done. */
export interface RepairGroup {
  /** From what to what. */
  readonly words: string;
  readonly count: number;
  /** Of all of them, as they are. */
  readonly byteLength: number;
}

/** What there is to choose from. */
export interface RepairOptionsOffered {
  /** What has to be done so that the service takes the images, with the most frequent first. */
  readonly groups: readonly RepairGroup[];
  /** How many images each extra is about that is about any. */
  readonly extras: ReadonlyMap<Extra, number>;
}

/** What there is to choose from among images `T`, and those for which there is nothing. */
export interface RepairOffer<T> extends RepairOptionsOffered {
  readonly refused: readonly RefusedImage<T>[];
}

/** An image that cannot be repaired: what it is and what a person can do instead. */
export type RefusedImage<T> = T & { readonly reason: string };

export interface RepairChoice {
  /** Of groups. */
  readonly words: ReadonlySet<string>;
  readonly extras: ReadonlySet<Extra>;
}

/** What has become of the images of a file, all together. */
export interface RepairedImages {
  readonly count: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** Images that were to be repaired and are as they were. */
  readonly failed: number;
}

export function offerRepairs<T extends { readonly facts: ImageFacts }>(
  images: readonly T[],
  maxBytes: number,
): RepairOffer<T> {
  const tally = new RepairTally(maxBytes);
  const refused = images.flatMap((image) => {
    const refusal = tally.add(image.facts);
    return refusal ? [{ ...image, reason: refusal.words }] : [];
  });
  return { ...tally.offer, refused };
}

/** Counts what there is to choose from among any number of images, of which it keeps none. */
export class RepairTally {
  readonly #maxBytes: number;
  readonly #groups = new Map<string, RepairGroup>();
  readonly #extras = new Map<Extra, number>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get offer(): RepairOptionsOffered {
    const groups = [...this.#groups.values()].sort((a, b) => b.count - a.count);
    return { groups, extras: this.#extras };
  }

  /** Gives why an image cannot be repaired, if it should be. */
  add(facts: ImageFacts): RepairRefusal | undefined {
    const planned = planRepair(facts, { maxBytes: this.#maxBytes });
    if (planned?.kind === 'refusal') return planned;
    if (planned) {
      this.#addTo(planned.words, facts.byteLength);
      if (facts.byteLength > this.#maxBytes) this.#count('isLossless');
    } else {
      if (facts.orientation !== undefined) this.#count('turnsUpright');
      if (facts.isAnimated) this.#count('stopsAnimation');
    }
    return undefined;
  }

  #addTo(words: string, byteLength: number): void {
    const { count, byteLength: before } = this.#groups.get(words) ?? { count: 0, byteLength: 0 };
    this.#groups.set(words, { words, count: count + 1, byteLength: before + byteLength });
  }

  #count(extra: Extra): void {
    this.#extras.set(extra, (this.#extras.get(extra) ?? 0) + 1);
  }
}

/** What is to be done to an image of a choice; undefined where nothing is. */
export function planChosen(
  facts: ImageFacts,
  maxBytes: number,
  { words, extras }: RepairChoice,
): RepairPlan | RepairRefusal | undefined {
  const needed = planRepair(facts, { maxBytes });
  if (needed && !words.has(needed.words)) return undefined;
  const chosen = Object.fromEntries([...extras].map((extra) => [extra, true]));
  return planRepair(facts, { ...chosen, maxBytes });
}
