import { access } from 'node:fs/promises';
import { commands, env, Uri, window, type Disposable, type ExtensionContext } from 'vscode';
import { DerivedTexts } from '../derivedTexts.ts';
import { act, canAct, chooseJob, copyModelName, downloadResults, portal } from './jobActions.ts';
import type { JobBook, KnownJob } from './jobBook.ts';
import type { JobEvents } from './jobEvents.ts';
import { JobPanels } from './jobPanel.ts';
import type { Receipts } from '../../core/service/receipts.ts';
import { deploymentCall, readyRequests } from './requests.ts';
import { tryModel } from './tryModel.ts';

/** The commands about one job, by the last part of their ids. */
export type JobCommand =
  | 'showJob'
  | 'showJobEvents'
  | 'cancelJob'
  | 'pauseJob'
  | 'resumeJob'
  | 'copyModelName'
  | 'copyRequest'
  | 'tryModel'
  | 'openPortal'
  | 'downloadResults'
  | 'showReceipt';

export interface JobCommandParts {
  readonly context: ExtensionContext;
  readonly book: JobBook;
  readonly events: JobEvents;
  readonly receipts: Receipts;
}

/** What can be done with a job once there is one. */
export class JobCommands implements Disposable {
  readonly #parts: JobCommandParts;
  readonly #panels: JobPanels;
  readonly #answers = new DerivedTexts('vision-finetune-answer', 'answer');

  constructor(parts: JobCommandParts) {
    this.#parts = parts;
    this.#panels = new JobPanels(parts.context, parts.book);
  }

  /** `link` names the job; `links` all that are selected. Without, a person is asked. */
  readonly table: Readonly<Record<JobCommand, (link: unknown, links: unknown) => unknown>> = {
    showJob: (link, links) => this.#show(link, links),
    showJobEvents: (link) =>
      this.#with(link, (known) => {
        this.#follow([known]);
        this.#parts.events.show();
      }),
    cancelJob: (link) => this.#act('cancel', link),
    pauseJob: (link) => this.#act('pause', link),
    resumeJob: (link) => this.#act('resume', link),
    copyModelName: (link) => this.#with(link, copyModelName, hasModel),
    copyRequest: (link) => this.#with(link, copyRequest, hasModel),
    tryModel: (link) =>
      this.#with(link, (known) => tryModel(this.#parts.book, known, this.#answers), hasModel),
    openPortal: () => env.openExternal(portal),
    downloadResults: (link) =>
      this.#with(
        link,
        (known) => downloadResults(this.#parts.book, known),
        ({ job }) => job.resultFiles.length > 0,
      ),
    showReceipt: (link) =>
      this.#with(
        link,
        (known) => this.#showReceipt(known),
        ({ submission }) => submission !== undefined,
      ),
  };

  dispose(): void {
    this.#panels.dispose();
    this.#answers.dispose();
  }

  async #show(link: unknown, links: unknown): Promise<void> {
    const { book } = this.#parts;
    const selected = Array.isArray(links) && links.length > 1 ? (links as unknown[]) : [link];
    const jobs: KnownJob[] = [];
    for (const each of selected) {
      const known = await chooseJob(book, each);
      if (known) jobs.push(known);
    }
    if (jobs.length === 0) return;
    this.#follow(jobs);
    this.#panels.show(jobs);
  }

  #follow(jobs: readonly KnownJob[]): void {
    for (const { connection, job } of jobs) this.#parts.book.follow(connection, job.id);
  }

  async #with(
    link: unknown,
    run: (known: KnownJob) => unknown,
    isFit?: (known: KnownJob) => boolean,
  ): Promise<void> {
    const known = await chooseJob(this.#parts.book, link, isFit);
    if (known) await run(known);
  }

  #act(action: keyof typeof canAct, link: unknown): Promise<void> {
    return this.#with(link, (known) => act(this.#parts.book, known, action), canAct[action]);
  }

  async #showReceipt({ submission }: KnownJob): Promise<void> {
    if (!submission) return;
    const path = this.#parts.receipts.pathOf(submission.id);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) await commands.executeCommand('markdown.showPreview', Uri.file(path));
    else void window.showInformationMessage('The receipt is written when the job has ended.');
  }
}

function hasModel({ job }: KnownJob): boolean {
  return job.fineTunedModel !== undefined;
}

async function copyRequest({ job, connection }: KnownJob): Promise<void> {
  const { endpoint } = connection;
  const model = job.fineTunedModel;
  if (model === undefined) return;
  const requests = [
    ...readyRequests(endpoint, model),
    ...(endpoint.provider === 'azure' ? [deploymentCall(endpoint, model)] : []),
  ];
  const items = requests.map(({ title, text }) => ({ label: title, text }));
  const picked = await window.showQuickPick(items, { title: 'Copy Request' });
  if (!picked) return;
  await env.clipboard.writeText(picked.text);
  void window.showInformationMessage('Copied. The key is read from the environment.');
}
