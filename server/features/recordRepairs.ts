import type { CheckedDocument, RecordAt } from '../../core/check/checkedDocument.ts';
import { findLineRepairs } from '../../core/check/checkLine.ts';
import { findRepairs, type RepairableFinding } from '../../core/check/checkRecord.ts';
import { fixOfKind } from '../../core/check/repair.ts';
import { findJoinedLines } from '../../core/check/repairDocument.ts';
import type { Fix } from '../../core/finding/finding.ts';
import { removeCopy } from '../../core/fixes/copyFixes.ts';

/** A record that is formatted over many lines cannot be cut into lines, or taken out as one. */
export function findRepairsOf(
  document: CheckedDocument,
  { text, line }: RecordAt,
): readonly RepairableFinding[] {
  const { kind, context, store } = document;
  if (kind === 'lines') {
    const ofRecord = findLineRepairs({ text, eol: store.line(line).eol }, context);
    return [...ofRecord, ...findFileRepairs(document, line)];
  }
  return findRepairs(text, context).map((finding) => {
    const fixes = finding.fixes.filter((fix) => fix.line === undefined);
    return { ...finding, fixes };
  });
}

/** What is found of the file as a whole and stands on a line, with its repairs. */
function findFileRepairs(document: CheckedDocument, line: number): readonly RepairableFinding[] {
  return document
    .findingsAboutFile()
    .filter((finding) => finding.line === line && finding.fixes)
    .map(({ rule, severity, message, span = firstCharacter, fixes }) => {
      return { rule, severity, message, span, fixes: fixes?.() ?? [] };
    });
}

const firstCharacter = { start: 0, end: 1 };

export function fixesOfKind(
  repairs: readonly RepairableFinding[],
  rule: string,
  kind: string,
): Fix[] {
  const choose = fixOfKind(rule, kind);
  return repairs.flatMap((finding) => choose(finding) ?? []);
}

/** How many places of a file a kind of fix changes. */
export interface FixCount {
  readonly count: number;
  /** Whether each was looked at; if not, there are no more than `count`. */
  readonly isExact: boolean;
}

/** What is done to a record that is spread over lines: its findings are on each of them. */
const joinLinesKind = 'join-lines';

/** Findings of a rule whose repairs are looked at: a person waits for it. */
const maxLookedAt = 200;

/** By document, which is another one with each change of the text: by rule and kind. */
const counted = new WeakMap<CheckedDocument, Map<string, FixCount>>();

/** Counts the fixes of a kind for a rule in the whole file. */
export function countFixes(document: CheckedDocument, rule: string, kind: string): FixCount {
  const counts = counted.get(document) ?? new Map<string, FixCount>();
  counted.set(document, counts);
  const key = `${rule} ${kind}`;
  const count = counts.get(key) ?? countAnew(document, rule, kind);
  counts.set(key, count);
  return count;
}

function countAnew(document: CheckedDocument, rule: string, kind: string): FixCount {
  if (kind === removeCopy.kind) return { count: document.countCopies(), isExact: true };
  const findings = document.countOf(rule);
  if (findings > maxLookedAt) return { count: findings, isExact: false };
  const records = document.recordsWith(rule);
  if (kind === joinLinesKind) return { count: countJoined(document, records), isExact: true };
  let count = 0;
  for (const record of records) {
    count += fixesOfKind(findRepairsOf(document, record), rule, kind).length;
  }
  return { count, isExact: true };
}

/** Records that are spread over several of these lines each. */
function countJoined(document: CheckedDocument, lines: Iterable<RecordAt>): number {
  let count = 0;
  let end = 0;
  for (const { line } of lines) {
    const joined = line < end ? undefined : findJoinedLines(document, line);
    if (!joined) continue;
    count++;
    end = joined.first + joined.lines.length;
  }
  return count;
}
