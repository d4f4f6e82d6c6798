import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Location,
  Range,
  Uri,
} from 'vscode';
import type { PlacedFinding } from '../../core/check/checkedDocument.ts';
import type { Severity } from '../../core/finding/finding.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import type { DiskReport } from '../../disk/protocol.ts';

/** VS Code shows at most 1,000 diagnostics of one source per file; the first one may say how many more there are. */
export const maxDiagnostics = 1000;

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The name under which the server's diagnostics stand, too. */
const source = 'vision-finetune';

/** The findings of a file on disk as the server would show those of an open one; of too many the gravest. */
export function diskDiagnostics(
  { findings, counts }: DiskReport,
  uri: Uri,
  rulePage: (rule: string) => Uri,
): Diagnostic[] {
  const total = counts.error + counts.warning + counts.info + counts.hint;
  const shown = total > maxDiagnostics ? findings.slice(0, maxDiagnostics - 1) : findings;
  const made = shown.map((finding) => toDiagnostic(finding, uri, rulePage));
  return total > shown.length ? [notAllShown(total - shown.length), ...made] : made;
}

function toDiagnostic(
  { rule, severity, message, range: { start, end }, related }: PlacedFinding,
  uri: Uri,
  rulePage: (rule: string) => Uri,
): Diagnostic {
  const range = new Range(start.line, start.character, end.line, end.character);
  const made = new Diagnostic(range, message, severities[severity]);
  made.source = source;
  made.code = { value: rule, target: rulePage(rule) };
  if (related) {
    const place = new Range(related.line, 0, related.line, 1);
    const other = related.uri === undefined ? uri : Uri.parse(related.uri);
    const location = new Location(other, place);
    made.relatedInformation = [new DiagnosticRelatedInformation(location, related.message)];
  }
  return made;
}

function notAllShown(more: number): Diagnostic {
  const made = new Diagnostic(
    new Range(0, 0, 0, 1),
    `${formatCount(more)} more findings are not shown here; the editor "Training Records" shows them with their records.`,
    DiagnosticSeverity.Warning,
  );
  made.source = source;
  return made;
}
