import {
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  type Disposable,
  type TreeDataProvider,
} from 'vscode';
import { basename } from 'node:path';
import { isOver } from '../../core/service/jobs.ts';
import { isOpen, type Journal, type Submission } from '../../core/service/journal.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { keyOf, type Connection } from './connection.ts';
import type { JobBook, KnownJob } from './jobBook.ts';
import { describeJob, iconOf } from './jobWords.ts';
import type { ServiceLog } from './serviceLog.ts';

/** A row of the view: a place, a job there, a submission whose job is not known, or what is wrong. */
export type JobsNode =
  | { readonly kind: 'connection'; readonly connection: Connection }
  | { readonly kind: 'job'; readonly key: string }
  | { readonly kind: 'submission'; readonly submission: Submission }
  | { readonly kind: 'problem'; readonly words: string };

export interface JobsTreeParts {
  readonly book: JobBook;
  readonly journal: Journal;
  readonly log: ServiceLog;
  /** Those for which there is a key. */
  readonly connections: () => readonly Connection[];
}

/** The view of jobs. Whatever of it is looked at is asked for; what is not over is followed. */
export class JobsTree implements TreeDataProvider<JobsNode>, Disposable {
  readonly #parts: JobsTreeParts;
  readonly #changes = new EventEmitter<JobsNode | undefined>();
  readonly onDidChangeTreeData = this.#changes.event;
  /** Of the jobs that are shown: VS Code knows a row by its object. */
  readonly #nodes = new Map<string, JobsNode>();
  readonly #listener: Disposable;

  constructor(parts: JobsTreeParts) {
    this.#parts = parts;
    this.#listener = parts.book.onDidChange((known) => {
      this.#changes.fire(known && this.#nodes.get(known.key));
    });
  }

  refresh(): void {
    this.#changes.fire(undefined);
  }

  async getChildren(node?: JobsNode): Promise<JobsNode[]> {
    if (!node) {
      return this.#parts.connections().map((connection) => ({ kind: 'connection', connection }));
    }
    return node.kind === 'connection' ? this.#childrenOf(node.connection) : [];
  }

  getTreeItem(node: JobsNode): TreeItem {
    switch (node.kind) {
      case 'connection':
        return connectionItem(node.connection);
      case 'job': {
        const known = this.#parts.book.get(node.key);
        return known ? jobItem(known) : new TreeItem('');
      }
      case 'submission':
        return submissionItem(node.submission);
      case 'problem': {
        const item = new TreeItem(node.words);
        item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
        item.tooltip = node.words;
        return item;
      }
    }
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changes.dispose();
  }

  async #childrenOf(connection: Connection): Promise<JobsNode[]> {
    const { book, log } = this.#parts;
    try {
      const listed = await book.list(connection);
      const open = await this.#unknown(connection);
      for (const { job } of listed) if (!isOver(job)) book.follow(connection, job.id);
      const jobs = listed.map(({ key }): JobsNode => {
        const node = this.#nodes.get(key) ?? { kind: 'job', key };
        this.#nodes.set(key, node);
        return node;
      });
      return [...open, ...jobs];
    } catch (error) {
      const words =
        error instanceof Error ? log.clean(error.message) : 'The jobs cannot be listed.';
      log.warn(`Listing jobs of ${connection.name}: ${words}`);
      return [...(await this.#unknown(connection)), { kind: 'problem', words }];
    }
  }

  /** Submissions of which nobody knows whether they have a job. */
  async #unknown({ endpoint }: Connection): Promise<JobsNode[]> {
    const submissions = await this.#parts.journal.list();
    return submissions
      .filter(isOpen)
      .filter(({ endpoint: { base } }) => base === endpoint.base.href)
      .map((submission) => ({ kind: 'submission', submission }));
  }
}

function connectionItem(connection: Connection): TreeItem {
  const item = new TreeItem(connection.name, TreeItemCollapsibleState.Expanded);
  item.id = keyOf(connection.endpoint);
  item.iconPath = new ThemeIcon(connection.isPractice ? 'beaker' : 'cloud');
  item.contextValue = 'connection';
  item.tooltip = connection.endpoint.base.href;
  return item;
}

function jobItem({ key, connection, job, events, submission, problem }: KnownJob): TreeItem {
  const name = submission ? basename(submission.training.path) : job.model;
  const item = new TreeItem(makeVisible(name));
  const { icon, color } = iconOf(job);
  const { provider } = connection.endpoint;
  const words = describeJob(job, events, provider);
  item.id = key;
  item.iconPath = new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
  item.description = submission ? `${words} · ${makeVisible(job.model)}` : words;
  item.tooltip = [
    job.id,
    job.fineTunedModel ?? job.model,
    words,
    job.error?.message ?? '',
    problem ?? '',
  ]
    .filter((line) => line !== '')
    .map(makeVisible)
    .join('\n');
  // The menu offers what can be done to a job in its state.
  item.contextValue = ['job', job.status, provider, submission ? 'submitted' : 'other'].join(' ');
  item.command = { command: 'visionFinetune.showJob', title: 'Show Job', arguments: [{ key }] };
  return item;
}

function submissionItem({ id, training, problem, state }: Submission): TreeItem {
  const item = new TreeItem(makeVisible(basename(training.path)));
  item.id = id;
  item.description = 'not known whether its job was created';
  item.iconPath = new ThemeIcon('question', new ThemeColor('list.warningForeground'));
  item.tooltip = makeVisible(problem ?? `It ended while its job was being created (${state}).`);
  item.contextValue = 'unknown';
  return item;
}
