import { basename } from 'node:path';
import { describeExamples } from '../../core/service/receipt.ts';
import { reconcile } from '../../core/service/reconcile.ts';
import { isOver, type Checkpoint } from '../../core/service/jobs.ts';
import { numberOf } from '../../core/service/wire.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { makeVisible } from '../../core/text/quote.ts';
import type { ShownAction, ShownCheckpoint, ShownJob } from '../../webview/jobProtocol.ts';
import { curvesOf, describeRatio } from './curves.ts';
import type { KnownJob } from './jobBook.ts';
import { describeJob, describeJobStatus } from './jobWords.ts';

/** Jobs as one page shows them; those that go by the same name are told apart. */
export function showJobs(jobs: readonly KnownJob[]): readonly ShownJob[] {
  const shown = jobs.map(showJob);
  const places = jobs.map(({ connection }, at) => `${shown[at]?.name ?? ''} · ${connection.name}`);
  const ids = jobs.map(({ job }, at) => `${shown[at]?.name ?? ''} · ${makeVisible(job.id)}`);
  const names = shown.map(({ name }) => name);
  const distinct = [names, places, ids].find((each) => new Set(each).size === jobs.length) ?? ids;
  return shown.map((each, at) => ({ ...each, name: distinct[at] ?? each.name }));
}

/** A job as its page shows it. Whatever is a service's or a file's text is made fit to be shown. */
export function showJob(known: KnownJob): ShownJob {
  const { job, connection, events, checkpoints, submission } = known;
  const curves = curvesOf(events);
  return {
    name: makeVisible(submission ? basename(submission.training.path) : job.id),
    status: describeJobStatus(job),
    tone: tones[job.status] ?? 'busy',
    summary: describeJob(job, events, connection.endpoint.provider),
    rows: rowsOf(known),
    ...curves,
    notes: [describeRatio(curves), job.error?.message, known.problem, ...examplesOf(known)]
      .filter((note) => note !== undefined)
      .map(makeVisible),
    checkpoints: checkpoints.map(showCheckpoint),
    actions: actionsOf(known),
  };
}

const tones: Readonly<Record<string, ShownJob['tone']>> = {
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'still',
  paused: 'still',
};

function examplesOf({ job, events, submission }: KnownJob): readonly string[] {
  if (!submission || !isOver(job)) return [];
  return describeExamples(reconcile(submission.training, job, events));
}

function rowsOf({ job, connection, submission }: KnownJob): ShownJob['rows'] {
  const { training, validation } = submission ?? {};
  const rows: readonly (readonly [string, string | number | undefined])[] = [
    ['Job', job.id],
    ['Model', job.model],
    ['Tuned model', job.fineTunedModel],
    ['Endpoint', connection.endpoint.base.href],
    ['Created', timeOf(job.createdAt)],
    ['Expected end', isOver(job) ? undefined : timeOf(job.estimatedFinish)],
    ['Finished', timeOf(job.finishedAt)],
    ['Epochs', job.epochs],
    ['Batch size', job.batchSize],
    ['Learning rate multiplier', job.learningRateMultiplier],
    ['Seed', job.seed],
    ['Suffix', job.suffix],
    ['Training file', training?.path ?? job.trainingFile],
    ['Records', training && formatCount(training.records)],
    ['SHA-256', training?.sha256],
    ['Validation file', validation?.path ?? job.validationFile],
  ];
  return rows.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, makeVisible(String(value))] as const],
  );
}

function timeOf(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toLocaleString();
}

function showCheckpoint({ model, step, metrics }: Checkpoint): ShownCheckpoint {
  const full = numberOf(metrics['full_valid_loss']) ?? numberOf(metrics['valid_loss']);
  const training = numberOf(metrics['train_loss']);
  const parts = [
    step !== undefined && `step ${formatCount(step)}`,
    training !== undefined && `training loss ${training.toFixed(3)}`,
    full !== undefined && `validation loss ${full.toFixed(3)}`,
  ];
  return { model: makeVisible(model), words: parts.filter(Boolean).join(' · ') };
}

function actionsOf({ job, connection, submission }: KnownJob): readonly ShownAction[] {
  const hasModel = job.fineTunedModel !== undefined;
  const offered: readonly (readonly [ShownAction, boolean])[] = [
    ['copyModelName', hasModel],
    ['copyRequest', hasModel],
    ['tryModel', hasModel],
    ['openPortal', connection.endpoint.provider === 'azure' && !connection.isPractice],
    ['downloadResults', job.resultFiles.length > 0],
    ['showReceipt', submission !== undefined && isOver(job)],
    ['showJobEvents', true],
    ['pauseJob', job.status === 'running'],
    ['resumeJob', job.status === 'paused'],
    ['cancelJob', !isOver(job)],
  ];
  return offered.filter(([, isOffered]) => isOffered).map(([action]) => action);
}
