import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CheckContext } from '../../core/check/context.ts';
import { FileChecker, type FileReport } from '../../core/check/fileChecker.ts';
import { FileSum } from '../../core/check/fileSum.ts';
import { RereadRepetitions } from '../../core/check/rereadRepetitions.ts';
import { StretchChecker, type StretchStart } from '../../core/check/stretchChecker.ts';
import { addUpStretches } from '../../parallel/addUpStretches.ts';
import { checkStretch, type StretchResult } from '../../parallel/checkStretch.ts';
import { cutIntoStretches, type Stretch } from '../../parallel/stretches.ts';
import { anyContext, anyFile, context } from '../check/anyKnownRecords.ts';
import { anyLineEnd, goodRecord, imageRecord, tightContext } from '../check/anyTraining.ts';

/** Records over many lines, with others and what is no record between them. */
const anySpreadFile = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        ...[goodRecord, imageRecord].map((record) =>
          JSON.stringify(JSON.parse(record), undefined, 1),
        ),
        goodRecord,
        '[',
        ']',
        `${goodRecord},`,
        '{"messages":[',
        '',
        'é\u2028',
      ),
      anyLineEnd,
    ),
    { maxLength: 12 },
  )
  .map((lines) => lines.map(([text, end]) => text.replaceAll('\n', end) + end).join(''));

const anyText = fc
  .tuple(fc.oneof(anyFile, anySpreadFile), fc.constantFrom('', '', '\uFEFF', '\u0000'))
  .map(([text, opening]) => opening + text);

describe('A file that is checked in stretches, by several at once', () => {
  it('has the report of one that is checked in one go', async () => {
    const property = fc.asyncProperty(
      anyText,
      anyContext,
      fc.integer({ min: 1, max: 2000 }),
      fc.record({
        checkers: fc.integer({ min: 1, max: 4 }),
        maxFindings: fc.constantFrom(0, 1, 3, Infinity),
        seed: fc.nat(),
      }),
      async (text, context, length, settings) => {
        const bytes = Buffer.from(text);
        assert.deepEqual(
          await checkInStretches(bytes, context, length, settings),
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
        const settings = { checkers: 2, maxFindings: Infinity, seed: at };
        assert.deepEqual(
          await checkInStretches(bytes, context, length, settings),
          checkAtOnce(bytes, context, Infinity),
        );
      },
    );
    await fc.assert(property, { seed: 12, numRuns: 100 });
  });

  it('checks few stretches twice: those that pass a limit, or begin within a record', async () => {
    const text = `${imageRecord}\n`.repeat(40);
    const started: StretchStart[] = [];
    const settings = { checkers: 2, maxFindings: Infinity, seed: 1 };
    await checkInStretches(Buffer.from(text), tightContext, 400, settings, started);
    const stretches = started.filter(({ before }) => before === undefined).length;
    assert.ok(stretches > 10);
    // The first one knows that nothing is before it. It passes the first numbers, the next one a limit of three images.
    assert.ok(started.length - stretches <= 3, `${started.length} of ${stretches}`);
  });
});

interface Settings {
  readonly checkers: number;
  readonly maxFindings: number;
  readonly seed: number;
}

async function checkInStretches(
  bytes: Buffer,
  context: CheckContext,
  length: number,
  { checkers: count, maxFindings, seed }: Settings,
  started: StretchStart[] = [],
): Promise<FileReport> {
  const checkers = Array.from({ length: count }, () => new StretchChecker(context));
  const read = (buffer: Uint8Array, wanted: number, position: number): number =>
    bytes.copy(buffer, 0, position, position + wanted);
  let turn = seed;
  // As a thread does: in any order, and what is sent is copied.
  const check = async (stretch: Stretch & StretchStart): Promise<StretchResult> => {
    started.push(stretch);
    const checker = checkers[turn++ % count];
    assert.ok(checker);
    const buffer = Buffer.alloc(1 + (turn % 300));
    const result = checkStretch(checker, structuredClone(stretch), read, buffer);
    for (let wait = turn % 5; wait > 0; wait--) await Promise.resolve();
    return structuredClone(result);
  };
  const reread = (offset: number, length: number) => bytes.subarray(offset, offset + length);
  const sum = new FileSum(context, maxFindings, new RereadRepetitions(reread, bytes.length));
  // A system may read less than it is asked for.
  const readFew = (buffer: Uint8Array, position: number): Promise<number> =>
    Promise.resolve(read(buffer, Math.min(buffer.length, 1 + (position % 7)), position));
  const stretches = cutIntoStretches(readFew, bytes.length, length);
  return addUpStretches(stretches, sum, { check, window: count * 2, watcher: {} });
}

function checkAtOnce(bytes: Buffer, context: CheckContext, maxFindings: number): FileReport {
  const checker = new FileChecker(context, maxFindings);
  checker.read(bytes);
  return checker.finish();
}
