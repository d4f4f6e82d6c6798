import {
  Disposable,
  EventEmitter,
  FileChangeType,
  FileSystemError,
  FileType,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
  type TextDocument,
  type TextDocumentChangeEvent,
} from 'vscode';
import { layOut, toOneLine } from '../core/fixes/recordLayout.ts';
import { isBlank } from '../core/record/isBlank.ts';
import { recordScheme } from '../server/protocol.ts';
import type { DiskRecords } from './disk/diskRecords.ts';
import { followLine } from './followLine.ts';
import { encode, later, tellApart } from './recordContent.ts';
import { showBeside } from './showBeside.ts';

/** A record that is open as formatted JSON. */
interface FormattedRecord {
  readonly uri: Uri;
  /** The file that it is from. */
  readonly source: Uri;
  readonly ctime: number;
  /** Its line there, from 0; undefined once it is gone. */
  line: number | undefined;
  /** Its text there. */
  text: string;
  /** Its text there as soon as a change that is on its way has arrived. */
  expected: string;
  /** What the file of the record holds: the record laid out, or as it was saved. */
  content: Uint8Array;
  /** The length of the content that VS Code has read or written last. */
  knownSize: number;
  /** In milliseconds. Rises with each change from outside, so that VS Code compares before it saves over one. */
  mtime: number;
}

/**
 * Records of JSON Lines files as files of their own, formatted over many lines. Saving one puts it back on its line, as a
 * change that can be undone there and that is not on disk before the file is saved.
 */
export class FormattedRecords implements FileSystemProvider, Disposable {
  readonly #records = new Map<string, FormattedRecord>();
  readonly #changes = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changes.event;
  /** Of files that are no documents; the addresses of their records begin as those of others do. */
  readonly #disk: DiskRecords;
  readonly #registrations: Disposable;
  #opened = 0;

