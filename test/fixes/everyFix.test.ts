import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { findRepairs } from '../../core/check/checkRecord.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { combineFixes } from '../../core/fixes/combineFixes.ts';
import { applyEdits } from '../../core/fixes/jsonEdits.ts';
import { assertSound, fixtureContext } from '../helpers/checkRule.ts';
import { recordText, type Content, type Part, type TrainingRecord } from './anyRecord.ts';

const context = fixtureContext();

describe('every fix of every finding', () => {
  it('applied alone leaves JSON, without that finding and without a new error', () => {
    let fixes = 0;
    fc.assert(
      fc.property(recordText, (text) => {
        for (const finding of findRepairs(text, context)) {
          for (const fix of finding.fixes) {
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
          assert.ok(countErrors(left) <= countErrors(before), `${kind} adds an error: ${after}`);
        }
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});

function countErrors(findings: readonly Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

/** What `JSON.parse` gives of the record with the change that a title names, made to each part in turn. */
function possibleOutcomes(text: string, title: string): unknown[] {
  const parse = (): TrainingRecord => JSON.parse(text) as TrainingRecord;
  return parse().messages.flatMap(({ content }, message) =>
    Array.isArray(content) ? content.map((_, part) => changed(parse(), message, part, title)) : [],
  );
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
