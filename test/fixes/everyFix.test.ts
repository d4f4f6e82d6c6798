import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { findRepairs } from '../../core/check/checkRecord.ts';
import type { Finding, Fix } from '../../core/finding/finding.ts';
import { combineFixes } from '../../core/fixes/combineFixes.ts';
import { applyEdits } from '../../core/fixes/jsonEdits.ts';
import { assertSound, fixtureContext } from '../helpers/checkRule.ts';
import {
  hiddenValue,
  recordText,
  type Content,
  type Part,
  type TrainingRecord,
} from './anyRecord.ts';

const context = fixtureContext();

describe('every fix of every finding', () => {
  it('applied alone leaves JSON, without that finding and without a new error', () => {
    let fixes = 0;
    fc.assert(
      fc.property(recordText, (text) => {
        for (const finding of findRepairs(text, context)) {
          for (const fix of finding.fixes) {
            if (uncovers(fix)) continue;
            assertSound(text, finding, fix, context);
            fixes++;
          }
        }
      }),
      { seed: 20261121, numRuns: 500 },
    );
    assert.ok(fixes > 1000, `Only ${fixes} fixes were tried`);
  });

  it('changes in the record what its title says, and nothing else', () => {
    fc.assert(
      fc.property(recordText, (text) => {
        for (const finding of findRepairs(text, context)) {
          for (const { title, edits } of finding.fixes) {
            const after: unknown = JSON.parse(applyEdits(text, edits));
            const outcomes = possibleOutcomes(text, title);
            const isOne = outcomes.some((each) => isDeepStrictEqual(each, after));
            assert.ok(isOne, `${title}: ${JSON.stringify(after)}`);
          }
        }
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});

describe('all fixes of one kind', () => {
  it('applied together leave JSON, fewer findings and no new error', () => {
    fc.assert(
      fc.property(recordText, (text) => {
        const before = findRepairs(text, context);
        for (const kind of new Set(before.flatMap(({ fixes }) => fixes.map((fix) => fix.kind)))) {
          const fixes = before.flatMap((finding) =>
            finding.fixes.filter((fix) => fix.kind === kind),
          );
          const after = applyEdits(text, combineFixes(fixes));
          assert.doesNotThrow(() => JSON.parse(after), `${kind} leaves no JSON: ${after}`);
          const left = findRepairs(after, context);
          const repairable = left.filter((finding) =>
            finding.fixes.some((fix) => fix.kind === kind),
          );
          assert.ok(repairable.length < fixes.length, `${kind} repairs nothing: ${after}`);
          if (fixes.some(uncovers)) continue;
          assert.ok(countErrors(left) <= countErrors(before), `${kind} adds an error: ${after}`);
        }
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});

/** Whether it lets a value count that did not: what is wrong with that value comes to light, and is none of the fix. */
function uncovers({ kind }: Fix): boolean {
  return kind === 'keep-first-value';
}

function countErrors(findings: readonly Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

/** What `JSON.parse` gives of the record with the change that a title names, made to each part in turn. */
function possibleOutcomes(text: string, title: string): unknown[] {
  const parse = (): TrainingRecord => JSON.parse(text) as TrainingRecord;
  // `JSON.parse` takes the last value.
  if (['Remove the repeated key', 'Keep the last value'].includes(title)) return [parse()];
  if (title === 'Keep the first value') return withOneReplaced(parse(), hiddenValue);
  if (title === 'Remove the unknown key') return withoutOneUnknown(parse);
  const role = /^Set role to (.*)$/.exec(title)?.[1];
  if (role !== undefined) return parse().messages.map((_, at) => withRole(parse(), at, role));
  return parse().messages.flatMap(({ content }, message) =>
    Array.isArray(content) ? content.map((_, part) => changed(parse(), message, part, title)) : [],
  );
}

/** Copies of a value, in each of which one member of an object, at any depth, is another value. */
function withOneReplaced(value: unknown, other: unknown): unknown[] {
  if (Array.isArray(value)) {
    const elements: readonly unknown[] = value;
    return elements.flatMap((each, index) =>
      withOneReplaced(each, other).map((changed) => elements.with(index, changed)),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    [other, ...withOneReplaced(each, other)].map((changed) => ({ ...value, [key]: changed })),
  );
}

/** Of a key that comes twice one goes: the last, so that the first counts, or the first, of which nothing is seen. */
function withoutOneUnknown(parse: () => TrainingRecord): unknown[] {
  const images = (record: TrainingRecord) =>
    record.messages
      .flatMap(({ content }) => (typeof content === 'object' ? (content ?? []) : []))
      .flatMap(({ image_url: image }) => (typeof image === 'object' ? [image] : []));
  return images(parse()).flatMap((_, index) => {
    const [without, uncovered] = [parse(), parse()];
    delete images(without)[index]?.extra;
    Object.assign(images(uncovered)[index] ?? {}, { extra: hiddenValue });
    return [without, uncovered, parse()];
  });
}

function withRole(record: TrainingRecord, at: number, role: string): TrainingRecord {
  return {
    messages: record.messages.map((each, index) => (index === at ? { ...each, role } : each)),
  };
}

function changed(record: TrainingRecord, at: number, index: number, title: string): unknown {
  const message = record.messages[at];
  const parts = message?.content as Part[];
  const part = parts[index];
  const image = part?.image_url;
  const level = /^Set detail to (.*)$/.exec(title)?.[1];
  if (level !== undefined && typeof image === 'object') image.detail = level;
  if (title.startsWith('Wrap') && part) part.image_url = { url: image as string };
  if (message && /image$|user message$/.test(title)) {
    parts.splice(index, 1);
    if (parts.length === 0) message.content = '';
    const users = record.messages.map(({ role }, user) => (role === 'user' ? user : -1));
    const user =
      users.findLast((each) => each >= 0 && each < at) ?? users.find((each) => each > at) ?? -1;
    const target = title.startsWith('Move') ? record.messages[user] : undefined;
    if (target && part) target.content = [...asParts(target.content), part];
  }
  return record;
}

function asParts(content: Content): readonly Part[] {
  if (typeof content === 'object') return content ?? [];
  return content === '' ? [] : [{ type: 'text', text: content }];
}
