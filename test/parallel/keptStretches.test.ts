import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CheckContext } from '../../core/check/context.ts';
import type { FileReport } from '../../core/check/fileChecker.ts';
import { looksLikeUtf16 } from '../../core/text/utf16.ts';
import { KeptStretches } from '../../parallel/keptStretches.ts';
import type { Stretch } from '../../parallel/stretches.ts';
import { anyContext, context } from '../check/anyKnownRecords.ts';
import { anyNewText, goodRecord, imageRecords, tightContext } from '../check/anyTraining.ts';
import { anyText } from './anyText.ts';
import { checkAtOnce, checkInStretches } from './checkInStretches.ts';

/** What becomes of a file: another text in the place of some bytes of it, which may be none, at a place from 0 to 1. */
const anyChange = fc.record({
  at: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  removed: fc.oneof(fc.constantFrom(0, 0, Infinity), fc.nat(300)),
  added: fc.oneof(fc.constant(''), anyNewText, anyText),
});

type Change = typeof anyChange extends fc.Arbitrary<infer T> ? T : never;

function change(bytes: Buffer, { at, removed, added }: Change): Buffer<ArrayBuffer> {
  const start = Math.round(at * bytes.length);
  const rest = bytes.subarray(start + Math.min(removed, bytes.length));
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(added), rest]);
}

