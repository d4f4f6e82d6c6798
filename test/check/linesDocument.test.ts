import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createContext } from '../../core/check/context.ts';
import { LinesDocument } from '../../core/check/linesDocument.ts';
import {
  budget,
  goodRecord,
  goodRecords,
  imageRecord,
  imageRecords,
  never,
  stateOf,
  tightContext,
  today,
} from './anyTraining.ts';

const context = createContext([], today);

describe('A LinesDocument', () => {
  it('checks at least one line a call, so that it always comes to its end', () => {
    let document = open(goodRecords(5));
    for (let calls = 1; calls <= 6; calls++) {
      assert.equal(document.isChecked, false);
      document = document.check(() => true);
      assert.equal(document.counts.records, Math.min(calls, 5));
    }
    assert.equal(document.isChecked, true);
  });

  it('checks the lines from a given one on first, then those above', () => {
    let document = open(goodRecords(20)).check(budget(3), 15);
    assert.deepEqual(checkedLines(document), [15, 16, 17]);
    for (let calls = 0; calls < 4; calls++) document = document.check(() => true, 15);
    assert.deepEqual(checkedLines(document), [0, 15, 16, 17, 18, 19, 20]);
  });

  it('leaves itself as it is when it is edited or checked', () => {
    const document = open(`${goodRecord}\noops`);
    document.check(never).edit(undefined, '');
    assert.equal(document.store.getText(), `${goodRecord}\noops`);
    assert.equal(document.isChecked, false);
  });

  it('checks only the touched line of 100,000 again', () => {
    const before = open(goodRecords(100_000)).check(never);
    const edited = before.edit(
      { start: { line: 5000, character: 0 }, end: { line: 5000, character: 1 } },
      '',
    );
    assert.equal(edited.counts.unchecked, 1);
    const after = edited.check(never);
    const [old, now] = [notes(before), notes(after)];
    assert.deepEqual(
      now.flatMap((note, line) => (note === old[line] ? [] : [line])),
      [5000],
    );
    assert.deepEqual(
      after.gravestFindings(10).map(({ rule, range }) => [rule, range.start.line]),
      [['json-syntax', 5000]],
    );
  });

  it('knows of what is left of a document whatever it knew when most of it is deleted', () => {
    const images = (at: number) => imageRecord.replace('a.png', `${at % 70}.png`);
    const text = Array.from({ length: 200 }, (_, at) => `${images(at)}\n`).join('');
    const document = open(text).check(never);
    for (const [from, to] of [
      [10, 130],
      [0, 150],
      [20, 200],
      [0, 200],
    ] as const) {
      const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
      const left = open(text).check(never).edit(range, `${goodRecord}\noops\n`).check(never);
      assert.deepEqual(stateOf(left), stateOf(open(left.store.getText()).check(never)));
    }
    assert.equal(document.countCopies(), 130);
  });

  it('moves findings with their lines and does not check those again', () => {
    const before = open(`${goodRecord}\noops\n${goodRecord}`).check(never);
    const top = { line: 0, character: 0 };
    const after = before.edit({ start: top, end: top }, `${goodRecord}\n\n`);
    assert.equal(after.store.line(3).note, before.store.line(1).note);
    assert.equal(after.store.line(4).note, before.store.line(2).note);
    assert.deepEqual(rulesByLine(after), ['3 json-syntax']);
  });

  it('says nothing of the file as a whole before all of it is checked', () => {
    const document = open(goodRecords(3)).check(budget(2));
    assert.deepEqual(document.gravestFindings(Infinity), []);
    assert.deepEqual(document.countFindings(), { error: 0, warning: 0, info: 0, hint: 0 });
    assert.deepEqual(rulesByLine(document.check(never)), ['0 too-few-examples']);
  });

  it('reports too few examples while there are fewer than 10, on the first record', () => {
    const nine = open(`\n \n${goodRecords(9)}`).check(never);
    const blanks = ['0 blank-line', '1 blank-line'];
    assert.deepEqual(rulesByLine(nine), [...blanks, '2 too-few-examples']);
    const end = nine.store.end;
    const ten = nine.edit({ start: end, end }, goodRecord).check(never);
    assert.deepEqual(rulesByLine(ten), blanks);
    const line = (number: number) => ({ line: number, character: 0 });
    const again = ten.edit({ start: line(0), end: line(3) }, '').check(never);
    assert.deepEqual(rulesByLine(again), ['0 too-few-examples']);
    assert.deepEqual(again.countFindings(), { error: 1, warning: 0, info: 0, hint: 0 });
  });

  it('reports too many image examples on the first past the limit', () => {
    const records = imageRecords(4).split('\n');
    const text = [...records.slice(0, 2), goodRecord, ...records.slice(2)].join('\n');
    const document = LinesDocument.of(text, tightContext).check(never);
    assert.deepEqual(rulesByLine(document), ['4 too-many-image-examples']);
    const line = (number: number) => ({ line: number, character: 0 });
    const fewer = document.edit({ start: line(0), end: line(1) }, goodRecords(1)).check(never);
    assert.deepEqual(rulesByLine(fewer), []);
  });

  it('lists the gravest findings when it may list only some, in order of place', () => {
    const [a = '', b = '', c = ''] = imageRecords(3).split('\n');
    const lines = [
      a.replace('low', 'high'),
      b.replace('low', 'tiny'),
      'oops',
      c.replace('low', 'tiny'),
      'oops',
    ];
    const document = open(lines.join('\n')).check(never);
    const listed = (limit: number) =>
      document.gravestFindings(limit).map(({ range, rule }) => `${range.start.line} ${rule}`);
    assert.deepEqual(listed(0), []);
    assert.deepEqual(listed(1), ['0 too-few-examples']);
    assert.deepEqual(listed(3), ['0 too-few-examples', '2 json-syntax', '4 json-syntax']);
    assert.deepEqual(listed(4), [
      '0 too-few-examples',
      '1 image-detail',
      '2 json-syntax',
      '4 json-syntax',
    ]);
    assert.equal(listed(Infinity).length, 6);
    assert.deepEqual(document.countFindings(), { error: 3, warning: 2, info: 0, hint: 1 });
  });

  it('finds the record at a position, and none on a blank line or outside', () => {
    const document = open(`\n${goodRecord}\r\n`);
    assert.equal(document.recordAt({ line: 0, character: 0 }), undefined);
    assert.equal(document.recordAt({ line: 1, character: 7 })?.text, goodRecord);
    assert.equal(document.recordAt({ line: 2, character: 0 }), undefined);
    assert.equal(document.recordAt({ line: 3, character: 0 }), undefined);
    assert.equal(document.recordAt({ line: -1, character: 0 }), undefined);
  });

  it('gives the records and blank lines that have a finding of a rule, and how many such findings there are', () => {
    const hint = imageRecord.replace('low', 'high');
    const other = hint.replace('a.png', 'b.png');
    const document = open(`${hint}\noops\n\n${other}\n`).check(never);
    const lines = (rule?: string) => Array.from(document.recordsWith(rule), ({ line }) => line);
    assert.deepEqual(lines('image-detail-cost'), [0, 3]);
    assert.deepEqual(lines('blank-line'), [2]);
    assert.deepEqual(lines(), [0, 1, 2, 3]);
    assert.deepEqual(
      Array.from(document.records(), ({ line }) => line),
      [0, 1, 3],
    );
    assert.equal(document.countOf('image-detail-cost'), 2);
    assert.equal(document.countOf('image-size'), 0);
  });
});

function open(text: string): LinesDocument {
  return LinesDocument.of(text, context);
}

function notes(document: LinesDocument) {
  return Array.from(document.store.lines(), ({ note }) => note);
}

function checkedLines(document: LinesDocument): number[] {
  return notes(document).flatMap((note, line) => (note ? [line] : []));
}

function rulesByLine(document: LinesDocument): string[] {
  return document.gravestFindings(Infinity).map(({ range, rule }) => `${range.start.line} ${rule}`);
}
