import { planRepair, type RepairOptions, type RepairPlan } from '../../core/image/repairPlan.ts';
import type { ImageToRepair } from '../../server/protocol.ts';

/** What a person may ask of repairs besides making images acceptable. */
export type Extra = Exclude<keyof RepairOptions, 'maxBytes'>;

export interface PlannedRepair extends ImageToRepair {
  readonly plan: RepairPlan;
}

export interface RefusedRepair extends ImageToRepair {
  /** What it is and what a person can do instead. */
  readonly reason: string;
}

/** Images for which the same is to be done. */
export interface RepairGroup {
  /** From what to what. */
  readonly words: string;
  readonly count: number;
  /** Of all of them, as they are. */
  readonly byteLength: number;
}

/** What there is to choose from. */
export interface RepairOffer {
  /** What has to be done so that the service takes the images, with the most frequent first. */
  readonly groups: readonly RepairGroup[];
  /** How many images each extra is about that is about any. */
  readonly extras: ReadonlyMap<Extra, number>;
  readonly refused: readonly RefusedRepair[];
}

export interface RepairChoice {
  /** Of groups. */
  readonly words: ReadonlySet<string>;
  readonly extras: ReadonlySet<Extra>;
}

export function offerRepairs(images: readonly ImageToRepair[], maxBytes: number): RepairOffer {
  const groups = new Map<string, RepairGroup>();
  const extras = new Map<Extra, number>();
  const refused: RefusedRepair[] = [];
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

/** What is to be done to each image of a choice. */
export function planRepairs(
  images: readonly ImageToRepair[],
  maxBytes: number,
  { words, extras }: RepairChoice,
): readonly PlannedRepair[] {
  const chosen = Object.fromEntries([...extras].map((extra) => [extra, true]));
  return images.flatMap((image) => {
    const needed = planRepair(image.facts, { maxBytes });
    if (needed && !words.has(needed.words)) return [];
    const plan = planRepair(image.facts, { ...chosen, maxBytes });
    return plan?.kind === 'plan' ? [{ ...image, plan }] : [];
  });
}

/** All that the rules about one image report on, its animation included. Undefined where there is nothing to do. */
export function planOne(
  image: ImageToRepair,
  maxBytes: number,
): PlannedRepair | RefusedRepair | undefined {
  const planned = planRepair(image.facts, { maxBytes, stopsAnimation: true });
  if (!planned) return undefined;
  return planned.kind === 'plan'
    ? { ...image, plan: planned }
    : { ...image, reason: planned.words };
}