describe('A file that is checked again after it has changed', () => {
  it('has the report of one that is checked for the first time, whatever has changed', async () => {
    const property = fc.asyncProperty(
      fc.array(anyText, { minLength: 1, maxLength: 3 }).map((texts) => texts.join('\n')),
      fc.array(anyChange, { minLength: 1, maxLength: 4 }),
      anyContext,
      fc.record({
        length: fc.integer({ min: 1, max: 1000 }),
        checkers: fc.integer({ min: 1, max: 3 }),
        maxFindings: fc.constantFrom(0, 3, Infinity),
        seed: fc.nat(),
        maxKeptBytes: fc.constantFrom(0, 5000, Infinity),
      }),
      async (text, changes, context, { maxKeptBytes, ...settings }) => {
        const kept = new KeptStretches(maxKeptBytes);
        let bytes = Buffer.from(text);
        for (const each of [undefined, ...changes]) {
          if (each) bytes = change(bytes, each);
          // Such a file is not cut into stretches.
          if (looksLikeUtf16(bytes)) return;
          assert.deepEqual(
            await checkInStretches(bytes, context, { ...settings, kept }),
            checkAtOnce(bytes, context, settings.maxFindings),
          );
        }
      },
    );
    await fc.assert(property, { seed: 21, numRuns: 100 });
  });

  const text = imageRecords(100);
  const usual = { length: 1000, checkers: 2, maxFindings: 1000, seed: 1 };

  /** Where the stretches begin that a check after another one checks. */
  async function checkedAgain(
    changed: string,
    {
      before = text,
      kept = new KeptStretches(),
      length = usual.length,
      contexts = [context, context] as readonly [CheckContext, CheckContext],
    } = {},
  ): Promise<{ starts: number[]; report: FileReport }> {
    const settings = { ...usual, length, kept };
    const [first, second] = contexts;
    await checkInStretches(Buffer.from(before), first, settings);
    const starts: number[] = [];
    const onCheck = ({ start }: Stretch): unknown => starts.push(start);
    const bytes = Buffer.from(changed);
    const report = await checkInStretches(bytes, second, { ...settings, onCheck });
    assert.deepEqual(report, checkAtOnce(bytes, second, settings.maxFindings));
    return { starts, report };
  }

  it('is not checked where it is as it was', async () => {
    assert.deepEqual((await checkedAgain(text)).starts, []);
  });

  it('is checked from the stretch on that has changed, and not before', async () => {
    const kept = new KeptStretches();
    const at = text.indexOf('/50.png');
    const { starts } = await checkedAgain(text.replace('/50.png', '/x0.png'), { kept });
    assert.ok(starts.length > 5);
    assert.ok(starts.every((start) => start > at - 2 * usual.length));
    assert.equal(kept.unchangedBytes, starts[0]);
  });

  it('is checked at its end where a record is added or taken away', async () => {
    const added = await checkedAgain(`${text}${goodRecord}\n`);
    assert.equal(added.starts.length, 1);
    assert.equal(added.report.records, 101);
    const removed = await checkedAgain(text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1));
    assert.equal(removed.starts.length, 1);
    assert.equal(removed.report.records, 99);
  });

  it('is checked at its former end where it ended with a stretch, and ends there no more', async () => {
    const lines = text.split('\n').slice(10, 100);
    const ofLines = (count: number): string =>
      lines
        .slice(0, count)
        .map((line) => `${line}\n`)
        .join('');
    const length = ofLines(8).length;
    const grown = await checkedAgain(`${ofLines(90)}{\n`, { before: ofLines(80), length });
    assert.equal(grown.starts[0], 9 * length);
    const { starts } = await checkedAgain(ofLines(80), { before: ofLines(90), length });
    assert.deepEqual(starts, [9 * length]);
  });

  it('is checked from its start on where a byte order mark is put there', async () => {
    const { starts } = await checkedAgain(`\uFEFF${text}`);
    assert.equal(starts[0], 0);
  });

  it('knows the end of a stretch for another one where its last line end has grown', async () => {
    const before = text.replaceAll('\n', '\r');
    const cut = (await checkedAgain(before.slice(0, -1), { before })).starts[0] ?? 0;
    assert.equal(before[cut - 1], '\r');
    const changed = `${before.slice(0, cut)}\n${before.slice(cut)}`;
    assert.ok(((await checkedAgain(changed, { before })).starts[0] ?? Infinity) < cut);
  });

  it('is checked from its start on where it is judged by other limits, or on another day', async () => {
    for (const second of [tightContext, { ...context, today: '2027-01-01' }]) {
      const { starts } = await checkedAgain(text, { contexts: [context, second] });
      assert.ok(starts.length > 10);
    }
    const alike = { ...context, levels: new Map(context.levels), limits: { ...context.limits } };
    assert.deepEqual((await checkedAgain(text, { contexts: [context, alike] })).starts, []);
  });

  it('is checked from where on there was no room to keep more', async () => {
    const kept = new KeptStretches(2000);
    const { starts } = await checkedAgain(text, { kept });
    assert.ok((starts[0] ?? 0) > 0);
    assert.ok(starts.length > 5);
  });

  it('has the report of its own bytes after it changed while it was checked', async () => {
    const kept = new KeptStretches();
    const settings = { ...usual, kept };
    await checkInStretches(Buffer.from(text), context, settings);
    const bytes = Buffer.from(text);
    let checked = 0;
    bytes.write('x', text.indexOf('/40.png') + 1);
    // It is written while stretches behind that place, and before it, are read.
    await checkInStretches(bytes, context, {
      ...settings,
      onCheck: () => {
        if (++checked !== 3) return;
        bytes.write('x', text.indexOf('/10.png') + 1);
        bytes.write('[', text.indexOf('{', text.indexOf('/90.png')));
      },
    });
    assert.deepEqual(
      await checkInStretches(bytes, context, settings),
      checkAtOnce(bytes, context, settings.maxFindings),
    );
  });

  it('goes on from the check before where one did not come to its end', async () => {
    const kept = new KeptStretches();
    const settings = { ...usual, kept };
    await checkInStretches(Buffer.from(text), context, settings);
    const fail = (): never => assert.fail('enough');
    const changed = Buffer.from(text.replace('/50.png', '/x0.png'));
    await assert.rejects(
      checkInStretches(changed, context, { ...settings, onCheck: fail }),
      /enough/,
    );
    await checkInStretches(Buffer.from(text), context, { ...settings, onCheck: fail });
  });
});
