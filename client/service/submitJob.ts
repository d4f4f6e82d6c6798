import { basename } from 'node:path';
import { ProgressLocation, window, type CancellationToken } from 'vscode';
import type { LearntImages } from '../../core/image/learntImages.ts';
import { findProfile } from '../../core/profile/profiles.ts';
import type { Journal, Submission } from '../../core/service/journal.ts';
import { listStored } from '../../core/service/room.ts';
import { ServiceClient } from '../../core/service/serviceClient.ts';
import { ServiceError } from '../../core/service/serviceError.ts';
import {
  fingerprintOf,
  submit,
  type SubmissionPlan,
  type SubmissionResult,
} from '../../core/service/submission.ts';
import { problemOfWishes } from '../../core/service/wishes.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { toSignal } from '../abortSignal.ts';
import { chooseSubmission, type ChoiceParts, type ChosenSubmission } from './chooseSubmission.ts';
import { describeSubmission, type Confirmation } from './confirmation.ts';
import type { Connection } from './connection.ts';
import type { Keys } from './keys.ts';
import { closeFiles, preflightFiles, type CheckedFiles } from './preflightFiles.ts';
import type { ServiceLog } from './serviceLog.ts';
import { TransferMeter } from './transferMeter.ts';

export interface SubmitParts {
  readonly choice: ChoiceParts;
  readonly keys: Keys;
  readonly journal: Journal;
  readonly log: ServiceLog;
  readonly learnt: LearntImages;
}

/** What a person wants to be done after a submission. */
export interface Submitted {
  readonly connection: Connection;
  readonly result: SubmissionResult;
}

/**
 * From the first question to the job: asks, checks, asks once more, uploads, creates. Undefined where no job came of it,
 * which has been said.
 */
export async function submitJob(parts: SubmitParts): Promise<Submitted | undefined> {
  const chosen = await chooseSubmission(parts.choice);
  if (!chosen) return undefined;
  const credential = await parts.keys.get(chosen.connection.endpoint);
  if (!credential) return undefined;
  const files = await preflightFiles(chosen, parts.learnt);
  if (!files) return undefined;
  try {
    const client = new ServiceClient({ endpoint: chosen.connection.endpoint, credential });
    return await confirmAndSend(parts, chosen, files, client);
  } finally {
    await closeFiles([files.training, files.validation]);
  }
}

async function confirmAndSend(
  { journal, log }: SubmitParts,
  chosen: ChosenSubmission,
  files: CheckedFiles,
  client: ServiceClient,
): Promise<Submitted | undefined> {
  const { connection, wishes } = chosen;
  const profile = findProfile(connection.endpoint.provider, wishes.model);
  const problem = profile && problemOfWishes(wishes, profile, connection.endpoint.surface);
  if (problem !== undefined) {
    void window.showErrorMessage(problem);
    return undefined;
  }
  const plan: SubmissionPlan = {
    training: files.training.checked,
    ...(files.validation && { validation: files.validation.checked }),
    wishes,
  };
  const earlier = await journal.find(fingerprintOf(plan, client));
  const stored = await listStored(client);
  const wanted = await confirm({ connection, wishes, stored, ...files }, earlier);
  if (wanted === undefined) return undefined;
  const name = makeVisible(basename(chosen.training));
  log.info(`Submitting ${name} to ${connection.endpoint.base.origin}`);
  const send = async (again: boolean): Promise<SubmissionResult | undefined> =>
    sendWithProgress(name, { ...plan, again }, { client, journal });
  const result = await send(wanted === 'again').catch(async (error: unknown) => {
    if (!(await wantsAnother(error))) throw error;
    return send(true);
  });
  if (result) log.info(`Job ${result.jobId} was ${result.outcome}`);
  return result && { connection, result };
}

type Wanted = 'submit' | 'again';

/** The one question before money is spent. What was submitted before, exactly so, is told apart. */
async function confirm(
  confirmation: Confirmation,
  earlier: Submission | undefined,
): Promise<Wanted | undefined> {
  const name = makeVisible(basename(confirmation.training.checked.file.path));
  const detail = describeSubmission(confirmation);
  if (earlier?.state === 'confirmed') {
    const again = 'Submit Again';
    const show = 'Show the Earlier Job';
    const words = `${name} was submitted like this before. Again makes a second job, which is paid for as well.`;
    const choice = await window.showWarningMessage(words, { modal: true, detail }, again, show);
    if (choice === show) return 'submit';
    return choice === again ? 'again' : undefined;
  }
  if (earlier?.state === 'sent' || earlier?.state === 'unknown') {
    return confirmUnknown(name, detail);
  }
  const yes = 'Submit';
  const words = `Submit ${name}?`;
  const choice = await window.showInformationMessage(words, { modal: true, detail }, yes);
  return choice === yes ? 'submit' : undefined;
}

/** Of a job that is gone: whether there is to be another one. */
async function wantsAnother(error: unknown): Promise<boolean> {
  if (!(error instanceof ServiceError) || error.kind !== 'job-gone') return false;
  const again = 'Submit Again';
  return (await window.showWarningMessage(error.message, { modal: true }, again)) === again;
}

async function confirmUnknown(name: string, detail: string): Promise<Wanted | undefined> {
  const look = 'Look for the Job';
  const again = 'Submit Again';
  const words = `Whether the last submission of ${name} created a job is not known. Looking creates none; submitting again may make a second one.`;
  const choice = await window.showWarningMessage(words, { modal: true, detail }, look, again);
  if (choice === look) return 'submit';
  return choice === again ? 'again' : undefined;
}

/** Undefined when cancelled: what was sent until then is used by the next submission. */
async function sendWithProgress(
  name: string,
  plan: SubmissionPlan,
  context: { readonly client: ServiceClient; readonly journal: Journal },
): Promise<SubmissionResult | undefined> {
  const options = {
    location: ProgressLocation.Notification,
    title: `Submitting ${name}`,
    cancellable: true,
  };
  return window.withProgress(options, async (progress, token: CancellationToken) => {
    const signal = toSignal(token);
    const { training, validation } = plan;
    const bytes = training.digest.byteLength + (validation?.digest.byteLength ?? 0);
    const meter = new TransferMeter(bytes, () => performance.now());
    try {
      return await submit(plan, {
        ...context,
        signal,
        onProgress: (step) => progress.report(meter.report(step)),
      });
    } catch (error) {
      const isCancelled = signal.aborted && !isUnknown(error);
      if (!isCancelled) throw error;
      void window.showInformationMessage(
        `${name} was not submitted. What was uploaded is used when it is submitted again.`,
      );
      return undefined;
    }
  });
}

function isUnknown(error: unknown): boolean {
  return error instanceof ServiceError && error.kind === 'unknown-outcome';
}
