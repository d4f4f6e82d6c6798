import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CheckedDocument } from '../../core/check/checkedDocument.ts';
import { checkLine } from '../../core/check/checkLine.ts';
import { Companion } from '../../core/dataset/companion.ts';
import { comparedStrings } from '../../core/dataset/comparedStrings.ts';
import { fingerprintOf } from '../../core/dataset/fingerprint.ts';
import { KeyMaker, QuickKeys } from '../../core/dataset/quickKeys.ts';
import { keepKeys } from '../../core/dataset/recordKeys.ts';
import { FileChecker } from '../../core/check/fileChecker.ts';
import { LinesDocument } from '../../core/check/linesDocument.ts';
import { RecordDocument } from '../../core/check/recordDocument.ts';
import type { Example } from '../../core/record/example.ts';
import { splitLines } from '../../core/text/lines.ts';
import {
  anyNewText,
  anyRange,
  anyTrainingText,
  budget,
  never,
  stateOf,
  tightContext,
} from './anyTraining.ts';

/** Set RANDOM_EDITS to run more than the 10,000 edits of every run. */
const editCount = Number(process.env['RANDOM_EDITS'] ?? 10_000);
const messagesPerRun = 10;
const changesPerMessage = 4;

const anyChange = fc.tuple(fc.option(anyRange, { freq: 40, nil: undefined }), anyNewText);
/** Changes that arrive together, then a check from some line that is cut short. */
const anyMessage = fc.record({
  changes: fc.array(anyChange, { minLength: 1, maxLength: changesPerMessage, size: 'max' }),
  fromLine: fc.integer({ min: 0, max: 20 }),
  looks: fc.integer({ min: 0, max: 12 }),
  /** Whether somebody asks the version before as well, when the next one has taken its place. */
  asksBefore: fc.boolean(),
  /** Whether somebody asks this version as long as it is the newest, as the server does. */
  asksNow: fc.boolean(),
  /** What happens besides: another file of the pair, which it is given as the server or as the command line reads it, or other settings. */
  event: fc.option(fc.constantFrom('companion', 'keyed companion', 'no companion', 'settings'), {
    freq: 4,
    nil: undefined,
  }),
});
const anyMessages = fc.array(anyMessage, {
  minLength: messagesPerRun,
  maxLength: messagesPerRun,
  size: 'max',
});
const numRuns = Math.ceil(editCount / messagesPerRun / ((1 + changesPerMessage) / 2));

for (const [name, open] of [
  ['LinesDocument', (text: string) => LinesDocument.of(text, tightContext)],
  ['RecordDocument', (text: string) => RecordDocument.of(text, tightContext)],
] as const) {
  describe(`A ${name} under random edits and checks that are cut short`, () => {
    it('knows when it is checked all that one made of the same text knows', () => {
      fc.assert(
        fc.property(anyTrainingText, anyMessages, anyTrainingText, (text, messages, other) => {
          let document: CheckedDocument = open(text);
          for (const { changes, fromLine, looks, asksBefore, asksNow, event } of messages) {
            const before = document;
            if (event) document = meet(event, document, other);
            for (const [range, newText] of changes) document = document.edit(range, newText);
            document = document.check(budget(looks), fromLine);
            if (asksBefore) assertAsFresh(before);
            if (asksNow) document = assertAsFresh(document);
          }
          assertAsFresh(document);
        }),
        { seed: 21, numRuns },
      );
    });
  });
}

/** Whatever it has been through: all that one made of the same text knows. */
function assertAsFresh(document: CheckedDocument): CheckedDocument {
  const { kind, store } = document;
  const fresh = (kind === 'lines' ? LinesDocument : RecordDocument).of(
    store.getText(),
    document.context,
  );
  const checked = document.check(never);
  assert.deepEqual(stateOf(checked), stateOf(fresh.check(never)));
  return checked;
}

function meet(event: string, document: CheckedDocument, other: string): CheckedDocument {
  switch (event) {
    case 'companion':
      return document.accompany(companionOf(other));
    case 'keyed companion':
      return document.accompany(keyedCompanionOf(other));
    case 'settings':
      return document.withContext({ ...document.context, limits: tightContext.limits });
    default:
      return document.accompany(undefined);
  }
}

/** As the server makes it. */
function keyedCompanionOf(text: string): Companion {
  const companion = new Companion('val.jsonl');
  const keys = new QuickKeys();
  for (const [number, line] of splitLines(text).entries()) {
    const onComparable = (example: Example): void => {
      new KeyMaker().make(comparedStrings(example), keys);
      companion.add(fingerprintOf(example), () => line.text, number, keepKeys(keys));
    };
    checkLine(line, tightContext, undefined, { onComparable });
  }
  return companion;
}

/** What is known of the other file of a pair, if there is one. */
function companionOf(text: string | undefined): Companion | undefined {
  if (text === undefined) return undefined;
  const companion = new Companion('val.jsonl');
  const checker = new FileChecker(tightContext, Infinity, undefined, companion);
  checker.read(Buffer.from(text));
  checker.finish();
  return companion;
}

describe('FileChecker, given the bytes of a text in chunks of any size', () => {
  it('reports what a LinesDocument of the text does', () => {
    const anySizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        anyTrainingText,
        fc.array(anyChange, { maxLength: 6 }),
        anySizes,
        fc.option(anyTrainingText, { nil: undefined }),
        fc.boolean(),
        (text, changes, sizes, companionText, canReread) => {
          const context = { ...tightContext, companion: companionOf(companionText) };
          let document = LinesDocument.of(text, context);
          for (const [range, newText] of changes) document = document.edit(range, newText);
          const edited = document.store.getText();
          // Half a surrogate pair has no UTF-8, and a leading byte order mark is no part of a file's text.
          fc.pre(edited.isWellFormed() && !edited.startsWith('\uFEFF'));
          const bytes = Buffer.from(edited);
          const reread = (offset: number, length: number) =>
            bytes.subarray(offset, offset + length);
          const checker = new FileChecker(context, Infinity, canReread ? reread : undefined);
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const end = at + (sizes[turn % sizes.length] ?? 1);
            checker.read(bytes.subarray(at, end));
            at = end;
          }
          const report = checker.finish();
          document = document.check(never);
          assert.deepEqual(report.findings, document.gravestFindings(Infinity));
          assert.deepEqual(report.counts, document.countFindings());
          const { records, images, imageExamples } = document.counts;
          assert.deepEqual(
            [report.records, report.images, report.imageExamples],
            [records, images, imageExamples],
          );
          assert.equal(report.bytes, bytes.length);
        },
      ),
      { seed: 22, numRuns: 500 },
    );
  });
});
