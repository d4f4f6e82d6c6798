import type { Level } from '../finding/finding.ts';
import type { Companion } from '../dataset/companion.ts';
import { limitValues } from '../profile/limits.ts';
import { findProfile } from '../profile/profiles.ts';
import type { RuleContext } from '../rules/rule.ts';
import type { CheckOptions } from './options.ts';

/**
 * All that decides about findings besides the text: profile, limits, levels, today, what was learnt of pictures. Never
 * changes once made.
 */
export interface CheckContext extends RuleContext {
  /** What the user says of rules; a rule that is not in it has its own severity. */
  readonly levels: ReadonlyMap<string, Level>;
  /** The file that this one is validated with, or that is trained with it. */
  readonly companion?: Companion | undefined;
}

/**
 * The context that options give, each layer winning over those before it: file, then settings or flags.
 * `today` is ISO 8601, local.
 */
export function createContext(layers: readonly CheckOptions[], today: string): CheckContext {
  const { profile: provider = defaultProvider, model, epochs } = merge(layers);
  const profile = findProfile(provider, model) ?? findProfile(provider);
  if (!profile) throw new Error(`No profile for ${provider}`);
  const limits = limitValues(profile.limits);
  for (const { limits: overrides } of layers) Object.assign(limits, overrides);
  const levels = new Map(layers.flatMap(({ severities }) => Object.entries(severities ?? {})));
  return { profile, limits, levels, today, ...(epochs !== undefined && { epochs }) };
}

const defaultProvider = 'azure';

function merge(layers: readonly CheckOptions[]): CheckOptions {
  return Object.assign({}, ...layers) as CheckOptions;
}
