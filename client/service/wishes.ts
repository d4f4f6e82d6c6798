import type { Provider } from '../../core/profile/profile.ts';
import { findProfile, profiles } from '../../core/profile/profiles.ts';
import type { Surface } from '../../core/service/endpoint.ts';
import type { JobWishes } from '../../core/service/journal.ts';
import { surfaces, trainingTiers, type TrainingTier } from '../../core/service/surfaces.ts';
import { fieldsOf, numberOf, textOf } from '../../core/service/wire.ts';
import {
  numberRanges,
  problemOfNumber,
  problemOfSuffix,
  type NumberWish,
} from '../../core/service/wishes.ts';

/** What can be told of a job besides its files, in the order in which it is listed. */
export type WishName = NumberWish | 'suffix' | 'tier';

export const wishTitles: Readonly<Record<WishName, string>> = {
  epochs: numberRanges.epochs.value.name,
  batchSize: numberRanges.batchSize.value.name,
  learningRateMultiplier: numberRanges.learningRateMultiplier.value.name,
  suffix: 'Suffix of the model’s name',
  seed: numberRanges.seed.value.name,
  tier: 'Training tier',
};

export const tierTitles: Readonly<Record<TrainingTier, string>> = {
  standard: 'Standard',
  globalStandard: 'Global Standard',
  developer: 'Developer',
};

/** Those that a surface knows. */
export function wishesOf(surface: Surface): readonly WishName[] {
  const all = Object.keys(wishTitles) as WishName[];
  return surfaces[surface].trainingTypes ? all : all.filter((name) => name !== 'tier');
}

/** `3`, `Developer`, or who decides. */
export function describeWish(name: WishName, wishes: JobWishes): string {
  if (name === 'tier') return tierTitles[wishes.tier ?? 'globalStandard'];
  if (name === 'suffix') return wishes.suffix ?? 'none';
  return wishes[name]?.toString() ?? 'chosen by the service';
}

/** Wishes with one of them as a person has typed it; empty leaves it to the service. */
export function withWish(wishes: JobWishes, name: WishName, typed: string): JobWishes {
  const { [name]: _, ...others } = wishes;
  const text = typed.trim();
  if (text === '') return others;
  if (name === 'suffix') return { ...others, suffix: text };
  if (name === 'tier')
    return { ...others, tier: trainingTiers.find((tier) => tier === text) ?? 'globalStandard' };
  return { ...others, [name]: Number(text) };
}

/** What is wrong with what was typed, a sentence; undefined where it can be sent. */
export function problemOfTyped(
  name: WishName,
  typed: string,
  provider: Provider,
): string | undefined {
  const text = typed.trim();
  if (text === '' || name === 'tier') return undefined;
  if (name !== 'suffix') return problemOfNumber(name, Number(text));
  const limit = findProfile(provider)?.limits.maxSuffixLength.value ?? Infinity;
  return problemOfSuffix(text, limit);
}

/** Wishes that were kept from an earlier submission, without those that can no longer be sent. */
export function readWishes(kept: unknown, provider: Provider, surface: Surface): JobWishes {
  const fields = fieldsOf(kept);
  const models = profiles.filter((each) => each.provider === provider).map(({ model }) => model);
  const [first = 'gpt-4.1-2025-04-14'] = models;
  let wishes: JobWishes = { model: models.find((each) => each === fields['model']) ?? first };
  for (const name of wishesOf(surface)) {
    const value = fields[name];
    const text = numberOf(value)?.toString() ?? textOf(value) ?? '';
    if (problemOfTyped(name, text, provider) === undefined) wishes = withWish(wishes, name, text);
  }
  return wishes;
}
