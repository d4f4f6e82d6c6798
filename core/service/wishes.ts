import { formatCount } from '../text/formatCount.ts';
import { quote } from '../text/quote.ts';
import type { Profile, Sourced } from '../profile/profile.ts';
import { azureFineTuning, openaiSpec, sourced } from '../profile/sources.ts';
import type { Surface } from './endpoint.ts';
import type { JobWishes } from './journal.ts';
import { surfaces } from './surfaces.ts';

interface NumberRange {
  /** As people call it. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
}

/** What a job may be told in numbers. Azure documents no ranges; what OpenAI refuses is refused there as well. */
export const numberRanges: Readonly<Record<NumberWish, Sourced<NumberRange>>> = {
  epochs: sourced({ name: 'Epochs', least: 1, most: 50, isWhole: true }, openaiSpec),
  batchSize: sourced({ name: 'Batch size', least: 1, most: 256, isWhole: true }, openaiSpec),
  learningRateMultiplier: sourced(
    { name: 'Learning rate multiplier', least: Number.MIN_VALUE, most: Infinity, isWhole: false },
    openaiSpec,
  ),
  seed: sourced({ name: 'Seed', least: 0, most: 2_147_483_647, isWhole: true }, openaiSpec),
};

export type NumberWish = 'epochs' | 'batchSize' | 'learningRateMultiplier' | 'seed';

/** Azure's guide names these; OpenAI documents none, and puts the suffix into a name of the same kind. */
const suffixCharacters = sourced(/^[\w-]+$/, azureFineTuning);

/** The first wish that the service would refuse, a sentence; undefined where all can be sent. */
export function problemOfWishes(
  wishes: JobWishes,
  { limits, providerName }: Profile,
  surface: Surface,
): string | undefined {
  for (const name of Object.keys(numberRanges) as NumberWish[]) {
    const problem = problemOfNumber(name, wishes[name]);
    if (problem !== undefined) return problem;
  }
  if (wishes.tier !== undefined && !surfaces[surface].trainingTypes) {
    return `${providerName} has no training tiers; leave the tier out.`;
  }
  return wishes.suffix === undefined
    ? undefined
    : problemOfSuffix(wishes.suffix, limits.maxSuffixLength.value);
}

/** What is wrong with a number, a sentence; undefined where it is absent or can be sent. */
export function problemOfNumber(name: NumberWish, value: number | undefined): string | undefined {
  const { name: title, least, most, isWhole } = numberRanges[name].value;
  if (value === undefined) return undefined;
  const isInRange = value >= least && value <= most && Number.isFinite(value);
  if (isInRange && (!isWhole || Number.isSafeInteger(value))) return undefined;
  const kind = isWhole ? 'a whole number' : 'a number';
  const range = most === Infinity ? 'above 0' : `from ${least} to ${formatCount(most)}`;
  return `${title} is ${value}; expected ${kind} ${range}.`;
}

/** What is wrong with a suffix, a sentence; undefined for one that can be part of a model's name. */
export function problemOfSuffix(suffix: string, maxLength: number): string | undefined {
  if (suffix.length > maxLength) {
    return `The suffix has ${suffix.length} characters; expected at most ${maxLength}.`;
  }
  if (suffixCharacters.value.test(suffix)) return undefined;
  return `The suffix is ${quote(suffix)}; expected letters, digits, - and _ alone.`;
}
