import { join } from 'node:path';
import {
  commands,
  Disposable,
  window,
  workspace,
  type ExtensionContext,
  type TreeDataProvider,
} from 'vscode';
import { localDate } from '../../core/check/localDate.ts';
import type { LearntImages } from '../../core/image/learntImages.ts';
import { Journal } from '../../core/service/journal.ts';
import { Receipts } from '../../core/service/receipts.ts';
import { ServiceError } from '../../core/service/serviceError.ts';
import { stateFolder } from '../../core/service/userFolder.ts';
import { connectionTo, practiceConnection, type Connection } from './connection.ts';
import { JobBook } from './jobBook.ts';
import { JobCommands, type JobCommand } from './jobCommands.ts';
import { JobEnds } from './jobEnds.ts';
import { JobEvents } from './jobEvents.ts';
import { JobsTree, type JobsNode } from './jobsTree.ts';
import { Keys } from './keys.ts';
import { PracticeProcess } from './practiceProcess.ts';
import { ServiceLog } from './serviceLog.ts';
import { configuredEndpoints } from './settings.ts';
import { submitJob } from './submitJob.ts';
import { describeFound } from './transferWords.ts';

export type { JobsNode } from './jobsTree.ts';

/** The commands that speak to a service, by the last part of their ids. */
export type ServiceCommand = OwnCommand | JobCommand;

/** Those that are about no job. */
const ownCommands = ['submitJob', 'startPractice', 'refreshJobs', 'enterKey', 'forgetKey'] as const;
type OwnCommand = (typeof ownCommands)[number];

export interface ServiceParts {
  readonly context: ExtensionContext;
  /** What was looked up of images in this window. */
  readonly learnt: () => LearntImages;
}

/** Everything that speaks to a fine-tuning service, from the first wish for it to the end of the window. */
export class Service implements Disposable {
  readonly #parts: ServiceParts;
  readonly #log = new ServiceLog();
  readonly #keys: Keys;
  readonly #journal: Journal;
  readonly #ofJobs: JobCommands;
  readonly #book: JobBook;
  readonly #tree: JobsTree;
  readonly #practice: PracticeProcess;
  readonly #disposables: Disposable;
  #practiceConnections: readonly Connection[] = [];

