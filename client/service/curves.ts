import type { JobEvent } from '../../core/service/jobs.ts';
import { numberOf } from '../../core/service/wire.ts';
import type { Curve } from '../../webview/jobProtocol.ts';

/** The names under which services give each series, those of events and those of results files. */
const series: readonly (Omit<Curve, 'values'> & { readonly keys: readonly string[] })[] = [
  { name: 'training loss', kind: 'loss', of: 'training', keys: ['train_loss'] },
  { name: 'validation loss', kind: 'loss', of: 'validation', keys: ['valid_loss'] },
  { name: 'full validation loss', kind: 'loss', of: 'full validation', keys: ['full_valid_loss'] },
  {
    name: 'training accuracy',
    kind: 'accuracy',
    of: 'training',
    keys: ['train_mean_token_accuracy', 'train_accuracy'],
  },
  {
    name: 'validation accuracy',
    kind: 'accuracy',
    of: 'validation',
    keys: ['valid_mean_token_accuracy', 'validation_mean_token_accuracy'],
  },
  {
    name: 'full validation accuracy',
    kind: 'accuracy',
    of: 'full validation',
    keys: ['full_valid_mean_token_accuracy'],
  },
];

export interface Curves {
  /** In growing order, each once. */
  readonly steps: readonly number[];
  /** Those of which at least one value is known. */
  readonly curves: readonly Curve[];
}

/** The measurements that a service tells in events. Of a step that is told twice, what was told last counts. */
export function curvesOf(events: readonly Pick<JobEvent, 'data'>[]): Curves {
  const byStep = new Map<number, JobEvent['data']>();
  for (const { data } of events) {
    const step = numberOf(data['step']);
    if (step !== undefined) byStep.set(step, { ...byStep.get(step), ...data });
  }
  const steps = [...byStep.keys()].sort((a, b) => a - b);
  const curves = series.map(({ keys, ...curve }) => ({
    ...curve,
    values: steps.map((step) => valueOf(byStep.get(step), keys)),
  }));
  return { steps, curves: curves.filter(({ values }) => values.some((value) => value !== null)) };
}

/** OpenAI was seen to give -1 where nothing was measured. */
function valueOf(data: JobEvent['data'] | undefined, keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = numberOf(data?.[key]);
    if (value !== undefined && value >= 0) return value;
  }
  return null;
}

/** Steps over which the loss of training is averaged: that of one batch jumps. */
const averaged = 10;

/** From here on validation is clearly worse than training; judgement of our own. */
const worse = 1.3;
const muchWorse = 2;

/** How validation compares with training at the end, in words; undefined where one of them is not known. */
export function describeRatio({ curves }: Curves): string | undefined {
  const valuesOf = (of: Curve['of']): number[] => {
    const found = curves.find((curve) => curve.kind === 'loss' && curve.of === of);
    return found?.values.filter((value) => value !== null) ?? [];
  };
  const training = valuesOf('training').slice(-averaged);
  const full = valuesOf('full validation').at(-1);
  const some = valuesOf('validation').slice(-averaged);
  const validation = full ?? (some.length > 0 ? meanOf(some) : undefined);
  if (training.length === 0 || validation === undefined || meanOf(training) === 0) return undefined;
  const ratio = validation / meanOf(training);
  const verdict =
    ratio < worse
      ? 'the model does about as well on examples that it has not seen'
      : ratio < muchWorse
        ? 'the model does worse on examples that it has not seen; an earlier checkpoint may be better'
        : 'the model has learnt its examples by heart more than what they have in common; fewer epochs or more examples help';
  return `Validation loss is ${ratio.toFixed(2)} times training loss: ${verdict}.`;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
