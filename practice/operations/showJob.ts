import type { Checkpoint, Job, JobEvent, JobPhase } from '../resources/job.ts';
import type { SurfaceName } from '../surface.ts';
import type { StepMetrics } from '../training/losses.ts';

/** A job as the surface tells of it: Azure has nulls where OpenAI has empty values. */
export function showJob(job: Job, surface: SurfaceName): object {
  const { request, error, resultFile } = job;
  const isAzure = surface !== 'openai';
  const hyperparameters = showHyperparameters(job);
  return {
    object: 'fine_tuning.job',
    id: job.id,
    model: request.model,
    created_at: job.createdAt,
    finished_at: job.finishedAt ?? null,
    fine_tuned_model: job.tunedModel ?? null,
    organization_id: isAzure ? null : 'org-practice',
    result_files: resultFile === undefined ? (isAzure ? null : []) : [resultFile],
    status: (isAzure ? azureStatus : openaiStatus)[job.phase],
    training_file: request.trainingFile,
    validation_file: request.validationFile ?? null,
    trained_tokens: job.trainedTokens ?? null,
    // OpenAI's own sample of a job that is well has an empty object.
    error: error ?? (isAzure ? null : {}),
    estimated_finish: null,
    user_provided_suffix: request.suffix ?? null,
    seed: request.seed,
    integrations: [],
    hyperparameters,
    method: { type: request.method, [request.method]: { hyperparameters } },
    ...(surface !== 'azure-dated' && { metadata: request.metadata ?? (isAzure ? null : {}) }),
    ...(isAzure && request.trainingType !== undefined && { trainingType: request.trainingType }),
  };
}

/** As asked for, and once the files are known, as chosen. */
function showHyperparameters({ request, training }: Job): object {
  const { epochs, batchSize, learningRateMultiplier } = request.hyperparameters;
  return {
    n_epochs: training?.plan.epochs ?? epochs,
    batch_size: training?.plan.batchSize ?? batchSize,
    learning_rate_multiplier: training?.learningRateMultiplier ?? learningRateMultiplier,
  };
}

const openaiStatus: Readonly<Record<JobPhase, string>> = {
  validating: 'validating_files',
  queued: 'queued',
  running: 'running',
  // Not in OpenAI's list of them, but in its own samples.
  paused: 'paused',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
};

const azureStatus: Readonly<Record<JobPhase, string>> = {
  ...openaiStatus,
  validating: 'pending',
  queued: 'pending',
};

export function showEvent(event: JobEvent, job: Job, surface: SurfaceName): object {
  const { id, createdAt, level, message, metrics } = event;
  return {
    object: 'fine_tuning.job.event',
    id,
    created_at: createdAt,
    level: surface === 'openai' && level === 'warning' ? 'warn' : level,
    message,
    type: metrics ? 'metrics' : 'message',
    data: metrics ? { ...showMetrics(metrics), total_steps: job.totalSteps } : {},
  };
}

export function showCheckpoint(checkpoint: Checkpoint, jobId: string): object {
  const { id, createdAt, model, metrics } = checkpoint;
  return {
    object: 'fine_tuning.job.checkpoint',
    id,
    created_at: createdAt,
    fine_tuned_model_checkpoint: model,
    fine_tuning_job_id: jobId,
    step_number: metrics.step,
    metrics: showMetrics(metrics),
  };
}

function showMetrics(metrics: StepMetrics): object {
  const { validLoss, validAccuracy, fullValidLoss, fullValidAccuracy } = metrics;
  return {
    step: metrics.step,
    train_loss: metrics.trainLoss,
    train_mean_token_accuracy: metrics.trainAccuracy,
    ...(validLoss !== undefined && {
      valid_loss: validLoss,
      valid_mean_token_accuracy: validAccuracy,
    }),
    ...(fullValidLoss !== undefined && {
      full_valid_loss: fullValidLoss,
      full_valid_mean_token_accuracy: fullValidAccuracy,
    }),
  };
}
