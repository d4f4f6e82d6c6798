import {
  EventEmitter,
  FileSystemError,
  FileType,
  Uri,
  ViewColumn,
  window,
  workspace,
  type FileStat,
} from 'vscode';
import { layOut, toOneLine } from '../../core/fixes/recordLayout.ts';
import { isBlank } from '../../core/record/isBlank.ts';
import { DiskFile, Refusal } from '../../disk/diskFile.ts';
import type { DiskRecord } from '../../disk/protocol.ts';
import { recordScheme } from '../../server/protocol.ts';
import { refuseUnsaved } from './openDocuments.ts';

/** How long the status bar says what was written, in milliseconds. */
const noticeMs = 4000;

/** Tells records of files on disk from those of documents, in their addresses. */
const onDisk = 'disk';

/** A record of a file on disk that is open as formatted JSON. */
interface OpenRecord {
  readonly source: Uri;
  /** From 0, among the records of its file. */
  readonly index: number;
  readonly ctime: number;
  record: DiskRecord;
  content: Uint8Array;
  mtime: number;
}

/**
 * Records of files that are no documents, as files of their own, formatted over many lines. Saving one writes it into its file:
 * into a new one that takes the name of the old one when it is whole.
 */
export class DiskRecords {
  readonly #script: string;
  readonly #records = new Map<string, OpenRecord>();
  readonly #written = new EventEmitter<Uri>();
  /** A file, after a record of it was written. */
  readonly onDidWrite = this.#written.event;
  #opened = 0;

  constructor(extensionUri: Uri) {
    this.#script = Uri.joinPath(extensionUri, 'dist', 'disk.js').fsPath;
  }

  /** Whether an address is that of a record of a file on disk. */
  has({ authority }: Uri): boolean {
    return authority === onDisk;
  }

  /** Opens a record, from 0, beside its file. */
  async open(source: Uri, index: number): Promise<void> {
    const uri = this.#find(source, index) ?? (await this.#add(source, index));
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: false });
  }

  stat(uri: Uri): FileStat {
    const { ctime, mtime, content } = this.#get(uri);
    return { type: FileType.File, ctime, mtime, size: content.length };
  }

  readFile(uri: Uri): Uint8Array {
    return this.#get(uri).content;
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
      throw FileSystemError.Unavailable(
        `${name} is as it was: ${error.message}. Copy what you need, and open the record again.`,
      );
    }
    open.content = content;
    open.mtime = Math.max(Date.now(), open.mtime + 1);
    this.#written.fire(open.source);
    window.setStatusBarMessage(`Written to line ${open.record.line + 1} of ${name}`, noticeMs);
  }

  /** After the document of a record is closed. */
  forget(uri: Uri): void {
    this.#records.delete(uri.toString());
  }

  /** Gives the record as it stands in the file afterwards. */
  async #replace({ source, index, record }: OpenRecord, text: string): Promise<DiskRecord> {
    return this.#with(source, async (file) => {
      // Another record may have been written meanwhile; what counts is that this one is as it was.
      const place = await file.ask('record', { index });
      if (place.text !== record.text) throw new Refusal('this record has changed on disk');
      await file.ask('replace', { place, text });
      return file.ask('record', { index });
    });
  }

  async #add(source: Uri, index: number): Promise<Uri> {
    const record = await this.#with(source, (file) => file.ask('record', { index }));
    const name = source.path.slice(source.path.lastIndexOf('/') + 1);
    const uri = Uri.from({
      scheme: recordScheme,
      authority: onDisk,
      path: `/${++this.#opened}/${name} record ${index + 1}.json`,
      query: source.toString(),
    });
    const now = Date.now();
    const content = new TextEncoder().encode(layOut(record.text));
    this.#records.set(uri.toString(), { source, index, ctime: now, record, content, mtime: now });
    return uri;
  }

  #find(source: Uri, index: number): Uri | undefined {
    for (const [uri, open] of this.#records) {
      if (open.index === index && open.source.toString() === source.toString())
        return Uri.parse(uri);
    }
    return undefined;
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
