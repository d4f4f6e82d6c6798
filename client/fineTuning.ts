import { createRequire } from 'node:module';
import { join } from 'node:path';
import { EventEmitter, window, type Disposable, type ExtensionContext } from 'vscode';
import type { LearntImages } from '../core/image/learntImages.ts';
import type * as service from './service/service.ts';

/** Stands for the service until it is wished for: its code is a bundle of its own, which is read then. */
export class FineTuning implements Disposable {
  readonly #context: ExtensionContext;
  readonly #learnt: () => LearntImages;
  readonly #changes = new EventEmitter<service.JobsNode | undefined>();
  readonly #view: Disposable;
  #service: service.Service | undefined;

  constructor(context: ExtensionContext, learnt: () => LearntImages) {
    this.#context = context;
    this.#learnt = learnt;
    this.#view = window.createTreeView<service.JobsNode>('visionFinetune.jobs', {
      showCollapseAll: true,
      canSelectMany: true,
      treeDataProvider: {
        onDidChangeTreeData: this.#changes.event,
        getTreeItem: (node) => this.#load().tree.getTreeItem(node),
        getChildren: (node) => this.#load().tree.getChildren(node),
      },
    });
  }

  /** `link`: what the command is about, such as a row of the view; `links`: all rows that are selected. */
  run(command: service.ServiceCommand, link?: unknown, links?: unknown): Promise<void> {
    return this.#load().run(command, link, links);
  }

  dispose(): void {
    this.#view.dispose();
    this.#changes.dispose();
    this.#service?.dispose();
  }

  #load(): service.Service {
    if (this.#service) return this.#service;
    const path = join(import.meta.dirname, 'service.js');
    const { Service } = createRequire(path)(path) as typeof service;
    this.#service = new Service({ context: this.#context, learnt: this.#learnt });
    this.#service.tree.onDidChangeTreeData?.((node) => {
      this.#changes.fire(Array.isArray(node) ? undefined : (node ?? undefined));
    });
    return this.#service;
  }
}
