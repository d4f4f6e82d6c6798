import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findRepairs } from '../../core/check/checkRecord.ts';
import { combineFixes } from '../../core/fixes/combineFixes.ts';
import { applyEdits } from '../../core/fixes/jsonEdits.ts';
import { assertSound, fixtureContext } from '../helpers/checkRule.ts';
import { misshapenRecord } from './anyMisshapenRecord.ts';

for (const profile of ['azure', 'openai'] as const) {
  const context = fixtureContext({ profile });

  describe(`every fix of a misshapen record, for ${profile}`, () => {
    it('leaves JSON, without that finding and without a new error', () => {
      const kinds = new Set<string>();
      fc.assert(
        fc.property(misshapenRecord, (text) => {
          for (const finding of findRepairs(text, context)) {
            for (const fix of finding.fixes) {
              assertSound(text, finding, fix, context);
              kinds.add(fix.kind);
            }
          }
        }),
        { seed: 20261124, numRuns: 400 },
      );
      for (const kind of expectedKinds) assert.ok(kinds.has(kind), `${kind} was not tried`);
    });

    it('changes in the record what its title says, and nothing else', () => {
      fc.assert(
        fc.property(misshapenRecord, (text) => {
          for (const finding of findRepairs(text, context)) {
            for (const { title, edits } of finding.fixes) {
              const allowed = changes.find(([start]) => title.startsWith(start))?.[1];
              if (!allowed) continue;
              const after = applyEdits(text, edits);
              for (const path of differences(JSON.parse(text), JSON.parse(after))) {
                assert.match(path, allowed, `${title}: ${after}`);
              }
            }
          }
        }),
        { seed: 20261125, numRuns: 300 },
      );
    });

    it('is, where certain, made once: applied again and again, the end is reached', () => {
      fc.assert(
        fc.property(misshapenRecord, (text) => {
          const once = repairAll(text);
          assert.equal(repairAll(once), once);
          assert.ok(countErrors(once) <= countErrors(text), once);
        }),
        { seed: 20261126, numRuns: 300 },
      );
    });
  });

  /** All that is certain, until nothing is left of it. */
  function repairAll(text: string): string {
    let current = text;
    for (let round = 0; round < 5; round++) {
      const repairs = findRepairs(current, context);
      const fixes = repairs.flatMap((each) => each.fixes.filter(({ isCertain }) => isCertain));
      if (fixes.length === 0) return current;
      current = applyEdits(current, combineFixes(fixes));
    }
    return assert.fail(`Not repaired in five rounds: ${text}`);
  }

  function countErrors(text: string): number {
    return findRepairs(text, context).filter(({ severity }) => severity === 'error').length;
  }
}

const expectedKinds = [
  'role-user',
  'role-assistant',
  'role-system',
  'role-tool',
  'part-text',
  'part-image-url',
  'wrap-image-url',
  'move-detail',
  'remove-unknown-key',
  'remove-weight',
  'weight-0',
  'weight-1',
  'arguments-string',
];

/** What a fix may change, by the beginning of its title: paths such as `messages.0.role`. */
const changes: readonly (readonly [string, RegExp])[] = [
  ['Set role', /^messages\.\d+\.role$/],
  ['Set weight', /^messages\.\d+\.weight$/],
  ['Remove the weight', /^(messages\.\d+\.)?weight$/],
  ['Remove the unknown key', /^(messages\.\d+\.(content\.\d+\.(image_url\.)?)?)?\w+$/],
  ['Move detail', /^messages\.\d+\.content\.\d+\.(image_url\.)?detail$/],
  ['Change to a part', /^messages\.\d+\.content\.\d+\.(type|detail|image_url)$/],
  ['Wrap', /^messages\.\d+\.content\.\d+\.(detail|image_url)$/],
  ['Write the arguments', /^messages\.\d+\.tool_calls\.\d+\.function\.arguments$/],
];

/** The paths whose values are not the same in both, down to where one is not an object or array. */
function differences(before: unknown, after: unknown, path: readonly string[] = []): string[] {
  if (!isContainer(before) || !isContainer(after)) {
    return Object.is(before, after) ? [] : [path.join('.')];
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => differences(before[key], after[key], [...path, key]));
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
