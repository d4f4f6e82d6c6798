import { createHash } from 'node:crypto';

/** What is measured at a step. Losses in nats a token, accuracies from 0 to 1. */
export interface StepMetrics {
  /** From 1. */
  readonly step: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  /** Only where there is a validation file. */
  readonly validLoss?: number;
  readonly validAccuracy?: number;
  /** Over the whole validation file: at the end of an epoch. */
  readonly fullValidLoss?: number;
  readonly fullValidAccuracy?: number;
}

export interface TrainingPlan {
  readonly epochs: number;
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly hasValidation: boolean;
  /** Whatever makes the job what it is: equal words give equal losses. */
  readonly seedWords: string;
}

const firstLoss = 2.1;
const lastLoss = 0.12;

/**
 * Losses as a job on a few hundred pictures has them: they fall quickly in the first epoch, wobble by a tenth, and that of
 * the validation file rises again from the third epoch on.
 */
export function measureStep(plan: TrainingPlan, step: number): StepMetrics {
  const epochs = step / plan.stepsPerEpoch;
  const trainLoss = fallen(epochs, 1.5) * (1 + 0.1 * noise(plan, step, 'train'));
  const train = { step, trainLoss: round(trainLoss), trainAccuracy: accuracyOf(trainLoss) };
  if (!plan.hasValidation) return train;
  const fullLoss = fallen(epochs, 1.3) + 0.05 + 0.06 * Math.max(0, epochs - 2);
  const validLoss = fullLoss * (1 + 0.15 * noise(plan, step, 'valid'));
  return {
    ...train,
    validLoss: round(validLoss),
    validAccuracy: accuracyOf(validLoss),
    ...(step % plan.stepsPerEpoch === 0 && {
      fullValidLoss: round(fullLoss),
      fullValidAccuracy: accuracyOf(fullLoss),
    }),
  };
}

function fallen(epochs: number, rate: number): number {
  return lastLoss + (firstLoss - lastLoss) * Math.exp(-rate * epochs);
}

/** From -1 to 1, the same for the same words. */
function noise({ seedWords }: TrainingPlan, step: number, name: string): number {
  const digest = createHash('sha256').update(`${seedWords}\n${step}\n${name}`).digest();
  return digest.readUInt32BE(0) / 2 ** 31 - 1;
}

function accuracyOf(loss: number): number {
  return round(Math.exp(-0.8 * loss));
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
