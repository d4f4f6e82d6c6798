import { countOf } from '../../core/finding/words.ts';
import { findProfile } from '../../core/profile/profiles.ts';
import type { Provider } from '../../core/profile/profile.ts';
import { isOver, type Job, type JobEvent } from '../../core/service/jobs.ts';
import { numberOf } from '../../core/service/wire.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { makeVisible } from '../../core/text/quote.ts';

/** A codicon by its name, and the theme colour that it has. */
export interface StatusIcon {
  readonly icon: string;
  readonly color?: string;
}

const icons: Readonly<Record<string, StatusIcon>> = {
  running: { icon: 'sync~spin', color: 'charts.blue' },
  paused: { icon: 'debug-pause', color: 'charts.yellow' },
  succeeded: { icon: 'pass-filled', color: 'charts.green' },
  failed: { icon: 'error', color: 'charts.red' },
  cancelled: { icon: 'circle-slash' },
};

/** Statuses that stand for waiting have one picture. */
export function iconOf({ status }: Pick<Job, 'status'>): StatusIcon {
  return icons[status] ?? { icon: 'watch', color: 'charts.blue' };
}

/** `validating_files` as people say it; a status that nobody has documented as it is. */
export function describeJobStatus({ status }: Pick<Job, 'status'>): string {
  return makeVisible(status.replaceAll('_', ' '));
}

/** The step that a job has reached, of how many; undefined before it trains. */
export function stepOf(
  events: readonly Pick<JobEvent, 'data'>[],
): { readonly step: number; readonly of: number | undefined } | undefined {
  const steps = events.flatMap(({ data }) => {
    const step = numberOf(data['step']);
    return step === undefined ? [] : [{ step, of: numberOf(data['total_steps']) }];
  });
  return steps.reduce<(typeof steps)[number] | undefined>(
    (last, each) => (last && last.step > each.step ? last : each),
    undefined,
  );
}

/** `running · step 12 of 30 · 2,048 tokens trained · $0.05` */
export function describeJob(
  job: Job,
  events: readonly Pick<JobEvent, 'data'>[],
  provider: Provider,
): string {
  const at = isOver(job) ? undefined : stepOf(events);
  const of = at?.of === undefined ? '' : ` of ${formatCount(at.of)}`;
  const parts = [
    describeJobStatus(job),
    at && `step ${formatCount(at.step)}${of}`,
    job.trainedTokens !== undefined && `${countOf(job.trainedTokens, 'token')} trained`,
    describeCostSoFar(job, provider),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** What the trained tokens cost, where a price is published: `$1.20`. */
export function describeCostSoFar(
  { model, trainedTokens }: Pick<Job, 'model' | 'trainedTokens'>,
  provider: Provider,
): string | undefined {
  const price = findProfile(provider, model)?.trainingPrice?.value;
  if (price === undefined || trainedTokens === undefined || trainedTokens === 0) return undefined;
  const dollars = (price * trainedTokens) / 1_000_000;
  return dollars < 0.01 ? 'less than $0.01' : `$${dollars.toFixed(2)}`;
}
