import { createContext } from '../core/check/context.ts';
import type { CheckedDocument } from '../core/check/checkedDocument.ts';
import { LinesDocument } from '../core/check/linesDocument.ts';
import { looksLikeTraining } from '../core/check/looksLikeTraining.ts';
import { RecordDocument } from '../core/check/recordDocument.ts';
import { describeEnd, nameSource, noticesAt } from '../core/profile/notices.ts';
import type { Companion } from '../core/dataset/companion.ts';
import type { LearntImages } from '../core/image/learntImages.ts';
import { readJson } from '../core/record/readJson.ts';
import type { Range } from '../core/text/position.ts';
import type { FileStatus } from './protocol.ts';
import type { FileSettings } from './settings.ts';
import { isTelling, type SavedBytes } from './savedBytes.ts';
import { Snapshot } from './snapshot.ts';

/** Holds until the settings are known; nothing is checked with it. */
const defaultContext = createContext([], '');

const noFindings = { error: 0, warning: 0, info: 0, hint: 0 } as const;

/** In characters: a file with more in it says what it is. */
const undecidedLength = 10_000;

/** A change as LSP sends it: with a range, or without one for the whole text. */
export interface Change {
  readonly range?: Range | null;
  readonly text: string;
}

/** A document that is open in the editor, as it is now. */
export class OpenFile {
  readonly uri: string;
  readonly languageId: string;
  #version: number;
  #document: CheckedDocument;
  /** Undefined until they have been asked for. */
  #settings: FileSettings | undefined;
  /** Somebody asked for a check, whatever the file looks like. */
  #isAskedFor = false;
  /** Undefined until somebody wants to know. Once it does, it stays so, whatever state the text passes through. */
  #looksLikeTraining: boolean | undefined;
  /** Whether the bytes on disk told something when they were last read. */
  #hasSaved = false;
  /** The last check threw: until the next one, nothing is said of the findings. */
  #hasFailed = false;
  /** Where the last change began: what a person looks at is checked first. */
  #editedLine = 0;

  constructor(uri: string, languageId: string, version: number, text: string) {
    this.uri = uri;
    this.languageId = languageId;
    this.#version = version;
    // A document of plain JSON is one record, formatted; every other a record a line.
    this.#document =
      languageId === 'json'
        ? RecordDocument.of(text, defaultContext)
        : LinesDocument.of(text, defaultContext);
  }

  get isConfigured(): boolean {
    return this.#settings !== undefined;
  }

  get snapshot(): Snapshot {
    return new Snapshot(this.uri, this.languageId, this.#version, this.#document);
  }

  get isWanted(): boolean {
    if (this.#isAskedFor) return true;
    switch (this.#settings?.checkFiles) {
      case undefined:
        return false;
      case 'all':
        return true;
      case 'none':
        return false;
      case 'training':
        return (this.#looksLikeTraining ??= looksLikeTraining(this.#recordTexts()));
    }
  }

  /** Whether help while typing is wanted: also in a file of which nobody can say yet what it is to be. */
  get isHelped(): boolean {
    return this.isWanted || (this.#settings?.checkFiles === 'training' && this.#isUndecided());
  }

  /** Whether there is nothing to do until something changes. */
  get isSettled(): boolean {
    return this.#document.isChecked || !this.isWanted;
  }

  get status(): FileStatus {
    const { records, images } = this.#document.counts;
    const { profile, today } = this.#document.context;
    const { provider, providerName, model, date } = profile;
    return {
      uri: this.uri,
      version: this.#version,
      state: this.#state,
      records,
      images,
      counts: this.#hasFailed ? noFindings : this.#document.countFindings(),
      provider,
      providerName,
      model,
      limitsDate: date,
      notices: noticesAt(profile, today).map((notice) => ({
        text: describeEnd(notice, today),
        source: nameSource(notice),
      })),
    };
  }

  get #state(): FileStatus['state'] {
    if (this.#hasFailed) return 'failed';
    if (!this.isWanted) return 'ignored';
    return this.#document.isChecked ? 'checked' : 'checking';
  }

  change(changes: readonly Change[], version: number): void {
    for (const { range, text } of changes) {
      this.#document = this.#document.edit(range ?? undefined, text);
      this.#editedLine = Math.min(range?.start.line ?? 0, range?.end.line ?? 0);
    }
    this.#version = version;
    if (!this.#looksLikeTraining) this.#looksLikeTraining = undefined;
  }

  /** Takes over what decides about findings: from now on, it is checked with that. */
  configure(settings: FileSettings, learnt?: LearntImages): void {
    this.#hasFailed = false;
    if (settings === this.#settings && learnt === this.#document.context.learnt) return;
    this.#settings = settings;
    const context = learnt ? { ...settings.context, learnt } : settings.context;
    this.#document = this.#document.withContext(context);
  }

  get settings(): FileSettings | undefined {
    return this.#settings;
  }

  get companion(): Companion | undefined {
    return this.#document.context.companion;
  }

  /** Compares with the other file of the pair from now on, or with none. */
  accompany(companion: Companion | undefined): void {
    this.#document = this.#document.accompany(companion);
  }

  /**
   * Takes over what the bytes on disk tell, while the text is what they hold. Says whether there is something to show,
   * or not to show any more.
   */
  noteSaved(saved: SavedBytes): boolean {
    const { lineCount = this.#document.store.lineCount } = saved;
    const isNews = isTelling(saved) || this.#hasSaved;
    if (!isNews || lineCount !== this.#document.store.lineCount) return false;
    this.#document = this.#document.withSaved(saved.encoding);
    this.#hasSaved = isTelling(saved);
    return true;
  }

  askForCheck(): void {
    this.#isAskedFor = true;
  }

  /** Checks until there is nothing left or `isOver` says so. */
  check(isOver: () => boolean): void {
    this.#hasFailed = false;
    this.#document = this.#document.check(isOver, this.#editedLine);
  }

  /** After a check, or what is to come before or after it, threw. */
  noteFailure(): void {
    this.#hasFailed = true;
  }

  /** Whether no line is a record yet: the file is empty, or its first record is being typed. */
  #isUndecided(): boolean {
    const { store } = this.#document;
    if (store.length > undecidedLength) return false;
    return [...this.#recordTexts()].every((text) => readJson(text).problem !== undefined);
  }

  *#recordTexts(): Generator<string> {
    const { kind, store } = this.#document;
    if (kind === 'record') yield store.getText();
    else for (const { text } of store.lines()) yield text;
  }
}
