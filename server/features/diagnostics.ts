import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import type { PlacedFinding } from '../../core/check/checkedDocument.ts';
import type { RelatedPlace, Severity } from '../../core/finding/finding.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import type { Snapshot } from '../snapshot.ts';

/** VS Code shows at most 1,000 diagnostics of one source per file (extHostDiagnostics.ts, `_maxDiagnosticsPerFile`). */
const maxDiagnostics = 1000;

export const diagnosticSource = 'vision-finetune';

/** The findings of a document as diagnostics; of too many the gravest, and first of all how many more there are. */
export function diagnosticsOf(
  { document, uri }: Snapshot,
  rulePage: (rule: string) => string | undefined,
): Diagnostic[] {
  const counts = document.countFindings();
  const total = counts.error + counts.warning + counts.info + counts.hint;
  if (total <= maxDiagnostics) return document.gravestFindings(total).map(toDiagnostic);
  const shown = maxDiagnostics - 1;
  return [notAllShown(total - shown), ...document.gravestFindings(shown).map(toDiagnostic)];

  function toDiagnostic({ rule, severity, message, range, related }: PlacedFinding): Diagnostic {
    const href = rulePage(rule);
    return {
      range,
      severity: toLspSeverity(severity),
      code: rule,
      ...(href === undefined ? {} : { codeDescription: { href } }),
      source: diagnosticSource,
      message,
      ...(related && { relatedInformation: [toRelated(related, uri)] }),
    };
  }
}

/** On the first character of its line, in the file at `uri` or in another one. */
function toRelated({ line, message, uri: other }: RelatedPlace, uri: string) {
  const range = { start: { line, character: 0 }, end: { line, character: 1 } };
  return { location: { uri: other ?? uri, range }, message };
}

function notAllShown(more: number): Diagnostic {
  return {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
    severity: DiagnosticSeverity.Warning,
    source: diagnosticSource,
    message:
      `${formatCount(more)} more findings are not shown here; ` +
      'the command "Vision Fine-Tuning: Check File" lists all of them.',
  };
}

export function toLspSeverity(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'info':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
  }
}