  constructor(disk: DiskRecords) {
    this.#disk = disk;
    this.#registrations = Disposable.from(
      this.#changes,
      disk.onDidChange((uri) => this.#changes.fire([{ type: FileChangeType.Changed, uri }])),
      workspace.registerFileSystemProvider(recordScheme, this, { isCaseSensitive: true }),
      workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      workspace.onDidOpenTextDocument((document) => this.#findAgain(document)),
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
    );
  }

  /** Opens the record at the cursor beside its file. */
  async open(): Promise<void> {
    const editor = window.activeTextEditor;
    if (!editor) return;
    const { document, selection } = editor;
    const line = selection.active.line;
    if (isBlank(document.lineAt(line).text)) {
      void window.showInformationMessage('There is no record on this line.');
      return;
    }
    const known = this.#of(document).find((record) => record.line === line);
    const { uri } = known ?? this.#add(document, line);
    await showBeside(uri);
  }

  stat(uri: Uri): FileStat {
    if (this.#disk.has(uri)) return this.#disk.stat(uri);
    const { ctime, mtime, content } = this.#get(uri);
    return { type: FileType.File, ctime, mtime, size: content.length };
  }

  readFile(uri: Uri): Uint8Array {
    if (this.#disk.has(uri)) return this.#disk.readFile(uri);
    const record = this.#get(uri);
    record.knownSize = record.content.length;
    return record.content;
  }

  async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
    if (this.#disk.has(uri)) return this.#disk.writeFile(uri, content);
    const record = this.#get(uri);
    const document = await openSource(record);
    const name = workspace.asRelativePath(record.source);
    const line = lineOf(record, document);
    if (line === undefined) {
      throw FileSystemError.Unavailable(
        `The record is no longer in ${name}, or it is there more than once. Copy what you need, and open it again from there.`,
      );
    }
    const text = toOneLine(new TextDecoder().decode(content), record.text);
    if (isBlank(text)) throw FileSystemError.Unavailable('A record cannot be empty.');
    record.line = line;
    record.expected = text;
    const edit = new WorkspaceEdit();
    edit.replace(record.source, document.lineAt(line).range, text);
    // VS Code refuses it if the file has changed in between.
    if (text !== record.text && !(await workspace.applyEdit(edit))) {
      record.expected = record.text;
      throw FileSystemError.Unavailable(`${name} cannot be changed now. Save the record again.`);
    }
    record.content = content;
    record.knownSize = content.length;
    record.mtime = later(record.mtime);
    window.setStatusBarMessage(`Written to line ${line + 1} of ${name}`, noticeMs);
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  readDirectory(): never {
    throw FileSystemError.NoPermissions('Records are opened from their file.');
  }

  createDirectory(): never {
    throw FileSystemError.NoPermissions('Records are opened from their file.');
  }

  delete(): never {
    throw FileSystemError.NoPermissions('A record is deleted in its file.');
  }

  rename(): never {
    throw FileSystemError.NoPermissions('A record has no name to change.');
  }

  #add(document: TextDocument, line: number): FormattedRecord {
    const { text } = document.lineAt(line);
    const now = Date.now();
    const record = {
      uri: uriOf(document, line, ++this.#opened),
      source: document.uri,
      ctime: now,
      line,
      text,
      expected: text,
      content: encode(layOut(text)),
      knownSize: 0,
      mtime: now,
    };
    this.#records.set(record.uri.toString(), record);
    return record;
  }

  /** After a restart of the window nobody knows any more which record it was. */
  #get(uri: Uri): FormattedRecord {
    const record = this.#records.get(uri.toString());
    if (record?.line === undefined) throw FileSystemError.FileNotFound(uri);
    return record;
  }

  #of({ uri }: TextDocument): FormattedRecord[] {
    const source = uri.toString();
    return [...this.#records.values()].filter((record) => record.source.toString() === source);
  }

  #follow({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    for (const record of this.#of(document)) {
      if (record.line === undefined) continue;
      const line = followLine(record.line, record.text.length, contentChanges);
      this.#place(record, document, line ?? lineOf(record, document));
    }
  }

  /** The file may have changed on disk while it was closed. */
  #findAgain(document: TextDocument): void {
    for (const record of this.#of(document))
      this.#place(record, document, lineOf(record, document));
  }

  #place(record: FormattedRecord, document: TextDocument, line: number | undefined): void {
    const text = line === undefined ? '' : document.lineAt(line).text;
    const isGone = line === undefined || isBlank(text);
    record.line = isGone ? undefined : line;
    if (!isGone && (text === record.text || text === record.expected)) {
      record.text = record.expected = text;
      return;
    }
    record.mtime = later(record.mtime);
    if (!isGone) {
      record.text = record.expected = text;
      record.content = tellApart(layOut(text), record.knownSize);
    }
    const type = isGone ? FileChangeType.Deleted : FileChangeType.Changed;
    this.#changes.fire([{ type, uri: record.uri }]);
  }

  /** A document also closes, and opens again, when its language changes. */
  #forget({ uri }: TextDocument): void {
    const key = uri.toString();
    const isOpen = workspace.textDocuments.some((document) => document.uri.toString() === key);
    if (isOpen) return;
    this.#records.delete(key);
    this.#disk.forget(uri);
  }
}

/** How long the status bar says what was written, in milliseconds. */
const noticeMs = 4000;

/** Its line, if it still stands there; else the only line that has its text. */
function lineOf({ line, text }: FormattedRecord, document: TextDocument): number | undefined {
  if (line !== undefined && line < document.lineCount && document.lineAt(line).text === text)
    return line;
  let found: number | undefined;
  for (let each = 0; each < document.lineCount; each++) {
    if (document.lineAt(each).text !== text) continue;
    if (found !== undefined) return undefined;
    found = each;
  }
  return found;
}

/** A file that is closed opens again, and shows as changed. */
async function openSource({ source }: FormattedRecord): Promise<TextDocument> {
  try {
    return await workspace.openTextDocument(source);
  } catch {
    const name = workspace.asRelativePath(source);
    throw FileSystemError.Unavailable(`${name}, which the record is from, cannot be opened.`);
  }
}

/** Its last part is the title of the tab and makes it JSON; the number before it tells records of one name apart. */
function uriOf(document: TextDocument, line: number, id: number): Uri {
  const name = document.uri.path.split('/').at(-1) ?? '';
  let number = 0;
  for (let each = 0; each <= line; each++) if (!isBlank(document.lineAt(each).text)) number++;
  return Uri.from({
    scheme: recordScheme,
    path: `/${id}/${name} record ${number}.json`,
    query: document.uri.toString(),
  });
}
