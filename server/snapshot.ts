import type { Position, Range, TextDocument } from 'vscode-languageserver-textdocument';
import type { CheckedDocument } from '../core/check/checkedDocument.ts';

/** A document as it was at one version: what a feature sees. It never changes, whatever is typed meanwhile. */
export class Snapshot implements TextDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly document: CheckedDocument;

  constructor(uri: string, languageId: string, version: number, document: CheckedDocument) {
    this.uri = uri;
    this.languageId = languageId;
    this.version = version;
    this.document = document;
  }

  get lineCount(): number {
    return this.document.store.lineCount;
  }

  getText(range?: Range): string {
    return this.document.store.getText(range);
  }

  positionAt(offset: number): Position {
    return this.document.store.positionAt(offset);
  }

  offsetAt(position: Position): number {
    return this.document.store.offsetAt(position);
  }

  getLineRange(line: number): Range {
    if (line < 0) return { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const nearest = Math.min(line, this.lineCount - 1);
    const { length } = this.document.store.line(nearest).text;
    return { start: { line: nearest, character: 0 }, end: { line: nearest, character: length } };
  }

  getEOLCharacters(line: number): string {
    return line >= 0 && line < this.lineCount ? this.document.store.line(line).eol : '';
  }
}
