import { unwatchFile, watchFile } from 'node:fs';
import {
  Disposable,
  EventEmitter,
  Uri,
  workspace,
  type DiagnosticCollection,
  type LogOutputChannel,
} from 'vscode';
import type { LearntImage } from '../../core/image/learntImages.ts';
import { changedMeanwhile, DiskFile, Refusal, type AskOptions } from '../../disk/diskFile.ts';
import type { DiskReport, RepairReport, RepairWishes } from '../../disk/protocol.ts';
import { settingsSection } from '../../server/protocol.ts';
import { toSignal } from '../abortSignal.ts';
import { withLateProgress } from '../lateProgress.ts';
import { describeExtent } from './largeFileWords.ts';
import { diskDiagnostics, maxDiagnostics } from './diskDiagnostics.ts';

/** How often it is looked whether a file on disk has changed, in milliseconds: a stat of it takes some millionths of a second. */
const lookMs = 500;

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
  #latest: Promise<void> | undefined;
  #isAskedFor = false;
  #isListed = true;
  #isDisposed = false;

  constructor(uri: Uri, parts: LargeFileParts) {
    this.uri = uri;
    this.#parts = parts;
    const script = Uri.joinPath(parts.extensionUri, 'dist', 'disk.js').fsPath;
    this.disk = new DiskFile({
      script,
      path: uri.fsPath,
      onBreakdown: (reason) => this.#forget(reason),
    });
    const { fsPath } = uri;
    const changed = (): void => this.noteChange();
    // VS Code's watchers begin at some later time and may miss an event: a finding would stay that is true no more.
    watchFile(fsPath, { interval: lookMs }, changed);
    const watching = new Disposable(() => unwatchFile(fsPath, changed));
    this.#listeners = Disposable.from(watching, this.#changed, this.#checked);
  }

  get state(): LargeFileState {
    return this.#state;
  }

  get name(): string {
    return workspace.asRelativePath(this.uri);
  }

  /** Has it checked from now on, whatever it looks like and whatever the settings say. */
  async askForCheck(): Promise<void> {
    if (!this.#isAskedFor) await this.checkAgain();
  }

  /** The same, and at once. */
  async checkAgain(): Promise<void> {
    this.#isAskedFor = true;
    await this.check();
  }

  /** Checks it with what holds now; of one that was checked, what stands before its first change need not be. A check that is going on ends, and whoever waits for it waits for this one. Never rejects. */
  check(): Promise<void> {
    this.#stop.abort();
    const { signal } = (this.#stop = new AbortController());
    return (this.#latest = this.#check(signal));
  }

  /** It is another one now, as a look at it tells, or sooner whoever has written it. */
  noteChange(): void {
    if (this.#isDisposed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#changed.fire(undefined);
      void this.check();
    }, restMs);
  }

  /** Whether its findings stand in the Problems view: those of a document are the server's. */
  list(isListed: boolean): void {
    this.#isListed = isListed;
    this.#tell();
  }

  /** Repairs it, or tells what would be repaired. Rejects with a `Refusal` where the world is in the way. */
  async repair(wishes: RepairWishes, options: AskOptions): Promise<RepairReport> {
    if (this.#state.kind !== 'checked') await this.check();
    const state = this.#state;
    if (state.kind === 'refused') throw new Refusal(state.reason);
    if (state.kind === 'cancelled') throw new Refusal('its check was cancelled');
    return this.disk.ask('repair', wishes, options);
  }

  /** Why something was not done, in words that follow the name of the file. */
  explain(error: unknown): string {
    if (error instanceof Refusal) return error.message;
    this.#parts.log.error(`${this.uri.fsPath}: ${String(error)}`);
    return 'it failed; the output says why';
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#stop.abort();
    this.disk.dispose();
    this.#listeners.dispose();
    this.#parts.diagnostics.delete(this.uri);
  }

  async #check(signal: AbortSignal): Promise<void> {
    this.#settle({ kind: 'checking' });
    const state = await this.#attempt(signal);
    if (this.#isDisposed) return;
    if (signal.aborted) return this.#latest;
    this.#settle(state);
    // Whatever is told of changes, the last one may have come before the end of what was written.
    if (state.kind === 'refused' && state.reason === changedMeanwhile) this.noteChange();
  }

  async #attempt(signal: AbortSignal): Promise<LargeFileState> {
    const started = performance.now();
    try {
      const title = `Checking ${this.name} from disk`;
      const report = await withLateProgress(title, (token, tell) =>
        this.#ask({
          signal: AbortSignal.any([signal, toSignal(token)]),
          onProgress: ({ bytes, size }) => tell(bytes, size),
        }),
      );
      if (!report) return { kind: 'cancelled' };
      const took = Math.round(performance.now() - started);
      const extent = describeExtent(report);
      this.#parts.log.info(`Checked ${this.uri.fsPath} from disk in ${took} ms${extent}`);
      return { kind: 'checked', report };
    } catch (error) {
      if (signal.aborted) return { kind: 'cancelled' };
      return { kind: 'refused', reason: this.explain(error) };
    }
  }

  #ask(options: AskOptions): Promise<DiskReport> {
    const given = workspace.getConfiguration(undefined, this.uri).get<unknown>(settingsSection);
    const wishes = {
      // VS Code hands out objects that cannot be sent to another process.
      settings: JSON.parse(JSON.stringify(given ?? {})) as unknown,
      learnt: [...this.#parts.learnt()],
      isAskedFor: this.#isAskedFor,
      maxFindings: maxDiagnostics,
    };
    return this.disk.ask('check', wishes, options);
  }

  /** Not checked again by itself: what is shown may be what its process broke down of. */
  #forget(reason: string): void {
    if (this.#state.kind !== 'checked') return;
    this.#settle({ kind: 'refused', reason: `${reason}; "Check File" checks it again` });
  }

  #settle(state: LargeFileState): void {
    if (this.#isDisposed) return;
    this.#state = state;
    this.#tell();
    this.#checked.fire(undefined);
  }

  #tell(): void {
    const { diagnostics, extensionUri } = this.#parts;
    const state = this.#state;
    // Until another check has ended, what the last one found is the best there is.
    if (this.#isListed && state.kind === 'checking') return;
    if (!this.#isListed || state.kind !== 'checked') {
      diagnostics.delete(this.uri);
      return;
    }
    const page = (rule: string): Uri => Uri.joinPath(extensionUri, 'docs', 'rules', `${rule}.md`);
    diagnostics.set(this.uri, diskDiagnostics(state.report, this.uri, page));
  }
}
