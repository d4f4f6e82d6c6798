import {
  EventEmitter,
  FileSystemError,
  FileType,
  Uri,
  window,
  workspace,
  type FileStat,
} from 'vscode';
import { layOut, toOneLine } from '../../core/fixes/recordLayout.ts';
import { isBlank } from '../../core/record/isBlank.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { DiskFile, Refusal } from '../../disk/diskFile.ts';
import type { DiskRecord } from '../../disk/protocol.ts';
import { recordScheme } from '../../server/protocol.ts';
import { toSignal } from '../abortSignal.ts';
import { withLateProgress } from '../lateProgress.ts';
import { encode, later, tellApart } from '../recordContent.ts';
import { showBeside } from '../showBeside.ts';
import { largestDocument, refuseUnsaved } from './openDocuments.ts';

/** How long the status bar says what was written, in milliseconds. */
const noticeMs = 4000;

/** Tells records of files on disk from those of documents, in their addresses. */
const onDisk = 'disk';

/** A record of a file on disk that is open as formatted JSON. */
interface OpenRecord {
  readonly uri: Uri;
  readonly source: Uri;
  /** From 0, among the records of its file. */
  readonly index: number;
  readonly ctime: number;
  /** As it stands in its file, as far as is known. */
  record: Pick<DiskRecord, 'line' | 'text'>;
  content: Uint8Array;
  /** The length of the content that VS Code has read or written last. */
  knownSize: number;
  mtime: number;
}

/** A record with its text over many lines. */
interface LaidOut {
  readonly record: OpenRecord['record'];
  readonly text: string;
}

class RecordChanged extends Refusal {}

/**
 * Records of files that are no documents, as files of their own, formatted over many lines. Saving one writes it into its file:
 * into a new one that takes the name of the old one when it is whole.
 */
export class DiskRecords {
  readonly #script: string;
  readonly #records = new Map<string, OpenRecord>();
  readonly #written = new EventEmitter<Uri>();
  readonly #changed = new EventEmitter<Uri>();
  /** A file, after a record of it was written. */
  readonly onDidWrite = this.#written.event;
  /** A record that was found to be another one on disk than the one that is open. */
  readonly onDidChange = this.#changed.event;
  /** Records that are about to be shown. */
  readonly #opening = new Map<string, Promise<void>>();
  #opened = 0;

  constructor(extensionUri: Uri) {
    this.#script = Uri.joinPath(extensionUri, 'dist', 'disk.js').fsPath;
  }

  /** Whether an address is that of a record of a file on disk. */
  has({ authority }: Uri): boolean {
    return authority === onDisk;
  }

  /** Opens a record, from 0, as it is now, beside its file; or shows it where it is open. Once for who asks twice. */
  open(source: Uri, index: number): Promise<void> {
    const key = `${index} ${source.toString()}`;
    const opening =
      this.#opening.get(key) ?? this.#open(source, index).finally(() => this.#opening.delete(key));
    this.#opening.set(key, opening);
    return opening;
  }

  async #open(source: Uri, index: number): Promise<void> {
    const title = `Reading record ${formatCount(index + 1)} of ${workspace.asRelativePath(source)}`;
    const record = await withLateProgress(title, (token) =>
      this.#with(source, (file) => file.ask('record', { index }, { signal: toSignal(token) })),
    );
    if (!record) return;
    const text = layOut(record.text);
    if (text.length > largestDocument) {
      throw new Refusal('this record is too long: VS Code gives no text over 50 MB to extensions');
    }
    const open = this.#find(source, index) ?? this.#add(source, index, { record, text });
    if (open.record.text !== record.text) this.#take(open, { record, text });
    await showBeside(open.uri);
  }

  stat(uri: Uri): FileStat {
    const { ctime, mtime, content } = this.#get(uri);
    return { type: FileType.File, ctime, mtime, size: content.length };
  }

  readFile(uri: Uri): Uint8Array {
    const open = this.#get(uri);
    open.knownSize = open.content.length;
    return open.content;
  }

  async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
    const open = this.#get(uri);
    const text = toOneLine(new TextDecoder().decode(content), open.record.text);
    if (isBlank(text)) throw FileSystemError.Unavailable('A record cannot be empty.');
    const name = workspace.asRelativePath(open.source);
    try {
      refuseUnsaved(open.source);
      if (text !== open.record.text) open.record = await this.#replace(open, text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const advice =
        error instanceof RecordChanged
          ? 'Copy what you need, and press "Edit This Record" again to have it as it is now'
          : 'What you have written stays here; save it again when nothing is in the way';
      throw FileSystemError.Unavailable(`${name} is as it was: ${error.message}. ${advice}.`);
    }
    open.content = content;
    open.knownSize = content.length;
    open.mtime = later(open.mtime);
    this.#written.fire(open.source);
    const line = formatCount(open.record.line + 1);
    window.setStatusBarMessage(`Written to line ${line} of ${name}`, noticeMs);
  }

  /** After the document of a record is closed. */
  forget(uri: Uri): void {
    this.#records.delete(uri.toString());
  }

  /** Gives the record as it stands in the file afterwards. */
  async #replace(
    { source, index, record }: OpenRecord,
    text: string,
  ): Promise<OpenRecord['record']> {
    const title = `Writing record ${formatCount(index + 1)} into ${workspace.asRelativePath(source)}`;
    const written = await withLateProgress(title, (token) =>
      this.#with(source, async (file) => {
        // Another record may have been written meanwhile; what counts is that this one is as it was.
        const place = await file.ask('record', { index });
        if (place.text !== record.text) throw new RecordChanged('this record has changed on disk');
        await file.ask('replace', { place, text }, { signal: toSignal(token) });
        return { line: place.line, text };
      }),
    );
    if (!written) throw new Refusal('writing it was cancelled');
    return written;
  }

  #add(source: Uri, index: number, { record, text }: LaidOut): OpenRecord {
    const name = source.path.slice(source.path.lastIndexOf('/') + 1);
    const uri = Uri.from({
      scheme: recordScheme,
      authority: onDisk,
      path: `/${++this.#opened}/${name} record ${index + 1}.json`,
      query: source.toString(),
    });
    const now = Date.now();
    const content = encode(text);
    const open = { uri, source, index, ctime: now, record, content, knownSize: 0, mtime: now };
    this.#records.set(uri.toString(), open);
    return open;
  }

  /** It is another one on disk now: a document without changes shows that, and one with changes asks before it is saved over. */
  #take(open: OpenRecord, { record, text }: LaidOut): void {
    open.record = record;
    open.content = tellApart(text, open.knownSize);
    open.mtime = later(open.mtime);
    this.#changed.fire(open.uri);
  }

  #find(source: Uri, index: number): OpenRecord | undefined {
    const key = source.toString();
    return [...this.#records.values()].find(
      (open) => open.index === index && open.source.toString() === key,
    );
  }

  /** After a restart of the window nobody knows any more which record it was. */
  #get(uri: Uri): OpenRecord {
    const open = this.#records.get(uri.toString());
    if (!open) throw FileSystemError.FileNotFound(uri);
    return open;
  }

  async #with<T>(source: Uri, use: (file: DiskFile) => Promise<T>): Promise<T> {
    const file = new DiskFile({ script: this.#script, path: source.fsPath });
    try {
      return await use(file);
    } finally {
      file.dispose();
    }
  }
}
