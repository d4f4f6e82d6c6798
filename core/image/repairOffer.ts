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

/** What there is to choose from among images `T`. */
export interface RepairOffer<T> {
  /** What has to be done so that the service takes the images, with the most frequent first. */
  readonly groups: readonly RepairGroup[];
  /** How many images each extra is about that is about any. */
  readonly extras: ReadonlyMap<Extra, number>;
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
  const groups = new Map<string, RepairGroup>();
  const extras = new Map<Extra, number>();
  const refused: RefusedImage<T>[] = [];
  const count = (extra: Extra): unknown => extras.set(extra, (extras.get(extra) ?? 0) + 1);
  for (const image of images) {
    const { byteLength, orientation, isAnimated } = image.facts;
    const planned = planRepair(image.facts, { maxBytes });
    if (planned?.kind === 'refusal') refused.push({ ...image, reason: planned.words });
    else if (planned) {
      const known = groups.get(planned.words) ?? { words: planned.words, count: 0, byteLength: 0 };
      groups.set(planned.words, {
        ...known,
        count: known.count + 1,
        byteLength: known.byteLength + byteLength,
      });
      if (byteLength > maxBytes) count('isLossless');
    } else {
      if (orientation !== undefined) count('turnsUpright');
      if (isAnimated) count('stopsAnimation');
    }
  }
  return { groups: [...groups.values()].sort((a, b) => b.count - a.count), extras, refused };
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
