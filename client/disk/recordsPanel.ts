import { Disposable, type WebviewPanel } from 'vscode';
import { findProfile } from '../../core/profile/profiles.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import type { DiskRecord } from '../../disk/protocol.ts';
import type {
  PreviewedBlock,
  PreviewedFinding,
  PreviewedRecord,
  ToPage,
} from '../../webview/protocol.ts';
import { readFromList, type FromList, type ToList } from '../../webview/recordsProtocol.ts';
import { previewRecord, type Preview } from '../preview/previewRecord.ts';
import { answerMoreText, answerPicture, firstBlocks } from '../preview/recordAnswers.ts';
import { showPage } from '../preview/showPage.ts';
import { readRecord, type ReadRecord } from '../readRecord.ts';
import { describeCost } from '../statusWords.ts';
import { describeLargeFile } from './largeFileWords.ts';
import type { LargeFile, LargeFileState } from './largeFile.ts';
import type { RecordsEditorParts } from './recordsEditor.ts';
import { repairLargeFile } from './repairLargeFile.ts';

/** How often it is looked how far the index has come, in milliseconds. */
const growthMs = 150;

/** What the page shows. */
interface Shown {
  readonly index: number;
  readonly read: ReadRecord;
  readonly preview: Preview;
  /** What it holds and costs, in words. */
  readonly summary: string;
}

/** One tab of the editor: tells its page what it asks for, and of every change of the file. */
export class RecordsPanel implements Disposable {
  readonly #parts: RecordsEditorParts;
  readonly #file: LargeFile;
  readonly #panel: WebviewPanel;
  readonly #listeners: Disposable;
  #timer: NodeJS.Timeout | undefined;
  #shown: Shown | undefined;
  #maxBlocks = firstBlocks;
  /** Of the records sent to the page. */
  #revision = 0;
  #records = 0;
  /** Ends what is on its way for the record before, and the search before. */
  #leave = new AbortController();
  #search = new AbortController();

