import { DiagnosticSeverity, languages, type TextDocument } from 'vscode';
import type { Severity } from '../core/finding/finding.ts';
import { isLineByLine, toOffset } from './recordReader.ts';

/** What was found in a record, by whoever looks at the file. */
export interface RecordFinding {
  readonly severity: Severity;
  readonly message: string;
  /** The rule: `image-format`. Empty where there is none. */
  readonly rule: string;
  /** Where it begins in the record. */
  readonly offset: number;
}

const severityOf: Readonly<Record<DiagnosticSeverity, Severity>> = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'info',
  [DiagnosticSeverity.Hint]: 'hint',
};

/** The findings that VS Code shows in the record on a line, in order of place. */
export function findingsIn(document: TextDocument, line: number): readonly RecordFinding[] {
  return languages
    .getDiagnostics(document.uri)
    .filter(({ range }) => !isLineByLine(document) || range.start.line === line)
    .map(({ severity, message, code, range }) => ({
      severity: severityOf[severity],
      message,
      rule: String((typeof code === 'object' ? code.value : code) ?? ''),
      offset: toOffset(document, range.start),
    }))
    .sort((a, b) => a.offset - b.offset);
}
