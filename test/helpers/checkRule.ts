import assert from 'node:assert/strict';
import { findRepairs, type RepairableFinding } from '../../core/check/checkRecord.ts';
import type { PlacedFinding } from '../../core/check/checkedDocument.ts';
import { createContext, type CheckContext } from '../../core/check/context.ts';
import { FileChecker } from '../../core/check/fileChecker.ts';
import { LinesDocument } from '../../core/check/linesDocument.ts';
import type { CheckOptions } from '../../core/check/options.ts';
import { Companion } from '../../core/dataset/companion.ts';
import type { Fix } from '../../core/finding/finding.ts';
import { LearntImages, learntKey, type LearntImage } from '../../core/image/learntImages.ts';
import { applyEdits } from '../../core/fixes/jsonEdits.ts';
import { printFixture, readFixture, writtenColumn, type Fixture, type Note } from './fixture.ts';

export interface FixtureOptions extends CheckOptions {
  /** Other rules whose errors and warnings the fixture provokes as well; of any other rule they are a failure. */
  readonly alongside?: readonly string[];
  /** The text of the file that the fixture is validated with, val.jsonl. */
  readonly validation?: string;
  /** What was learnt of pictures, by their addresses. */
  readonly learnt?: Readonly<Record<string, LearntImage>>;
}

/** Compares what a rule reports on a fixture (see `Fixture`) with its notes: places, severities, whole messages. */
export function checkRule(ruleId: string, fixture: string, options: FixtureOptions = {}): void {
  const read = readFixture(fixture);
  const found = findAll(read, options, ruleId);
  const own = found.filter(({ rule }) => rule === ruleId);
  const allowed = [ruleId, ...(options.alongside ?? [])];
  const others = found.filter(
    ({ rule, severity }) => !allowed.includes(rule) && /error|warning/.test(severity),
  );
  const missed = without(read.notes, own);
  const surplus = without(own, read.notes);
  if (missed.length + surplus.length + others.length === 0) return;
  assert.fail(
    [
      ...list(`Missed by ${ruleId}`, missed),
      ...list(`Surplus from ${ruleId}`, surplus),
      ...list('From other rules', others),
      'The fixture that says what is found:',
      printFixture(read.lines, own),
    ].join('\n'),
  );
}

/** A fixture on which no rule has anything to say, not even a hint. */
export function noFinding(fixture: string, options: FixtureOptions = {}): void {
  const found = findAll(readFixture(fixture), options);
  assert.equal(found.length, 0, list('Expected no finding', found).join('\n'));
}

/** The rules that report anything on a text, a hint included, each as often as it does. */
export function reportingRules(text: string, options: FixtureOptions, ruleId: string): string[] {
  return findAll(readFixture(text), options, ruleId).map(({ rule }) => rule);
}

/**
 * Applies a fix of a rule's finding in one record and compares the text. `<|>` in `before` names the finding where
 * there are several; a title is needed where the finding has several fixes. Whatever the fix, it must be sound.
 */
export function checkFix(ruleId: string, before: string, after: string, title?: string): void {
  const cursor = before.indexOf('<|>');
  const fixture = readFixture(before.replace('<|>', ''));
  const context = fixtureContext({}, ruleId);
  const repairs = findRepairs(fixture.text, context).filter(
    ({ rule, span }) =>
      rule === ruleId && (cursor < 0 || (span.start <= cursor && cursor <= span.end)),
  );
  const [finding] = repairs;
  assert.ok(finding && repairs.length === 1, `${repairs.length} findings of ${ruleId}, not one`);
  const titles = finding.fixes.map((fix) => fix.title);
  const fixes = finding.fixes.filter((fix) => title === undefined || fix.title === title);
  const [fix] = fixes;
  assert.ok(fix && fixes.length === 1, `Which fix is meant? There are: ${titles.join(' | ')}`);
  assert.equal(applyEdits(fixture.text, fix.edits), readFixture(after).text);
  assertSound(fixture.text, finding, fix, context);
}

/** The titles of the fixes of a rule's only finding in a record, in the order in which they are offered. */
export function fixTitles(ruleId: string, record: string): string[] {
  const repairs = findRepairs(readFixture(record).text, fixtureContext({}, ruleId));
  return repairs
    .filter(({ rule }) => rule === ruleId)
    .flatMap(({ fixes }) => fixes.map(({ title }) => title));
}

/**
 * What must be true of any fix of any finding: its edits are in order and apart, what they leave is JSON, the finding
 * is gone and only that one, and no rule has more errors than before.
 */
