import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import type { PlacedFinding } from '../../core/check/checkedDocument.ts';
import type { Severity } from '../../core/finding/finding.ts';
import { countOf } from '../../core/finding/words.ts';
import { rules } from '../../core/rules/index.ts';
import type { Rule } from '../../core/rules/rule.ts';
import type { ExitStatus } from '../io.ts';
import { pathFrom, uriFrom } from './filePath.ts';
import type { CheckedFile, NamedFile, ReportFacts, ReportWriter } from './reportWriter.ts';

type SarifLevel = 'error' | 'warning' | 'note';

const levels: Readonly<Record<Severity, SarifLevel>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

interface Notification {
  readonly level: SarifLevel;
  readonly message: { readonly text: string };
  readonly locations: readonly object[];
}

/** Static Analysis Results Interchange Format, version 2.1.0 (OASIS): one run, written as it goes. */
export class SarifWriter implements ReportWriter {
  readonly #facts: ReportFacts;
  readonly #artifacts: object[] = [];
  readonly #notifications: Notification[] = [];
  #results = 0;

  constructor(facts: ReportFacts) {
    this.#facts = facts;
  }

  *start(): Generator<string> {
    const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
    const head = { tool: { driver: describeTool() }, columnKind: 'utf16CodeUnits' };
    yield `{"$schema":${JSON.stringify(schema)},"version":"2.1.0","runs":[\n`;
    yield `{${JSON.stringify(head).slice(1, -1)},"results":[`;
  }

  *file(file: CheckedFile): Generator<string> {
    const index = this.#artifacts.length;
    const location = this.#locate(file);
    const { provider, model, date } = file.context.profile;
    this.#artifacts.push({
      location,
      length: file.report.bytes,
      roles: ['analysisTarget'],
      properties: { profile: provider, model, limitsOf: date },
    });
    for (const finding of file.listed) {
      const result = describeResult(finding, { ...location, index });
      const related = this.#describeRelated(finding, location);
      yield `${this.#results++ > 0 ? ',' : ''}\n${JSON.stringify({ ...result, ...related })}`;
    }
    if (file.unlisted > 0) {
      const text = `${countOf(file.unlisted, 'more problem')} not listed; --max-problems 0 lists all`;
      this.#notify(file, 'note', text);
    }
  }

  unreadable(file: NamedFile, reason: string): Iterable<string> {
    this.#notify(file, 'error', `File is not checked: ${reason}`);
    return [];
  }

  *end(status: ExitStatus): Generator<string> {
    const invocation = {
      executionSuccessful: status !== 2,
      exitCode: status,
      toolExecutionNotifications: this.#notifications,
    };
    const tail = { artifacts: this.#artifacts, invocations: [invocation] };
    yield `\n],${JSON.stringify(tail).slice(1, -1)}}\n]}\n`;
  }

  #notify(file: NamedFile, level: SarifLevel, text: string): void {
    const locations = [{ physicalLocation: { artifactLocation: this.#locate(file) } }];
    this.#notifications.push({ level, message: { text: escapeMessage(text) }, locations });
  }

  #describeRelated({ related }: PlacedFinding, location: object): object {
    if (!related) return {};
    const { name, uri, line, message } = related;
    const path = uri === undefined ? undefined : fileURLToPath(uri);
    const artifactLocation = name === undefined ? location : this.#locate({ name, path });
    const region = { startLine: line + 1 };
    const place = {
      physicalLocation: { artifactLocation, region },
      message: { text: escapeMessage(message) },
    };
    return { relatedLocations: [place] };
  }

  /** Paths below the working directory are relative to it, as the root of a repository. */
  #locate({ name, path }: NamedFile): { readonly uri: string; readonly uriBaseId?: string } {
    const { cwd } = this.#facts;
    if (path === undefined) return { uri: encodeURIComponent(name) };
    const uri = uriFrom(cwd, path);
    return pathFrom(cwd, path) === undefined ? { uri } : { uri, uriBaseId: '%SRCROOT%' };
  }
}

function describeTool(): object {
  return {
    name: packageJson.name,
    version: packageJson.version,
    rules: rules.map(describeRule),
  };
}

function describeRule({ id, summary, severity }: Rule): object {
  const help = `${summary} More in docs/rules/${id}.md.`;
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: help },
    defaultConfiguration: { level: levels[severity] },
  };
}

/** Lines and columns from 1; the end column is after the last character. */
function describeResult(
  { rule, severity, message, range: { start, end } }: PlacedFinding,
  location: object,
): object {
  const region = {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: levels[severity],
    message: { text: escapeMessage(message) },
    locations: [{ physicalLocation: { artifactLocation: location, region } }],
  };
}

/** `{0}` would be a placeholder (2.1.0, 3.11.5) and `[words](target)` a link (3.11.6), but for their escapes. */
function escapeMessage(text: string): string {
  return text.replaceAll(/\{\d+\}/g, '{$&}').replaceAll(/[[\]](?=[^[\]]*\]\(|\()/g, '\\$&');
}
