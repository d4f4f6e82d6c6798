import { planChosen, type RefusedImage, type RepairChoice } from '../../core/image/repairOffer.ts';
import { planRepair, type RepairPlan } from '../../core/image/repairPlan.ts';
import type { ImageToRepair } from '../../server/protocol.ts';

export interface PlannedRepair extends ImageToRepair {
  readonly plan: RepairPlan;
}

export type RefusedRepair = RefusedImage<ImageToRepair>;

/** What is to be done to each image of a choice. */
export function planRepairs(
  images: readonly ImageToRepair[],
  maxBytes: number,
  choice: RepairChoice,
): readonly PlannedRepair[] {
  return images.flatMap((image) => {
    const plan = planChosen(image.facts, maxBytes, choice);
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
