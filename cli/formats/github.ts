import type { PlacedFinding } from '../../core/check/checkedDocument.ts';
import type { Severity } from '../../core/finding/finding.ts';
import { countOf, describeCounts, noProblems } from '../../core/finding/words.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { pathFrom } from './filePath.ts';
import type { CheckedFile, NamedFile, ReportFacts, ReportWriter } from './reportWriter.ts';
import { addTotals, describeContents, noTotals } from './totals.ts';

type Command = 'error' | 'warning' | 'notice';

const commands: Readonly<Record<Severity, Command>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/** Workflow commands of GitHub Actions, which become annotations of the lines, and a summary for its log. */
export class GithubWriter implements ReportWriter {
  readonly #cwd: string;
  #totals = noTotals;
  #unlisted = 0;

  constructor({ cwd }: ReportFacts) {
    this.#cwd = cwd;
  }

  start(): Iterable<string> {
    return [];
  }

  *file(file: CheckedFile): Generator<string> {
    this.#totals = addTotals(this.#totals, file.report);
    this.#unlisted += file.unlisted;
    for (const finding of file.listed) yield this.#annotate(file, finding);
  }

  *unreadable(file: NamedFile, reason: string): Generator<string> {
    yield command('error', this.#propertiesOf(file), `${makeVisible(file.name)}: ${reason}`);
  }

  *end(): Generator<string> {
    const problems = [...describeCounts(this.#totals.counts)].map(([, words]) => words).join(', ');
    yield `${describeContents(this.#totals)} · ${problems || noProblems}\n`;
    if (this.#unlisted > 0) {
      yield `${countOf(this.#unlisted, 'more problem')} not listed; --max-problems 0 lists all\n`;
    }
  }

  #annotate(
    file: CheckedFile,
    { rule, severity, message, range: { start, end } }: PlacedFinding,
  ): string {
    const properties = {
      ...this.#propertiesOf(file),
      line: start.line + 1,
      col: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
      title: rule,
    };
    return command(commands[severity], properties, message);
  }

  /** Nothing for standard input: an annotation of a file that is not in the repository is not shown. */
  #propertiesOf({ name, path }: NamedFile): { readonly file?: string } {
    return path === undefined ? {} : { file: pathFrom(this.#cwd, path) ?? name };
  }
}

function command(
  name: Command,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const list = Object.entries(properties).map(
    ([key, value]) => `${key}=${escapeProperty(makeVisible(String(value)))}`,
  );
  return `::${name} ${list.join(',')}::${escapeData(message)}\n`;
}

/** As the toolkit of GitHub Actions does (actions/toolkit, packages/core/src/command.ts). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
