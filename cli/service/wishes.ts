import type { JobOptions } from '../../core/check/jobOptions.ts';
import type { Profile } from '../../core/profile/profile.ts';
import type { Surface } from '../../core/service/endpoint.ts';
import type { JobWishes } from '../../core/service/journal.ts';
import { problemOfWishes } from '../../core/service/wishes.ts';
import { UsageError } from '../io.ts';
import { readTier } from './submitArguments.ts';

/** What a job is to be, from three sources of growing weight: the provider's first model, a project's file, flags. */
export function gatherWishes(
  { profile, epochs }: { readonly profile: Profile; readonly epochs?: number | undefined },
  job: JobOptions,
  flags: Partial<JobWishes>,
  surface: Surface,
): JobWishes {
  const { tier, ...configured } = job;
  const wishes: JobWishes = {
    model: profile.model,
    ...(epochs !== undefined && { epochs }),
    ...configured,
    ...(tier !== undefined && { tier: readTier('"job.tier"', tier) }),
    ...flags,
  };
  const problem = problemOfWishes(wishes, profile, surface);
  if (problem === undefined) return wishes;
  throw new UsageError(problem.replace(/\.$/, ''));
}
