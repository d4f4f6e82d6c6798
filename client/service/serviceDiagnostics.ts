import {
  Diagnostic,
  DiagnosticSeverity,
  languages,
  Range,
  Uri,
  workspace,
  type Disposable,
  type TextDocumentChangeEvent,
} from 'vscode';
import type { NamedLine } from '../../core/service/namedLines.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { followLine } from '../followLine.ts';

/** Shown behind each message. */
const source = 'fine-tuning service';

/** Most characters of a line that are marked: what is wrong with the example is not at one place of it. */
const markLength = 11;

/** What the service says of examples, among the problems of their file. */
export class ServiceDiagnostics implements Disposable {
  readonly #collection = languages.createDiagnosticCollection('visionFinetune.service');
  readonly #listener: Disposable;

  constructor() {
    this.#listener = workspace.onDidChangeTextDocument((event) => this.#follow(event));
  }

  /** Replaces what was said of the file. */
  show(path: string, lines: readonly NamedLine[]): void {
    this.#collection.set(Uri.file(path), lines.map(toDiagnostic));
  }

  dispose(): void {
    this.#listener.dispose();
    this.#collection.dispose();
  }

  /** A line that is written anew is no longer the one that the service saw; the others keep what is said of them. */
  #follow({ document, contentChanges }: TextDocumentChangeEvent): void {
    const known = this.#collection.get(document.uri);
    if (!known || known.length === 0 || contentChanges.length === 0) return;
    const followed = known.flatMap((diagnostic) => {
      const { line } = diagnostic.range.start;
      const isTouched = contentChanges.some(
        ({ range }) => range.start.line <= line && range.end.line >= line && !range.isEmpty,
      );
      const now = isTouched ? undefined : followLine(line, Infinity, contentChanges);
      if (now === undefined) return [];
      const moved = new Diagnostic(
        new Range(now, 0, now, diagnostic.range.end.character),
        diagnostic.message,
        diagnostic.severity,
      );
      moved.source = source;
      return [moved];
    });
    this.#collection.set(document.uri, followed);
  }
}

const verdicts: Readonly<Record<NamedLine['verdict'], string>> = {
  skipped: 'The service left this example out',
  refused: 'The service refused the file for this example',
};

function toDiagnostic({ line, byteLength, message, verdict }: NamedLine): Diagnostic {
  const diagnostic = new Diagnostic(
    new Range(line - 1, 0, line - 1, Math.min(markLength, byteLength)),
    `${verdicts[verdict]}: ${makeVisible(message)}`,
    verdict === 'refused' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
  );
  diagnostic.source = source;
  return diagnostic;
}
