import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createContext } from '../../core/check/context.ts';
import { RecordDocument } from '../../core/check/recordDocument.ts';
import { goodRecord, today } from './anyTraining.ts';

const context = createContext([], today);

describe('A RecordDocument', () => {
  it('reads one record over many lines, and places its findings on them', () => {
    const document = open(
      '{\r\n  "messages": [\r\n    {"role": "wizard", "content": "Hi."}\r\n  ]\r\n}\r\n',
    ).check();
    assert.deepEqual(document.counts.records, 1);
    assert.deepEqual(
      document.gravestFindings(Infinity).map(({ rule, range }) => [rule, range]),
      [['message-role', { start: { line: 2, character: 13 }, end: { line: 2, character: 21 } }]],
    );
  });

  it('says nothing of the file as a whole, being one example of it', () => {
    assert.deepEqual(
      open(JSON.stringify(JSON.parse(goodRecord), null, 2))
        .check()
        .gravestFindings(10),
      [],
    );
  });

  it('places what is missing at the end of the text', () => {
    const findings = open('{\n"messages": [').check().gravestFindings(10);
    assert.deepEqual(
      findings.map(({ range }) => range.start),
      [{ line: 1, character: 13 }],
    );
  });

  it('finds that an empty text has no record in it', () => {
    for (const text of ['', '\n \n']) {
      assert.deepEqual(
        open(text)
          .check()
          .gravestFindings(10)
          .map(({ rule }) => rule),
        ['json-syntax'],
      );
    }
  });

  it('lists the gravest findings when it may list only some', () => {
    const document = open(
      '{"messages": [\n{"role": "user", "content": ""},\n{"role": 1, "content": "Hi."}]}',
    ).check();
    assert.deepEqual(document.countFindings(), { error: 1, warning: 1, info: 0, hint: 0 });
    assert.deepEqual(
      document.gravestFindings(1).map(({ rule }) => rule),
      ['message-role'],
    );
    assert.deepEqual(
      document.gravestFindings(2).map(({ rule }) => rule),
      ['message-content', 'message-role'],
    );
  });

  it('knows nothing before it is checked and after an edit', () => {
    const checked = open('oops').check();
    const edited = checked.edit(undefined, 'again');
    for (const document of [open('oops'), edited]) {
      assert.equal(document.isChecked, false);
      assert.deepEqual(document.gravestFindings(Infinity), []);
      assert.equal(document.counts.records, 0);
    }
  });

  it('is the one record at any position', () => {
    const document = open('{\n"messages": [}').check();
    const record = document.recordAt();
    assert.equal(record.offsetOf({ line: 1, character: 3 }), 5);
    assert.deepEqual(record.positionOf(5), { line: 1, character: 3 });
    assert.equal([...document.recordsWith('json-syntax')].length, 1);
    assert.equal([...document.recordsWith('image-size')].length, 0);
    assert.equal(document.countOf('json-syntax'), 1);
  });
});

function open(text: string): RecordDocument {
  return RecordDocument.of(text, context);
}
