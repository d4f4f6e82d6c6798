import type { Limits } from '../../core/profile/profile.ts';
import type { Provider } from '../../core/profile/profile.ts';
import type { Inspection, SkippedExamples } from './inspectFile.ts';

/** Why a job failed, as it stands in the job. */
export interface JobError {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
}

export type FileRole = 'training' | 'validation';

/** Which numbers a job is held against; Infinity where a provider documents none. */
type JobLimits = Readonly<Record<keyof Pick<Limits, 'minExamples' | 'maxSkippedExamples'>, number>>;

/** Why the file fails its job, in the words of the services; undefined where it does not. */
export function failJob(
  { refusal, examples, skipped }: Inspection,
  role: FileRole,
  limits: JobLimits,
): JobError | undefined {
  const param = `${role}_file`;
  const name = role === 'training' ? 'Training file' : 'Validation file';
  if (refusal) {
    const [code, cause] = refusal.isUnreadable
      ? [`invalid_${param}`, `an invalid ${role} file`]
      : ['invalid_file_format', `a file format error in the ${role} file`];
    return { code, message: `The job failed due to ${cause}. ${refusal.message}`, param };
  }
  const fewest = role === 'training' ? limits.minExamples : 1;
  if (examples < fewest || skipped.count === examples) {
    const found = examples < fewest ? examples : 0;
    const message = `${name} has ${found} example(s), but must have at least ${fewest} examples`;
    return { code: 'invalid_n_examples', message, param };
  }
  if (skipped.count > limits.maxSkippedExamples) {
    const excess = `Number of skipped multimodal examples exceed the maximum allowed ${limits.maxSkippedExamples} limit`;
    const message = `${name}: Preprocessing Summary: The provided data failed validation. ${excess}: ${summarize(skipped, 'azure')}`;
    return { code: `invalid_${param}`, message, param };
  }
  return undefined;
}

/**
 * What a job that goes on says of the examples that it leaves out; undefined where it takes all. What OpenAI says is not
 * known: here it tells how many, and not which.
 */
export function describeSkipped(
  { skipped }: Inspection,
  role: FileRole,
  provider: Provider,
): string | undefined {
  if (skipped.count === 0) return undefined;
  const name = role === 'training' ? 'Training file' : 'Validation file';
  return `${name}: Preprocessing Summary: Number of skipped multimodal examples: ${summarize(skipped, provider)}`;
}

/** `inaccessible URL (2), contains faces (1). Details - Samples of lines per error type: inaccessible URL: Line numbers --> 3, 9` */
function summarize({ reasons }: SkippedExamples, provider: Provider): string {
  const entries = [...reasons];
  const counts = entries.map(([reason, { count }]) => `${reason} (${count})`).join(', ');
  if (provider === 'openai') return `${counts}.`;
  const samples = entries.map(
    ([reason, { lines }]) => `${reason}: Line numbers --> ${lines.join(', ')}`,
  );
  return `${counts}. Details - Samples of lines per error type: ${samples.join('; ')}`;
}
