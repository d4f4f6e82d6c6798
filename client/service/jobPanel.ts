import { randomUUID } from 'node:crypto';
import {
  commands,
  Disposable,
  env,
  Uri,
  ViewColumn,
  window,
  type ExtensionContext,
  type WebviewPanel,
} from 'vscode';
import { readFromJobPage, type FromJobPage, type ToJobPage } from '../../webview/jobProtocol.ts';
import type { JobBook, KnownJob } from './jobBook.ts';
import { jobPage } from './jobPage.ts';
import { nameOf } from './jobActions.ts';
import { showJobs } from './showJob.ts';

/** Pages with the curves of one job, or of several, one over the other. */
export class JobPanels implements Disposable {
  readonly #context: ExtensionContext;
  readonly #book: JobBook;
  /** By the keys of their jobs. */
  readonly #panels = new Map<string, JobPanel>();

  constructor(context: ExtensionContext, book: JobBook) {
    this.#context = context;
    this.#book = book;
  }

  show(jobs: readonly KnownJob[]): void {
    const id = jobs.map(({ key }) => key).join('\n');
    const known = this.#panels.get(id);
    if (known) {
      known.reveal();
      return;
    }
    const panel = new JobPanel(this.#context, this.#book, jobs);
    this.#panels.set(id, panel);
    panel.onDidClose(() => {
      this.#panels.delete(id);
      panel.dispose();
    });
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }
}

class JobPanel implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #book: JobBook;
  readonly #keys: readonly string[];
  readonly #listeners: Disposable;
  #isReady = false;

  constructor(context: ExtensionContext, book: JobBook, jobs: readonly KnownJob[]) {
    this.#book = book;
    this.#keys = jobs.map(({ key }) => key);
    const folder = Uri.joinPath(context.extensionUri, 'dist');
    this.#panel = window.createWebviewPanel(
      'visionFinetune.job',
      titleOf(jobs),
      ViewColumn.Active,
      { enableScripts: true, enableCommandUris: false, localResourceRoots: [folder] },
    );
    const { webview } = this.#panel;
    this.#listeners = Disposable.from(
      webview.onDidReceiveMessage((message: unknown) => {
        const asked = readFromJobPage(message);
        if (asked) void this.#receive(asked);
      }),
      book.onDidChange((known) => {
        if (!known || this.#keys.includes(known.key)) this.#send();
      }),
    );
    webview.html = jobPage({
      source: webview.cspSource,
      script: webview.asWebviewUri(Uri.joinPath(folder, 'job.js')).toString(),
      style: webview.asWebviewUri(Uri.joinPath(folder, 'job.css')).toString(),
      nonce: randomUUID(),
    });
  }

  onDidClose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#panel.dispose();
  }

  #send(): void {
    if (!this.#isReady) return;
    const message: ToJobPage = { kind: 'jobs', jobs: showJobs(this.#jobs) };
    void this.#panel.webview.postMessage(message);
  }

  get #jobs(): readonly KnownJob[] {
    return this.#keys.flatMap((key) => this.#book.get(key) ?? []);
  }

  /** What the page asks for goes the way of the commands, with their questions. */
  async #receive(asked: FromJobPage): Promise<void> {
    if (asked.kind === 'ready') {
      this.#isReady = true;
      this.#send();
      return;
    }
    const known = this.#jobs[asked.job];
    if (!known) return;
    if (asked.kind === 'act') {
      await commands.executeCommand(`visionFinetune.${asked.action}`, { key: known.key });
      return;
    }
    const checkpoint = known.checkpoints[asked.checkpoint];
    if (checkpoint) await env.clipboard.writeText(checkpoint.model);
  }
}

function titleOf(jobs: readonly KnownJob[]): string {
  const [first] = jobs;
  return first && jobs.length === 1 ? `Job of ${nameOf(first)}` : `${jobs.length} Jobs`;
}
