import { basename } from 'node:path';
import { env, Uri, window, workspace } from 'vscode';
import { downloadFile } from '../../core/service/files.ts';
import { actOnJob, isOver, type JobAction } from '../../core/service/jobs.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { decodeResults } from './decodeResults.ts';
import type { JobBook, KnownJob } from './jobBook.ts';
import { describeJob, iconOf } from './jobWords.ts';
import { deploymentCall, deploymentTerms } from './requests.ts';

/** How a job is called where it is spoken of: by its file, or by its id. */
export function nameOf({ job, submission }: KnownJob): string {
  return makeVisible(submission ? basename(submission.training.path) : job.id);
}

/** The job that a command is about: the one of the row it was chosen on, else one that a person picks. */
export async function chooseJob(
  book: JobBook,
  link: unknown,
  isFit: (known: KnownJob) => boolean = () => true,
): Promise<KnownJob | undefined> {
  const key = typeof link === 'object' && link !== null && 'key' in link ? link.key : undefined;
  if (typeof key === 'string') return book.get(key);
  const items = book.all.filter(isFit).map((known) => ({
    label: `$(${iconOf(known.job).icon.replace('~spin', '')}) ${nameOf(known)}`,
    description: describeJob(known.job, known.events, known.connection.endpoint.provider),
    detail: known.connection.name,
    known,
  }));
  if (items.length === 0) {
    void window.showInformationMessage('No such job is listed in the view Fine-Tuning Jobs.');
    return undefined;
  }
  const picked = await window.showQuickPick(items, {
    title: 'Which Job?',
    matchOnDescription: true,
  });
  return picked?.known;
}

const questions: Readonly<
  Partial<Record<JobAction, { words: string; detail: string; yes: string }>>
> = {
  cancel: {
    words: 'Cancel the job of',
    detail: 'It ends without a model. The tokens trained until now may be charged all the same.',
    yes: 'Cancel Job',
  },
};

/** Cancels, pauses or resumes; what cannot be taken back is asked for. */
export async function act(book: JobBook, known: KnownJob, action: JobAction): Promise<void> {
  const question = questions[action];
  if (question) {
    const choice = await window.showWarningMessage(
      `${question.words} ${nameOf(known)} at ${known.connection.endpoint.base.host}?`,
      { modal: true, detail: `${known.job.id}\n${question.detail}` },
      question.yes,
    );
    if (choice !== question.yes) return;
  }
  const client = await book.clientOf(known.connection);
  if (!client) return;
  await actOnJob(client, known.job.id, action);
  book.refresh(known.connection, known.job.id);
}

export const canAct: Readonly<Record<JobAction, (known: KnownJob) => boolean>> = {
  cancel: ({ job }) => !isOver(job),
  pause: ({ job }) => job.status === 'running',
  resume: ({ job }) => job.status === 'paused',
};

export async function copyModelName({ job }: KnownJob): Promise<void> {
  if (job.fineTunedModel === undefined) {
    void window.showInformationMessage('The job has no model yet.');
    return;
  }
  await env.clipboard.writeText(job.fineTunedModel);
  void window.showInformationMessage(`Copied ${makeVisible(job.fineTunedModel)}`);
}

/** Where tuned models of Azure are deployed by hand. */
export const portal = Uri.parse('https://ai.azure.com/');

/** A model of Azure answers only once it is deployed, which is charged apart: the person does it, here is how. */
export async function deployModel({ job, connection }: KnownJob): Promise<void> {
  if (job.fineTunedModel === undefined) return;
  const { text } = deploymentCall(connection.endpoint, job.fineTunedModel);
  const [copy, open] = ['Copy the Call for the Azure CLI', 'Open the Portal'];
  const words = `Deploy ${makeVisible(job.fineTunedModel)}?`;
  const options = { modal: true, detail: deploymentTerms };
  const choice = await window.showInformationMessage(words, options, copy, open);
  if (choice === copy) await env.clipboard.writeText(text);
  if (choice === open) await env.openExternal(portal);
}

/** Saves the metrics of a job where the person wants them. */
export async function downloadResults(book: JobBook, known: KnownJob): Promise<void> {
  const [first] = known.job.resultFiles;
  if (first === undefined) {
    void window.showInformationMessage('The job has no results file.');
    return;
  }
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `${known.job.id.replaceAll(/[^\w-]/g, '_')}.csv`;
  const target = await window.showSaveDialog({
    title: 'Download Results',
    filters: { CSV: ['csv'] },
    ...(folder && { defaultUri: Uri.joinPath(folder, name) }),
  });
  const client = target && (await book.clientOf(known.connection));
  if (!client) return;
  await workspace.fs.writeFile(target, decodeResults(await downloadFile(client, first)));
  const open = 'Open';
  const choice = await window.showInformationMessage(`Saved ${basename(target.path)}`, open);
  if (choice === open) await window.showTextDocument(target);
}
