import type { PlacedFinding } from '../../core/check/checkedDocument.ts';
import { describeNotice, noticesAt } from '../../core/profile/notices.ts';
import type { RelatedPlace } from '../../core/finding/finding.ts';
import type { Profile } from '../../core/profile/profile.ts';
import {
  hasOneProfile,
  type CheckedFile,
  type NamedFile,
  type ReportFacts,
  type ReportWriter,
} from './reportWriter.ts';

/** One JSON document for programs; a finding takes a line, for people with `grep`. */
export class JsonWriter implements ReportWriter {
  readonly #facts: ReportFacts;
  readonly #unreadable: { readonly path: string; readonly message: string }[] = [];
  #checked = 0;

  constructor(facts: ReportFacts) {
    this.#facts = facts;
  }

  *start(): Generator<string> {
    const { today, profiles } = this.#facts;
    const [profile] = profiles;
    yield `{${members({ version: 1, ...(profile && describeProfile(profile, today)) })},"files":[`;
  }

  *file({ name, report, listed, context, config }: CheckedFile): Generator<string> {
    const { records, imageExamples, images, bytes, counts, fixable } = report;
    const profile = hasOneProfile(this.#facts)
      ? {}
      : describeProfile(context.profile, this.#facts.today);
    const facts = {
      path: name,
      ...(config !== undefined && { config }),
      ...profile,
      records,
      imageExamples,
      images,
      bytes,
      counts,
      fixable,
    };
    yield `${this.#checked++ > 0 ? ',' : ''}\n{${members(facts)},"findings":[`;
    let separator = '\n';
    for (const finding of listed) {
      yield `${separator}${JSON.stringify(describeFinding(finding))}`;
      separator = ',\n';
    }
    yield ']}';
  }

  unreadable({ name }: NamedFile, reason: string): Iterable<string> {
    this.#unreadable.push({ path: name, message: reason });
    return [];
  }

  *end(): Generator<string> {
    yield `\n],"unreadable":${JSON.stringify(this.#unreadable)}}\n`;
  }
}

/** The members of an object without its braces, so that more can follow. */
function members(object: object): string {
  return JSON.stringify(object).slice(1, -1);
}

function describeProfile(profile: Profile, today: string): object {
  const notices = noticesAt(profile, today).map((notice) => ({
    day: notice.day,
    message: describeNotice(notice, today),
  }));
  return { profile: profile.provider, model: profile.model, limitsOf: profile.date, notices };
}

/** Lines and columns from 1, columns in UTF-16 code units; the end is after the last character. */
function describeFinding({
  rule,
  severity,
  message,
  range: { start, end },
  related,
}: PlacedFinding): object {
  return {
    rule,
    severity,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    message,
    ...(related && { related: describeRelated(related) }),
  };
}

/** Without a path where it is in the same file. */
function describeRelated({ name, line, message }: RelatedPlace): object {
  return { ...(name !== undefined && { path: name }), line: line + 1, message };
}
