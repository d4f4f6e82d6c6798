import type { Connection } from 'vscode-languageserver';
import { LearntImages, type LearntImage } from '../core/image/learntImages.ts';
import { CheckLoop } from './checkLoop.ts';
import { Companions } from './companions.ts';
import { describeError } from './guard.ts';
import type { Host } from './host.ts';
import type { Change, OpenFile } from './openFile.ts';
import { Publisher } from './publisher.ts';
import { readSavedBytes } from './savedBytes.ts';
import type { FileSettings, Settings } from './settings.ts';
import type { Snapshot } from './snapshot.ts';

/** Images of which is remembered what was learnt: those of a few very large files. The oldest are forgotten first. */
const maxLearnt = 200_000;

/** The documents that are open in the editor: each gets its settings, is checked, and shown. */
export class OpenFiles {
  readonly #files = new Map<string, OpenFile>();
  readonly #configuring = new WeakMap<OpenFile, Promise<void>>();
  readonly #settings: Settings;
  readonly #companions = new Companions();
  readonly #publisher: Publisher;
  readonly #loop: CheckLoop;
  readonly #log: (line: string) => void;
  /** Undefined while nothing was learnt. */
  #learnt: LearntImages | undefined;
  readonly #learntByKey = new Map<string, LearntImage>();

  constructor(connection: Connection, host: Host, settings: Settings, log: (line: string) => void) {
    this.#settings = settings;
    this.#log = log;
    this.#publisher = new Publisher(connection, host);
    this.#loop = new CheckLoop(
      host,
      (file) => this.#publisher.progress(file),
      (file, error) => this.#fail(file, 'Check', error),
    );
  }

  get(uri: string): OpenFile | undefined {
    return this.#files.get(uri);
  }

  /** A document that was open already, which an editor should have closed first, gives way. */
  open(file: OpenFile): void {
    this.#remove(file.uri);
    this.#files.set(file.uri, file);
    void this.#configure(file);
  }

  change(uri: string, changes: readonly Change[], version: number): void {
    const file = this.#files.get(uri);
    if (!file) return;
    file.change(changes, version);
    if (file.isConfigured) this.#loop.add(file);
  }

  close(uri: string): void {
    if (!this.#remove(uri)) return;
    this.#settings.forget(uri);
    this.#companions.forget(uri);
    this.#publisher.clear(uri);
  }

  /** Ends all work. */
  closeAll(): void {
    for (const uri of this.#files.keys()) this.#remove(uri);
  }

  /** After a change of settings or of a configuration file. */
  configureAll(): void {
    this.#settings.forget();
    for (const file of this.#files.values()) void this.#configure(file);
  }

  /** Takes over what a client has learnt of images, and checks every document once more with that. */
  learn(images: Iterable<readonly [key: string, image: LearntImage]>): void {
    for (const [key, image] of images) {
      const known = this.#learntByKey.get(key);
      this.#learntByKey.delete(key);
      this.#learntByKey.set(key, { ...known, ...image });
    }
    for (const key of this.#learntByKey.keys()) {
      if (this.#learntByKey.size <= maxLearnt) break;
      this.#learntByKey.delete(key);
    }
    this.#learnt = new LearntImages(new Map(this.#learntByKey));
    for (const file of this.#files.values()) void this.#configure(file);
  }

  /** After a document may have been written to disk. */
  readSaved(uri: string): void {
    const file = this.#files.get(uri);
    if (file) void this.#readSaved(file);
  }

  /** After a file on disk may have changed: the other file of a pair may be among them. */
  accompanyAll(): void {
    for (const file of this.#files.values()) void this.#accompany(file);
  }

  /** Checks a document whatever it looks like, to its end; undefined when it is not open, or closed meanwhile. */
  async check(uri: string): Promise<OpenFile | undefined> {
    const file = this.#files.get(uri);
    if (!file) return undefined;
    file.askForCheck();
    await this.#configure(file);
    await this.#accompany(file);
    await this.#loop.settled(file);
    return this.#files.get(uri) === file ? file : undefined;
  }

  /** A document once there is nothing left to check in it: only then all of its findings are known. */
  async checked(uri: string): Promise<Snapshot | undefined> {
    const file = this.#files.get(uri);
    if (file) await this.#loop.settled(file);
    return this.#files.get(uri)?.snapshot;
  }

  /** A document once its settings are known: an editor asks for an outline as soon as it is open, and not again. */
  async configured(uri: string): Promise<OpenFile | undefined> {
    const file = this.#files.get(uri);
    if (file) await this.#configuring.get(file);
    return this.#files.get(uri);
  }

  #configure(file: OpenFile): Promise<void> {
    const configuring = this.#settleAndCheck(file);
    this.#configuring.set(file, configuring);
    return configuring;
  }

  /** Gives a document the settings that hold for it now, and has it checked. Never rejects. */
  async #settleAndCheck(file: OpenFile): Promise<void> {
    try {
      const settings = await this.#currentSettings(file);
      if (!settings) return;
      file.configure(settings, this.#learnt);
      this.#loop.add(file);
      void this.#accompany(file);
      void this.#readSaved(file);
    } catch (error) {
      this.#fail(file, 'Settings', error);
    }
  }

  /** A bug is logged, and shown as what it is: the file does not pass for one that is being checked. */
  #fail(file: OpenFile, what: string, error: unknown): void {
    this.#log(`${what} of ${file.uri} failed: ${describeError(error)}`);
    if (this.#files.get(file.uri) !== file) return;
    file.noteFailure();
    this.#publisher.failure(file);
  }

  /** Compares a document with the other file of its pair, which is read while others are served. Never rejects. */
  async #accompany(file: OpenFile): Promise<void> {
    const { uri, settings } = file;
    if (!settings || !file.isWanted) return;
    const companion = await this.#companions.of(uri, settings.context, settings.validationFile);
    if (this.#files.get(uri) !== file || file.settings !== settings) return;
    if (companion === file.companion) return;
    file.accompany(companion);
    this.#loop.add(file);
  }

  /** Finds in the bytes on disk what the editor took away from the text, while others are served. Never rejects. */
  async #readSaved(file: OpenFile): Promise<void> {
    const { uri, settings } = file;
    const { version } = file.snapshot;
    if (!file.isWanted || file.snapshot.document.kind !== 'lines') return;
    const saved = await readSavedBytes(uri);
    const isSame = file.snapshot.version === version && file.settings === settings;
    if (!saved || this.#files.get(uri) !== file || !isSame) return;
    if (file.noteSaved(saved)) this.#loop.add(file);
  }

  /** Undefined when the document is closed meanwhile. What an editor answered before a change no longer holds. */
  async #currentSettings(file: OpenFile): Promise<FileSettings | undefined> {
    while (this.#files.get(file.uri) === file) {
      const asked = this.#settings.of(file.uri);
      const settings = await asked;
      if (this.#files.get(file.uri) === file && this.#settings.of(file.uri) === asked)
        return settings;
    }
    return undefined;
  }

  #remove(uri: string): boolean {
    const file = this.#files.get(uri);
    if (!file) return false;
    this.#files.delete(uri);
    this.#loop.remove(file);
    return true;
  }
}
