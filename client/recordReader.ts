import { Position, type TextDocument } from 'vscode';
import { language } from './lifecycle.ts';
import { readRecord, type ReadRecord } from './readRecord.ts';

/**
 * The records of open documents. The last one of each is kept: pointing at a picture, the preview beside it and a command
 * on it follow each other, and reading a record of 13 MB takes 15 ms.
 */
export class RecordReader {
  readonly #last = new WeakMap<TextDocument, ReadRecord>();

  /** The record on a line, or the one that a whole document is. */
  read(document: TextDocument, line: number): ReadRecord {
    const text = isLineByLine(document) ? document.lineAt(line).text : document.getText();
    const last = this.#last.get(document);
    // Lines are the document's own strings, so that an unchanged one is told by its address.
    if (last?.text === text) return last;
    const record = readRecord(text);
    this.#last.set(document, record);
    return record;
  }
}

/** A line is a record, unless the document is one, formatted over many. */
export function isLineByLine({ languageId }: TextDocument): boolean {
  return languageId === language;
}

/** Where a place of a document stands in its record. */
export function toOffset(document: TextDocument, position: Position): number {
  return isLineByLine(document) ? position.character : document.offsetAt(position);
}

/** Where an offset of the record on a line stands in its document. */
export function toPosition(document: TextDocument, line: number, offset: number): Position {
  return isLineByLine(document) ? new Position(line, offset) : document.positionAt(offset);
}
