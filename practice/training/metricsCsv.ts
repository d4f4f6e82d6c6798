import type { Provider } from '../../core/profile/profile.ts';
import { measureStep, type StepMetrics, type TrainingPlan } from './losses.ts';

type Column = readonly [name: string, value: (metrics: StepMetrics) => number | undefined];

/** The columns of the results file, which each provider names in its own way. */
const columns: Readonly<Record<Provider, readonly Column[]>> = {
  openai: [
    ['step', ({ step }) => step],
    ['train_loss', ({ trainLoss }) => trainLoss],
    ['train_accuracy', ({ trainAccuracy }) => trainAccuracy],
    ['valid_loss', ({ validLoss }) => validLoss],
    ['valid_mean_token_accuracy', ({ validAccuracy }) => validAccuracy],
  ],
  azure: [
    ['step', ({ step }) => step],
    ['train_loss', ({ trainLoss }) => trainLoss],
    ['train_mean_token_accuracy', ({ trainAccuracy }) => trainAccuracy],
    ['valid_loss', ({ validLoss }) => validLoss],
    ['validation_mean_token_accuracy', ({ validAccuracy }) => validAccuracy],
    ['full_valid_loss', ({ fullValidLoss }) => fullValidLoss],
    ['full_valid_mean_token_accuracy', ({ fullValidAccuracy }) => fullValidAccuracy],
  ],
};

/** The results file of a job, a line for each step, in pieces. */
export function* writeMetricsCsv(
  plan: TrainingPlan,
  provider: Provider,
): Generator<Buffer, void, undefined> {
  const chosen = columns[provider];
  yield Buffer.from(`${chosen.map(([name]) => name).join(',')}\n`);
  for (let step = 1; step <= plan.epochs * plan.stepsPerEpoch; step++) {
    const metrics = measureStep(plan, step);
    yield Buffer.from(`${chosen.map(([, value]) => value(metrics) ?? '').join(',')}\n`);
  }
}
