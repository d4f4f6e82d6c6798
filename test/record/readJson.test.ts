import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readJsonBytes } from '../../core/check/checkBytes.ts';
import type { SyntaxProblemCode } from '../../core/record/jsonTree.ts';
import { JsonScratch, readJson } from '../../core/record/readJson.ts';
import { anyJsonText, toValue } from './anyJson.ts';

describe('readJson', () => {
  it('reads any JSON in any spacing as JSON.parse does', () => {
    fc.assert(
      fc.property(anyJsonText, (text) => {
        const { root, problem } = readJson(text);
        assert.equal(problem, undefined);
        assert.deepEqual(root && toValue(root), JSON.parse(text));
      }),
      { seed: 11, numRuns: 1000 },
    );
  });

  it('gives each value the span of its text', () => {
    fc.assert(
      fc.property(anyJsonText, (text) => {
        for (const value of eachValue(text)) {
          const { start, end } = value.span;
          assert.deepEqual(JSON.parse(text.slice(start, end)), toValue(value));
          assert.equal(text.slice(start, end), text.slice(start, end).trim());
        }
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('accepts and rejects what JSON.parse does, whatever character is added, lost or changed', () => {
    const characters =
      '{}[]",:\\/eE+-.019tfnux\'_ \t\n\r\u0000\u001f\u007f\u00a0\u2028\uFEFF\ud83d';
    const anyCharacter = fc.constantFrom(...characters.split(''));
    const anyMutation = fc.tuple(fc.nat(), fc.constantFrom('add', 'lose', 'change'), anyCharacter);
    const mutations = fc.array(anyMutation, { minLength: 20, maxLength: 20, size: 'max' });
    fc.assert(
      fc.property(anyJsonText, mutations, (text, mutations) => {
        for (const [place, kind, character] of mutations) {
          const at = place % (text.length + 1);
          const after = text.slice(kind === 'add' ? at : at + 1);
          assertVerdict(text.slice(0, at) + (kind === 'lose' ? '' : character) + after);
        }
      }),
      { seed: 13, numRuns: 1000 },
    );
  });

  it('accepts and rejects what JSON.parse does, wherever a text is cut short', () => {
    const text = '{"a":[1.5e+3,-0,true,false,null,"\\u00e9\\n",{}],"b":{"c":[[]]}} ';
    for (let length = 0; length <= text.length; length++) assertVerdict(text.slice(0, length));
  });

  it('reads the same with memory that another record was read with', () => {
    const anyText = fc.oneof(anyJsonText, fc.tuple(anyJsonText, fc.nat()).map(cutShort));
    fc.assert(
      fc.property(anyText, anyText, (first, second) => {
        const scratch = new JsonScratch();
        readJson(first, scratch);
        const again = readJson(second, scratch);
        const fresh = readJson(second);
        assert.deepEqual(again.problem, fresh.problem);
        assert.deepEqual(again.root && toValue(again.root), fresh.root && toValue(fresh.root));
      }),
      { seed: 14, numRuns: 1000 },
    );
  });

  for (const [opening, closing] of [
    ['[', ']'],
    ['{"a":', '}'],
    ['[', '}'],
    ['[{"a":', ''],
  ] as const) {
    it(`finds the problem of 1,000,000 times ${opening} with ${closing || 'nothing'} behind, once too few`, () => {
      const text = opening.repeat(1_000_000) + closing.repeat(999_999);
      const { root, problem } = readJson(text);
      assert.ok(problem);
      assert.deepEqual(root?.span, { start: 0, end: problem.span.start });
    });
  }

  it('accepts 1,000,000 arrays and objects, one in the other', () => {
    assert.equal(readJson('['.repeat(1e6) + ']'.repeat(1e6)).problem, undefined);
    assert.equal(readJson(`${'{"a":'.repeat(1e6)}1${'}'.repeat(1e6)}`).problem, undefined);
  });

  it('stops at the number of values that its memory may hold', () => {
    const { root, problem } = readJson(`[${'1,'.repeat(1999)}1]`, new JsonScratch(2000));
    assert.equal(problem?.code, 'too-many-values');
    assert.equal(
      problem.message,
      'Record has more than 2,000 values and keys, more than can be read',
    );
    assert.equal(problem.span.start, '['.length + 1999 * '1,'.length);
    assert.equal([...(root?.elements() ?? [])].length, 1999);
    assert.equal(readJson(`[${'1,'.repeat(1998)}1]`, new JsonScratch(2000)).problem, undefined);
    assert.equal(readJson(`[${'1,'.repeat(3_000_000)}1]`).problem?.code, 'too-many-values');
  });

  it('keeps what stands before the problem, and closes there what was open', () => {
    const { root } = readJson('{"a": [1, {"b": true, "c": nul');
    assert.deepEqual(root && toValue(root), { a: [1, { b: true }] });
    assert.deepEqual(root?.get('a')?.span, { start: 6, end: 27 });
  });

  it('has no value where the text has none', () => {
    for (const text of ['', ' \t\r\n', '}', '\uFEFF{}'])
      assert.equal(readJson(text).root, undefined);
  });
});

describe('A syntax problem', () => {
  const table: [text: string, code: SyntaxProblemCode, shown: string, message: string][] = [
    ['', 'no-value', '^', 'Expected a JSON value, found nothing'],
    ['  ', 'no-value', '  ^', 'Expected a JSON value, found nothing'],
    ['[1 2]', 'bare-word', '   ^', 'Expected "," or "]", found "2"'],
    ['[1 :]', 'unexpected-character', '   ^', 'Expected "," or "]", found ":"'],
    ['[1}', 'unexpected-character', '  ^', 'Expected "," or "]", found "}"'],
    ['["a" "b"]', 'unexpected-character', '     ^', 'Expected "," or "]", found a string'],
    ['{"a":1]', 'unexpected-character', '      ^', 'Expected "," or "}", found "]"'],
    ['{"a" 1}', 'bare-word', '     ^', 'Expected ":" after the key, found "1"'],
    ['{:1}', 'unexpected-character', ' ^', 'Expected a key in double quotes, found ":"'],
    ['{1:2}', 'bare-word', ' ^', 'Expected a key in double quotes, found "1"'],
    ['[,]', 'unexpected-character', ' ^', 'Expected a value, found ","'],
    ['[😀]', 'unexpected-character', ' ^^', 'Expected a value, found "😀"'],
    ['[\ud83d]', 'unexpected-character', ' ^', String.raw`Expected a value, found "\ud83d"`],
    ['\uFEFF{}', 'unexpected-character', '^', String.raw`Expected a value, found "\ufeff"`],
    ['[\u2028]', 'unexpected-character', ' ^', String.raw`Expected a value, found "\u2028"`],
    ['\u0000', 'nul', '^', 'NUL character in the text'],
    ['[1', 'unexpected-end', '  ^', 'Expected "," or "]", found the end of the record'],
    ['{"a":', 'unexpected-end', '     ^', 'Expected a value, found the end of the record'],
    ['{', 'unexpected-end', ' ^', 'Expected a key in double quotes, found the end of the record'],
    [
      '["a',
      'unexpected-end',
      '   ^',
      'Expected the closing quote of a string, found the end of the record',
    ],
    ['[1, ]', 'trailing-comma', '  ^', 'Trailing comma before "]"'],
    ['{"a":1,}', 'trailing-comma', '      ^', 'Trailing comma before "}"'],
    [
      `{'a':1}`,
      'single-quotes',
      ' ^',
      'Expected a key in double quotes, found a single quote, which JSON does not take',
    ],
    ['[True]', 'bare-word', ' ^^^^', 'Expected a value, found "True"'],
    ['[nullx]', 'bare-word', ' ^^^^^', 'Expected a value, found "nullx"'],
    ['[tru', 'bare-word', ' ^^^', 'Expected a value, found "tru"'],
    [
      `[${'x'.repeat(50)}]`,
      'bare-word',
      ` ${'^'.repeat(40)}`,
      `Expected a value, found "${'x'.repeat(40)}"`,
    ],
    [
      '["a\tb"]',
      'control-character',
      '   ^',
      'Control character U+0009 in a string must be escaped',
    ],
    ['["a\u0000"]', 'nul', '   ^', 'NUL character in the text'],
    [
      '["a\u0001"]',
      'control-character',
      '   ^',
      'Control character U+0001 in a string must be escaped',
    ],
    [
      `["${'a'.repeat(30)}\n"]`,
      'control-character',
      `${' '.repeat(32)}^`,
      'Control character U+000A in a string must be escaped',
    ],
    [
      String.raw`["a\xb"]`,
      'bad-escape',
      '   ^^',
      String.raw`"\x" is not an escape that JSON knows`,
    ],
    [
      String.raw`["\u12G4"]`,
      'bad-escape',
      '  ^^',
      String.raw`"\u" is not an escape that JSON knows`,
    ],
    [String.raw`["a\u`, 'bad-escape', '   ^^', String.raw`"\u" is not an escape that JSON knows`],
    ['["a\\', 'bad-escape', '   ^', String.raw`"\" is not an escape that JSON knows`],
    ['[01]', 'bad-number', ' ^^', '"01" is not a number that JSON knows'],
    ['[-]', 'bad-number', ' ^', '"-" is not a number that JSON knows'],
    ['[1.]', 'bad-number', ' ^^', '"1." is not a number that JSON knows'],
    ['[1.5e]', 'bad-number', ' ^^^^', '"1.5e" is not a number that JSON knows'],
    ['[2a]', 'bad-number', ' ^^', '"2a" is not a number that JSON knows'],
    [
      '{"a":1} {"b":2}',
      'second-value',
      '        ^',
      'Expected the end of the record, found a second value',
    ],
    ['1 []', 'second-value', '  ^', 'Expected the end of the record, found a second value'],
    ['{}}', 'unexpected-character', '  ^', 'Expected the end of the record, found "}"'],
    ['{},', 'unexpected-character', '  ^', 'Expected the end of the record, found ","'],
    ['{} x', 'bare-word', '   ^', 'Expected the end of the record, found "x"'],
  ];

  for (const [text, code, carets, message] of table) {
    it(`of ${JSON.stringify(text)} is ${code} at column ${carets.indexOf('^')}`, () => {
      const problem = readJson(text).problem;
      const start = carets.indexOf('^');
      // At the end of the text nothing can be underlined.
      const span = { start, end: Math.min(carets.length, text.length) };
      assert.deepEqual(problem, { code, span, message });
    });
  }

  it('is the first byte that is not UTF-8', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"é😀": "\uFFFD'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ]);
    assert.deepEqual(readJsonBytes(bytes).problem, {
      code: 'invalid-utf8',
      span: { start: 10, end: 11 },
      message: 'Byte 0xFF is not UTF-8',
    });
  });

  it('is the syntax problem where that stands before the first byte that is not UTF-8', () => {
    const bytes = Buffer.from([...Buffer.from('[x, "'), 0xc3, ...Buffer.from('"]')]);
    assert.equal(readJsonBytes(bytes).problem?.code, 'bare-word');
  });

  it('is the byte that is not UTF-8 where it stands instead of a value', () => {
    assert.equal(readJsonBytes(Buffer.from([0x5b, 0x80, 0x5d])).problem?.code, 'invalid-utf8');
  });
});

function assertVerdict(text: string): void {
  let isJson = true;
  try {
    JSON.parse(text);
  } catch {
    isJson = false;
  }
  const { problem } = readJson(text);
  assert.equal(problem === undefined, isJson);
  if (problem) assert.ok(problem.span.start <= problem.span.end && problem.span.end <= text.length);
}

function cutShort([text, at]: [string, number]): string {
  return text.slice(0, at % (text.length + 1));
}

function* eachValue(text: string) {
  const { root } = readJson(text);
  const left = root ? [root] : [];
  for (let value = left.pop(); value; value = left.pop()) {
    yield value;
    left.push(...value.elements());
    for (const member of value.members()) left.push(member.key, member.value);
  }
}
