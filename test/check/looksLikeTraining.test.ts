import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { looksLikeTraining } from '../../core/check/looksLikeTraining.ts';

describe('looksLikeTraining', () => {
  const other = '{"id":1}';
  const training: [title: string, lines: string[]][] = [
    ['a chat record', ['{"messages":[]}']],
    ['a completion record', ['{"prompt":"a","completion":"b"}']],
    ['a preference record', ['{"input":{},"preferred_output":[]}']],
    ['a key spelled with escapes', [String.raw`{"m\u0065ssages":[]}`]],
    ['a record behind 19 others', [...Array<string>(19).fill(other), '{"messages":[]}']],
    [
      'a record behind blank lines, which do not count',
      [...Array<string>(50).fill(' \t'), '{"messages":[]}'],
    ],
    ['a record that is cut short', ['{"messages":[{"role":"us']],
    ['a record with a broken start', ['{"id":01,"messages":[]}']],
    ['a record in single quotes', ["{'messages': [{'role': 'user'}]}"]],
    ['a record with a comma behind it, of an array', ['[', '{"messages":[]},', ']']],
    ['a record formatted over many lines', ['{', '  "messages" : [']],
    ['a record behind a byte order mark', ['\uFEFF{"messages":[]}']],
  ];
  const notTraining: [title: string, lines: string[]][] = [
    ['no lines at all', []],
    ['blank lines', ['', ' ', '\t']],
    ['records without such a key', [other, '{"message":"messages"}']],
    ['a key further down', ['{"event":{"messages":[]}}']],
    ['values that are no objects', ['"messages"', '["messages"]', '7']],
    ['a record behind 20 others', [...Array<string>(20).fill(other), '{"messages":[]}']],
    ['a record behind 20 broken ones', [...Array<string>(20).fill('oops'), '{"messages":[]}']],
    ['a log as JSON lines', ['{"level":"info","msg":"3 messages sent","time":1}']],
    [
      'a log as text with the word in quotes',
      ['12:00:01 WARN field "input" is empty', '"prompt" was shown'],
    ],
    ['a log as text with a request in it', ['12:00:01 POST /chat {"messages":[{"role":"user"']],
    [
      'a key far down in a broken record',
      [`{"a":"${'x'.repeat(3000)}","messages":[`.replace('{', '{,')],
    ],
  ];

  for (const [title, lines] of training) {
    it(`takes ${title} for training data`, () => assert.equal(looksLikeTraining(lines), true));
  }

  for (const [title, lines] of notTraining) {
    it(`does not take ${title} for training data`, () =>
      assert.equal(looksLikeTraining(lines), false));
  }

  it('reads no more lines than it needs', () => {
    const lines = function* () {
      for (let line = 0; line < 20; line++) yield other;
      throw new Error('A line too many was read.');
    };
    assert.equal(looksLikeTraining(lines()), false);
  });
});
