import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { StretchStart } from '../../core/check/stretchChecker.ts';
import { anyContext, context } from '../check/anyKnownRecords.ts';
import { imageRecord, tightContext } from '../check/anyTraining.ts';
import { anyText } from './anyText.ts';
import { checkAtOnce, checkInStretches } from './checkInStretches.ts';

describe('A file that is checked in stretches, by several at once', () => {
  it('has the report of one that is checked in one go', async () => {
    const property = fc.asyncProperty(
      anyText,
      anyContext,
      fc.record({
        length: fc.integer({ min: 1, max: 2000 }),
        checkers: fc.integer({ min: 1, max: 4 }),
        maxFindings: fc.constantFrom(0, 1, 3, Infinity),
        seed: fc.nat(),
      }),
      async (text, context, settings) => {
        const bytes = Buffer.from(text);
        assert.deepEqual(
          await checkInStretches(bytes, context, settings),
          checkAtOnce(bytes, context, settings.maxFindings),
        );
      },
    );
    await fc.assert(property, { seed: 11, numRuns: 600 });
  });

  it('has the same where its bytes are not UTF-8', async () => {
    const property = fc.asyncProperty(
      anyText,
      fc.nat(),
      fc.integer({ min: 1, max: 500 }),
      async (text, at, length) => {
        const bytes = Buffer.from(text);
        bytes[at % (bytes.length + 1)] = 0xe9;
        const settings = { length, checkers: 2, maxFindings: Infinity, seed: at };
        assert.deepEqual(
          await checkInStretches(bytes, context, settings),
          checkAtOnce(bytes, context, Infinity),
        );
      },
    );
    await fc.assert(property, { seed: 12, numRuns: 100 });
  });

  it('checks few stretches twice: those that pass a limit, or begin within a record', async () => {
    const text = `${imageRecord}\n`.repeat(40);
    const started: StretchStart[] = [];
    await checkInStretches(Buffer.from(text), tightContext, {
      length: 400,
      checkers: 2,
      maxFindings: Infinity,
      seed: 1,
      onCheck: (stretch) => started.push(stretch),
    });
    const stretches = started.filter(({ before }) => before === undefined).length;
    assert.ok(stretches > 10);
    // The first one knows that nothing is before it. It passes the first numbers, the next one a limit of three images.
    assert.ok(started.length - stretches <= 3, `${started.length} of ${stretches}`);
  });
});