  constructor(parts: ServiceParts) {
    const { context } = parts;
    // The command line has to find what a window submitted, which knows nothing of the storage of VS Code.
    const folderOf = (name: 'submissions' | 'receipts'): string =>
      stateFolder(name, process.env) ?? join(context.globalStorageUri.fsPath, name);
    this.#parts = parts;
    this.#keys = new Keys(context, this.#log);
    this.#journal = new Journal(folderOf('submissions'));
    this.#book = new JobBook(this.#keys, this.#journal, this.#log);
    const receipts = new Receipts(folderOf('receipts'));
    const events = new JobEvents(this.#log);
    this.#ofJobs = new JobCommands({ context, book: this.#book, events, receipts });
    this.#practice = new PracticeProcess(context.asAbsolutePath('dist/cli.js'));
    this.#tree = new JobsTree({
      book: this.#book,
      journal: this.#journal,
      log: this.#log,
      connections: () => this.#listedConnections(),
    });
    this.#disposables = Disposable.from(
      this.#log,
      this.#book,
      this.#tree,
      events,
      this.#ofJobs,
      this.#practice,
      new JobEnds(this.#book, receipts, this.#log),
      this.#book.onDidHear((heard) => events.write(heard.known, heard.events)),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('visionFinetune.service')) this.#tree.refresh();
      }),
    );
  }

  get tree(): TreeDataProvider<JobsNode> {
    return this.#tree;
  }

  /** Runs a command; what goes wrong is said in one message. */
  async run(command: ServiceCommand, link?: unknown, links?: unknown): Promise<void> {
    if (!(await isTrusted())) return;
    try {
      if (isOwn(command)) await this.#own[command]();
      else await this.#ofJobs.table[command](link, links);
    } catch (error) {
      const words = this.#log.clean(error instanceof Error ? error.message : String(error));
      this.#log.error(`${command}: ${words}`);
      if (error instanceof ServiceError && error.kind === 'wrong-key')
        return this.#explainKey(words);
      const showOutput = 'Show Output';
      if ((await window.showErrorMessage(words, showOutput)) === showOutput) this.#log.show();
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  readonly #own: Readonly<Record<OwnCommand, () => unknown>> = {
    submitJob: () => this.#submit(),
    startPractice: async () => {
      await this.#startPractice();
      await commands.executeCommand('visionFinetune.jobs.focus');
      const submit = 'Submit a File…';
      const words =
        'The practice service runs until this window is closed. It trains nothing and costs nothing.';
      if ((await window.showInformationMessage(words, submit)) === submit) await this.#submit();
    },
    refreshJobs: () => this.#tree.refresh(),
    enterKey: async () => {
      const connection = await this.#chooseConnection();
      if (connection && (await this.#keys.ask(connection.endpoint))) this.#book.clear();
    },
    forgetKey: () => this.#forgetKey(),
  };

  #connections(): readonly Connection[] {
    const { endpoints, problems } = configuredEndpoints();
    for (const problem of problems) this.#log.warn(`A setting names no endpoint: ${problem}`);
    return [...this.#practiceConnections, ...endpoints.map(connectionTo)];
  }

  /** Those that something is kept for. In Restricted Mode nobody is asked for jobs either. */
  #listedConnections(): readonly Connection[] {
    if (!workspace.isTrusted) return [];
    return this.#connections().filter(({ endpoint }) => this.#keys.isKnown(endpoint));
  }

  async #submit(): Promise<void> {
    const submitted = await submitJob({
      choice: {
        connections: () => this.#connections(),
        startPractice: () => this.#startPractice(),
        memory: this.#parts.context.globalState,
        today: localDate(new Date()),
      },
      keys: this.#keys,
      journal: this.#journal,
      log: this.#log,
      learnt: this.#parts.learnt(),
    }).finally(() => this.#tree.refresh());
    if (!submitted) return;
    const { connection, result } = submitted;
    this.#book.follow(connection, result.jobId);
    await commands.executeCommand('visionFinetune.jobs.focus');
    if (result.outcome === 'found') {
      void window.showInformationMessage(describeFound(result));
    }
  }

  async #startPractice(): Promise<readonly Connection[]> {
    const { endpoints, key } = await this.#practice.start();
    for (const endpoint of endpoints) this.#keys.addForSession(endpoint, key);
    this.#practiceConnections = endpoints.map(practiceConnection);
    this.#tree.refresh();
    return this.#practiceConnections;
  }

  async #chooseConnection(): Promise<Connection | undefined> {
    const items = this.#connections()
      .filter(({ isPractice }) => !isPractice)
      .map((connection) => ({
        label: connection.name,
        description: connection.endpoint.base.host,
        connection,
      }));
    const picked = await window.showQuickPick(items, { title: 'Enter Key: Where Does It Belong?' });
    return picked?.connection;
  }

  async #forgetKey(): Promise<void> {
    const { origins } = this.#keys;
    if (origins.length === 0) {
      void window.showInformationMessage('No key and no sign-in is kept.');
      return;
    }
    const picked = await window.showQuickPick([...origins], { title: 'Forget Key' });
    if (picked === undefined) return;
    await this.#keys.forget(picked);
    this.#book.clear();
    void window.showInformationMessage(`Nothing is kept for ${picked} any more.`);
  }

  async #explainKey(words: string): Promise<void> {
    const enter = 'Enter Another Key';
    if ((await window.showErrorMessage(words, enter)) !== enter) return;
    const connection = await this.#chooseConnection();
    if (connection && (await this.#keys.ask(connection.endpoint))) this.#book.clear();
  }
}

function isOwn(command: ServiceCommand): command is OwnCommand {
  return ownCommands.some((each) => each === command);
}

/** In Restricted Mode the files of a folder may be anybody's. */
async function isTrusted(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const choice = await window.showWarningMessage(
    'Nothing is sent to a fine-tuning service in Restricted Mode.',
    manage,
  );
  if (choice === manage) await commands.executeCommand('workbench.trust.manage');
  return false;
}
