import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyEdits } from '../../core/fixes/jsonEdits.ts';
import { repairJson } from '../../core/fixes/repairJson.ts';
import { anyRecordValue, asPython, breakageNames, breakRecord } from './brokenRecord.ts';

describe('repairJson', () => {
  for (const name of breakageNames) {
    it(`gives back the record that had a ${name}, and is certain of it`, () => {
      const { broken, meant } = breakRecord(name);
      const fix = repairJson(broken);
      assert.ok(fix, `No repair of ${broken}`);
      assert.deepEqual(JSON.parse(applyEdits(broken, fix.edits)), meant);
      assert.equal(fix.isCertain, true);
    });
  }

  const table: [what: string, broken: string, repaired: string][] = [
    ['a missing bracket inside', '{"messages":[{"a":[1,2}]}', '{"messages":[{"a":[1,2]}]}'],
    ['a missing brace before a bracket', '{"messages":[{"a":1]}', '{"messages":[{"a":1}]}'],
    ['a bracket that closes nothing', '{"messages":[1}]}', '{"messages":[1]}'],
    [
      'an escape that only Python knows',
      String.raw`{"messages":["\'\x41"]}`,
      String.raw`{"messages":["'\u0041"]}`,
    ],
    ['a tab in a string', '{"messages":["a\tb\u0001"]}', String.raw`{"messages":["a\tb\u0001"]}`],
    [
      'a trailing comma before a missing bracket',
      '{"messages":[{"a":1,]}',
      '{"messages":[{"a":1}]}',
    ],
    ['white space that JSON does not know', '{\u00a0"messages"\u3000:[]\ufeff}', '{"messages":[]}'],
  ];

  for (const [what, broken, repaired] of table) {
    it(`repairs ${what}`, () => {
      const fix = repairJson(broken);
      assert.equal(fix && applyEdits(broken, fix.edits), repaired);
      assert.equal(fix?.isCertain, true);
      assert.match(fix.title, /^Repair the JSON: /);
    });
  }

  const choices: [what: string, broken: string, repaired: string][] = [
    ['a comment', '{"messages":[]} // none yet', '{"messages":[]} '],
    ['a comment of many characters', '{"messages":/* none */[]}', '{"messages":[]}'],
    [
      'an escape that nobody knows',
      String.raw`{"messages":["C:\scans"]}`,
      String.raw`{"messages":["C:\\scans"]}`,
    ],
    ['an object that is no training record', '{"role":"user",}', '{"role":"user"}'],
  ];

  for (const [what, broken, repaired] of choices) {
    it(`offers to repair ${what}, and is not certain`, () => {
      const fix = repairJson(broken);
      assert.equal(fix && applyEdits(broken, fix.edits), repaired);
      assert.equal(fix?.isCertain, false);
    });
  }

  it('gives each of several records a line, without what stood between them', () => {
    const broken = '{"messages":[1]}{"messages":[2,]} , {"messages":[3]},';
    const fix = repairJson(broken);
    assert.equal(fix?.title, 'Give each of the 3 records a line of its own');
    assert.equal(fix.line, 'split');
    assert.equal(
      applyEdits(broken, fix.edits),
      '{"messages":[1]}\n{"messages":[2]}\n{"messages":[3]}',
    );
  });

  const hopeless = [
    '{"messages":["He said "hi" to me"]}',
    "{'messages':['It's fine']}",
    '{"messages":["cut off',
    '{"messages":[1,',
    '{"messages":[{"role":',
    '{"messages":[{"role"',
    '{"messages":[01]}',
    '{"messages":[NaN]}',
    '{"messages":[undefined]}',
    '{"messages":["a" "b"]}',
    '{"messages":[,1]}',
    '{"messages":["\u0000"]}',
    '{"messages":[]} [1]',
    '[1,]',
    'None',
    '"messages":[]}',
    '',
    '{',
  ];

  for (const text of hopeless) {
    it(`leaves ${JSON.stringify(text)} alone, which can be meant in several ways or in none`, () => {
      assert.equal(repairJson(text), undefined);
    });
  }

  it('reads whatever Python writes', () => {
    fc.assert(
      fc.property(anyRecordValue, (value) => {
        const python = asPython(value);
        const fix = repairJson(python);
        assert.ok(fix, python);
        assert.deepEqual(JSON.parse(applyEdits(python, fix.edits)), value);
        assert.equal(fix.isCertain, true);
      }),
      { seed: 20261121, numRuns: 1000 },
    );
  });

  it('never throws, and what it offers is JSON, whatever the text', () => {
    const tokens = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      "'",
      '\\',
      'a',
      '"messages"',
      'None',
      '1',
      '\n',
      '\u00a0',
      '//',
      '/*',
      '*/',
      '#',
      '\t',
      'x4',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...tokens), { maxLength: 30 }), (parts) => {
        const text = `{${parts.join('')}`;
        const fix = repairJson(text);
        if (!fix) return;
        const lines = applyEdits(text, fix.edits);
        for (const line of fix.line === 'split' ? lines.split('\n') : [lines]) JSON.parse(line);
      }),
      { seed: 20261122, numRuns: 5000 },
    );
  });

  it('takes a time that grows with the text, not with its square', () => {
    for (const [start, piece] of [
      ['', '{}'],
      ['{"messages":[', '{"a":1} '],
      ["{'messages':['", '"'],
      ['{"messages":["', String.raw`\x41`],
      ['{', '/*'],
      ['{"messages":[', '\u00a0,'],
    ] as const) {
      repairJson(start + piece.repeat(100_000));
    }
  });
});