  constructor(parts: RecordsEditorParts, file: LargeFile, panel: WebviewPanel) {
    this.#parts = parts;
    this.#file = file;
    this.#panel = panel;
    const { webview } = panel;
    this.#listeners = Disposable.from(
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      file.onDidChange(() => void this.#list(true)),
      // Marks of the list, and findings of the record, are others now.
      file.onDidCheck(() => void this.#list(file.state.kind === 'checked')),
    );
    showPage(webview, parts.extensionUri, 'records');
    void file.askForCheck();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#leave.abort();
    this.#search.abort();
    this.#listeners.dispose();
  }

  #receive(message: unknown): void {
    const asked = readFromList(message);
    if (!asked) return;
    void this.#answer(asked).catch((error: unknown) => {
      this.#say(`${this.#file.name}: ${this.#file.explain(error)}`);
    });
  }

  async #answer(asked: FromList): Promise<void> {
    switch (asked.kind) {
      case 'ready':
        return this.#list(true);
      case 'rows':
        return this.#sendRows(asked.from, asked.count);
      case 'show':
        this.#maxBlocks = firstBlocks;
        return this.#show(asked.index);
      case 'find':
        return this.#find(asked);
      case 'stop':
        this.#search.abort();
        return;
      case 'edit':
        return this.#parts.edit(this.#file.uri, asked.index);
      case 'repair':
        return repairLargeFile(this.#file);
      case 'go':
      case 'act':
        return;
      case 'picture':
      case 'moreText':
      case 'moreMessages':
      case 'reveal':
        if (asked.revision === this.#revision && this.#shown) this.#answerOf(this.#shown, asked);
    }
  }

  #answerOf(
    { read, preview, index }: Shown,
    asked: Extract<FromList, { kind: 'picture' | 'moreText' | 'moreMessages' | 'reveal' }>,
  ): void {
    switch (asked.kind) {
      case 'picture':
        return void this.#sendPicture(read, asked);
      case 'moreText': {
        this.#post(answerMoreText(preview, asked));
        return;
      }
      case 'moreMessages':
        this.#maxBlocks *= 4;
        return void this.#show(index);
      case 'reveal':
        return void this.#parts.edit(this.#file.uri, index);
    }
  }

  /** How long the list is, and again while it grows. */
  async #list(isNew: boolean): Promise<void> {
    clearTimeout(this.#timer);
    try {
      const { records, isComplete } = await this.#file.disk.ask('rows', { from: 0, count: 0 });
      this.#records = records;
      const summary = describeLargeFile(this.#file.state, { records, isComplete });
      this.#post({ kind: 'list', records, isComplete, summary, isNew });
      this.#tellPlace();
      if (!isComplete) this.#timer = setTimeout(() => void this.#list(false), growthMs);
    } catch (error) {
      this.#nothing(`${this.#file.name}: ${this.#file.explain(error)}`);
    }
  }

  async #sendRows(from: number, count: number): Promise<void> {
    const { rows } = await this.#file.disk.ask('rows', { from, count });
    const listed = rows.map(({ words, images, severity }) => ({ words, images, severity }));
    this.#post({ kind: 'rows', from, rows: listed });
  }

  async #show(index: number): Promise<void> {
    this.#leave.abort();
    const { signal } = (this.#leave = new AbortController());
    const record = await this.#file.disk.ask('record', { index });
    if (signal.aborted) return;
    const read = readRecord(record.text);
    const preview = this.#preview(read, record);
    const isSame = this.#shown?.index === index;
    const { images, min, max } = record.cost;
    const summary = describeCost({ images, tokens: { min, max } });
    this.#shown = { index, read, preview, summary };
    const revision = ++this.#revision;
    this.#post({ kind: 'shown', revision, record: withoutActions(preview.record), isSame });
    this.#tellPlace();
  }

  /** Again whenever it is known of more records. */
  #tellPlace(): void {
    if (!this.#shown) return;
    const { index, summary } = this.#shown;
    const title = `Record ${formatCount(index + 1)} of ${formatCount(this.#records)}`;
    this.#post({ kind: 'place', revision: this.#revision, title, summary });
  }

  #preview(read: ReadRecord, { findings }: DiskRecord): Preview {
    const { state } = this.#file;
    const shown = findings.map(({ severity, message, rule, range }): PreviewedFinding => {
      return { severity, message, rule, offset: range.start.character };
    });
    return previewRecord(read, shown, {
      profile:
        state.kind === 'checked'
          ? findProfile(state.report.provider, state.report.model)
          : undefined,
      learnt: this.#parts.learnt.images,
      maxBlocks: this.#maxBlocks,
    });
  }

  async #find({ from, isBackwards, text }: Extract<FromList, { kind: 'find' }>): Promise<void> {
    this.#search.abort();
    const { signal } = (this.#search = new AbortController());
    try {
      const found = await this.#file.disk.ask('find', { from, isBackwards, text }, { signal });
      if (found !== undefined) this.#post({ kind: 'select', index: found });
      else this.#say(notFound(this.#file.state, isBackwards, text));
    } catch (error) {
      // Nobody waits for it any more: something else is searched for.
      if (!signal.aborted) throw error;
    }
  }

  async #sendPicture(
    read: ReadRecord,
    asked: Extract<FromList, { kind: 'picture' }>,
  ): Promise<void> {
    const answer = await answerPicture(this.#parts.thumbnails, read, asked, this.#leave.signal);
    if (answer) this.#post(answer);
  }

  #nothing(words: string): void {
    this.#shown = undefined;
    this.#revision++;
    this.#post({ kind: 'nothing', words });
  }

  #say(words: string): void {
    this.#post({ kind: 'notice', words });
  }

  #post(message: ToList | ToPage): void {
    void this.#panel.webview.postMessage(message);
  }
}

/** What is done to a picture is done in a document. */
function withoutActions(record: PreviewedRecord): PreviewedRecord {
  const strip = (block: PreviewedBlock): PreviewedBlock =>
    block.kind === 'picture' ? { ...block, actions: [] } : block;
  const messages = record.messages.map((message) => ({
    ...message,
    blocks: message.blocks.map(strip),
  }));
  return { ...record, messages };
}

function notFound(state: LargeFileState, isBackwards: boolean, text: string | undefined): string {
  const where = isBackwards ? 'before' : 'after';
  if (text !== undefined) return `Not found ${where} this record.`;
  if (state.kind === 'checking') return 'The file is being checked.';
  if (state.kind !== 'checked') return 'The file is not checked, so no problem is known.';
  return `There is no record with a problem ${where} this one.`;
}
