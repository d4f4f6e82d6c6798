import {
  Disposable,
  EventEmitter,
  Uri,
  workspace,
  type DiagnosticCollection,
  type LogOutputChannel,
} from 'vscode';
import type { LearntImage } from '../../core/image/learntImages.ts';
import { DiskFile, Refusal } from '../../disk/diskFile.ts';
import type { DiskReport } from '../../disk/protocol.ts';
import { settingsSection } from '../../server/protocol.ts';
import { toSignal } from '../abortSignal.ts';
import { withLateProgress } from '../lateProgress.ts';
import { diskDiagnostics, maxDiagnostics } from './diskDiagnostics.ts';
import { exactPattern } from './exactPattern.ts';

/** After a file on disk has come to rest, in milliseconds: whoever writes a gigabyte does so for a while. */
const restMs = 500;

export interface LargeFileParts {
  readonly extensionUri: Uri;
  readonly log: LogOutputChannel;
  readonly diagnostics: DiagnosticCollection;
  readonly learnt: () => Iterable<readonly [key: string, image: LearntImage]>;
}

/** What is known of a file that is checked from disk. */
export type LargeFileState =
  | { readonly kind: 'checking' }
  | { readonly kind: 'checked'; readonly report: DiskReport }
  | { readonly kind: 'cancelled' }
  /** In words that follow the name of the file. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A file that is checked and read from disk, for as long as a tab shows it. */
export class LargeFile implements Disposable {
  readonly uri: Uri;
  readonly disk: DiskFile;
  readonly #parts: LargeFileParts;
  readonly #changed = new EventEmitter<undefined>();
  readonly #checked = new EventEmitter<undefined>();
  /** The file has another content now, or is gone. */
  readonly onDidChange = this.#changed.event;
  /** Its state is another one now. */
  readonly onDidCheck = this.#checked.event;
  readonly #listeners: Disposable;
  #timer: NodeJS.Timeout | undefined;
  #state: LargeFileState = { kind: 'checking' };
  /** Ends the check that is going on. */
  #stop = new AbortController();
  #isAskedFor = false;
  #isDisposed = false;

  constructor(uri: Uri, parts: LargeFileParts) {
    this.uri = uri;
    this.#parts = parts;
    const script = Uri.joinPath(parts.extensionUri, 'dist', 'disk.js').fsPath;
    this.disk = new DiskFile({ script, path: uri.fsPath });
    const watcher = workspace.createFileSystemWatcher(exactPattern(uri));
    const changed = (): void => this.#noteChange();
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    watcher.onDidDelete(changed);
    this.#listeners = Disposable.from(watcher, this.#changed, this.#checked);
  }

  get state(): LargeFileState {
    return this.#state;
  }

  get name(): string {
    return workspace.asRelativePath(this.uri);
  }

  /** Has it checked from now on, whatever it looks like and whatever the settings say. */
  async askForCheck(): Promise<void> {
    if (this.#isAskedFor) return;
    this.#isAskedFor = true;
    await this.check();
  }

  /** Checks all of it with what holds now. A check that is going on ends. Never rejects. */
  async check(): Promise<void> {
    this.#stop.abort();
    const stop = (this.#stop = new AbortController());
    this.#settle({ kind: 'checking' });
    const state = await this.#attempt(stop.signal);
    if (stop.signal.aborted) return;
    this.#settle(state);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#stop.abort();
    this.disk.dispose();
    this.#listeners.dispose();
    this.#parts.diagnostics.delete(this.uri);
  }

  async #attempt(signal: AbortSignal): Promise<LargeFileState> {
    const started = performance.now();
    try {
      const report = await withLateProgress(`Checking ${this.name} from disk`, (token) =>
        this.#ask(AbortSignal.any([signal, toSignal(token)])),
      );
      if (!report) return { kind: 'cancelled' };
      const took = Math.round(performance.now() - started);
      this.#parts.log.info(`Checked ${this.uri.fsPath} from disk in ${took} ms`);
      return { kind: 'checked', report };
    } catch (error) {
      if (signal.aborted) return { kind: 'cancelled' };
      if (error instanceof Refusal) return { kind: 'refused', reason: error.message };
      this.#parts.log.error(`Check of ${this.uri.fsPath} failed: ${String(error)}`);
      return { kind: 'refused', reason: 'the check failed; the output says why' };
    }
  }

  #ask(signal: AbortSignal): Promise<DiskReport> {
    const given = workspace.getConfiguration(undefined, this.uri).get<unknown>(settingsSection);
    const wishes = {
      // VS Code hands out objects that cannot be sent to another process.
      settings: JSON.parse(JSON.stringify(given ?? {})) as unknown,
      learnt: [...this.#parts.learnt()],
      isAskedFor: this.#isAskedFor,
      maxFindings: maxDiagnostics,
    };
    return this.disk.ask('check', wishes, { signal });
  }

  #settle(state: LargeFileState): void {
    if (this.#isDisposed) return;
    this.#state = state;
    const { diagnostics, extensionUri } = this.#parts;
    const page = (rule: string): Uri => Uri.joinPath(extensionUri, 'docs', 'rules', `${rule}.md`);
    if (state.kind === 'checked') {
      diagnostics.set(this.uri, diskDiagnostics(state.report, this.uri, page));
    } else if (state.kind !== 'checking') diagnostics.delete(this.uri);
    this.#checked.fire(undefined);
  }

  #noteChange(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#changed.fire(undefined);
      void this.check();
    }, restMs);
  }
}
