import type { DatasetReport, RuleContext, TextRule } from './rule.ts';
import type { Report } from '../finding/finding.ts';
import type { FileEncoding } from '../dataset/encoding.ts';
import { escapeSeparators, lineSeparators } from '../fixes/separatorFixes.ts';
import type { JsonTree } from '../record/jsonTree.ts';
import { describeInvalidByte } from '../text/decodeLine.ts';
import { formatCount } from '../text/formatCount.ts';
import { isUtf16Instead } from '../text/utf16.ts';

export const textEncoding: TextRule = {
  id: 'text-encoding',
  summary: 'A file is UTF-8, and every reader finds the same lines in it.',
  severity: 'warning',
  scope: 'text',
  *check({ tree }) {
    const report = tree.problem ? reportUnreadable(tree) : reportSeparator(tree.text);
    if (report) yield report;
  },
  *checkFile(encoding, context) {
    if (encoding.isUtf16)
      yield { line: 0, severity: 'error', message: `File ${isUtf16Instead}; ${refusal}` };
    yield* reportByteOrderMark(encoding, context);
    yield* reportLoneReturns(encoding);
    for (const { line, offset, byte } of encoding.invalidBytes) {
      yield {
        line,
        span: { start: offset, end: offset + 1 },
        severity: 'error',
        message: refused(describeInvalidByte(byte)),
      };
    }
  },
};

const refusal = 'the service refuses the file.';

function refused(problem: string): string {
  return `${problem}; expected text in UTF-8; ${refusal}`;
}

/** What stops the reader because the text is in another encoding, or none; json-syntax has the rest. */
function reportUnreadable({ problem }: JsonTree): Report | undefined {
  if (problem?.code !== 'invalid-utf8' && problem?.code !== 'nul') return undefined;
  return {
    span: problem.span,
    severity: 'error',
    message: refused(problem.message),
    supersedes: ['json-syntax'],
  };
}

/** Searches cost little: in a record of base64 alone, which takes a byte a character, two of three end at once. */
function reportSeparator(text: string): Report | undefined {
  const found = lineSeparators.map((separator) => text.indexOf(separator)).filter((at) => at >= 0);
  if (found.length === 0) return undefined;
  const start = Math.min(...found);
  const code = text.charCodeAt(start).toString(16).toUpperCase().padStart(4, '0');
  return {
    span: { start, end: start + 1 },
    message: `U+${code} in a string ends the line for some readers, Python's splitlines among them; expected an escape.`,
    fixes: () => [escapeSeparators(text)],
  };
}

function* reportByteOrderMark(
  { hasByteOrderMark }: FileEncoding,
  { profile }: RuleContext,
): Generator<DatasetReport> {
  if (!hasByteOrderMark || profile.asksForByteOrderMark.value) return;
  const name = profile.providerName;
  const message = `File begins with a byte order mark, which ${name} does not ask for; some readers take it for a part of the first record.`;
  yield { line: 0, severity: 'info', message, isRepairedInBytes: true };
}

function* reportLoneReturns({
  loneReturns,
  firstLoneReturn,
}: FileEncoding): Generator<DatasetReport> {
  if (firstLoneReturn === undefined) return;
  const lines =
    loneReturns === 1
      ? 'Line ends in a carriage return alone'
      : `${formatCount(loneReturns)} lines from this one on end in a carriage return alone`;
  const message = `${lines}; a reader that ends lines at line feeds finds several records on one line; expected LF or CR LF.`;
  yield { line: firstLoneReturn, message, isRepairedInBytes: true };
}