export function assertSound(
  text: string,
  finding: RepairableFinding,
  fix: Fix,
  context: CheckContext,
): void {
  let end = 0;
  for (const { span } of fix.edits) {
    assert.ok(end <= span.start && span.start <= span.end, 'Edits overlap or are out of order');
    end = span.end;
  }
  const after = applyEdits(text, fix.edits);
  const records = fix.line === 'split' ? after.split('\n') : [after];
  for (const record of records)
    assert.doesNotThrow(() => JSON.parse(record), `${fix.title} leaves no JSON: ${after}`);
  const left = records.flatMap((record) => findRepairs(record, context));
  const before = findRepairs(text, context);
  const countOf = (findings: readonly RepairableFinding[], rule: string, severity: string) =>
    findings.filter((each) => each.rule === rule && each.severity === severity).length;
  const { rule, severity } = finding;
  const same = [countOf(left, rule, severity), countOf(before, rule, severity) - 1];
  assert.equal(same[0], same[1], `${fix.title} does not remove one ${rule}: ${after}`);
  for (const { rule: other } of left.filter((each) => each.severity === 'error')) {
    // A record may look like one of reinforcement only now, and then wrong-method speaks for unknown-key.
    const isSameCause = other === 'wrong-method' && countOf(before, 'unknown-key', 'error') > 0;
    const isMore = countOf(left, other, 'error') > countOf(before, other, 'error') && !isSameCause;
    assert.ok(!isMore, `${fix.title} adds an error of ${other}: ${after}`);
  }
}

/**
 * Fixtures are short, and their addresses often one letter, so that rules about a whole conversation or file and about
 * addresses have their say only in their own.
 */
export function fixtureContext(options: CheckOptions = {}, ruleId?: string): CheckContext {
  const silent = [
    'too-few-examples',
    'message-order',
    'image-url',
    'image-low-resolution',
    'duplicate-example',
    'duplicate-image',
    'answer-conflict',
    'mixed-detail',
    'system-prompt-drift',
  ].filter((id) => id !== ruleId);
  const severities = Object.fromEntries(silent.map((id) => [id, 'off' as const]));
  return createContext([{ severities }, options], '2026-11-21');
}

interface FoundNote extends Note {
  readonly rule: string;
}

function readLearnt(images: Readonly<Record<string, LearntImage>>): LearntImages {
  return new LearntImages(
    new Map(Object.entries(images).map(([address, image]) => [learntKey(address), image])),
  );
}

function readCompanion(text: string, context: CheckContext): Companion {
  const companion = new Companion('val.jsonl');
  const checker = new FileChecker(context, 0, undefined, companion);
  checker.read(Buffer.from(text));
  checker.finish();
  return companion;
}

function findAll(fixture: Fixture, options: FixtureOptions, ruleId?: string): FoundNote[] {
  const context = fixtureContext(options, ruleId);
  const companion =
    options.validation === undefined
      ? undefined
      : readCompanion(readFixture(options.validation).text, context);
  const learnt = options.learnt && readLearnt(options.learnt);
  const document = LinesDocument.of(fixture.text, { ...context, companion, learnt }).check(
    () => false,
  );
  return document.gravestFindings(Infinity).map((finding) => placeInFixture(fixture, finding));
}

function placeInFixture({ lines }: Fixture, finding: PlacedFinding): FoundNote {
  const { rule, severity, message, range } = finding;
  const line = lines[range.start.line];
  assert.ok(line && range.end.line === range.start.line, 'A finding lies outside of its line');
  const start = writtenColumn(line, range.start.character, 'start');
  const end = writtenColumn(line, range.end.character, 'end');
  return { rule, line: range.start.line, start, end, severity, message };
}

function without<T extends Note>(notes: readonly T[], others: readonly Note[]): T[] {
  const taken = others.map(describe);
  return notes.filter((note) => {
    const at = taken.indexOf(describe(note));
    if (at >= 0) taken.splice(at, 1);
    return at < 0;
  });
}

function list(title: string, notes: readonly (Note & { readonly rule?: string })[]): string[] {
  if (notes.length === 0) return [];
  return [`${title}:`, ...notes.map((note) => `  ${describe(note)}  ${note.rule ?? ''}`.trimEnd())];
}

/** Lines and columns from 1, as editors show them. */
function describe({ line, start, end, severity, message }: Note): string {
  return `${line + 1}:${start + 1} to ${end + 1} ${severity} ${message}`;
}
