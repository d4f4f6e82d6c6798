import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createContext } from '../../core/check/context.ts';
import { FileChecker, type FileReport } from '../../core/check/fileChecker.ts';
import { goodRecord, imageRecord, imageRecords, tightContext, today } from './anyTraining.ts';

const context = createContext([{ limits: { minExamples: 1 } }], today);

describe('FileChecker', () => {
  it('reports the same whatever the size of the chunks', () => {
    const lines = [
      goodRecord,
      '{"messages":"é😀"}',
      '',
      'oops\r',
      ' ',
      imageRecord,
      `${imageRecord}\r`,
      `${goodRecord.replace('Hi', 'a')}\r${goodRecord.replace('Hi', 'b\u2028')}\r\r`,
      goodRecord.replace('Hi', '😀\u0085\\ud83d'),
      '[1,',
    ];
    const bytes = Buffer.concat([
      Buffer.from(`\uFEFF${lines.join('\n')}`),
      Buffer.from([0x22, 0xff]),
    ]);
    const whole = check(bytes, { chunkSize: bytes.length });
    assert.deepEqual(placed(whole.findings), [
      '1:12 record-shape',
      '2:0 blank-line',
      '3:0 json-syntax',
      '4:0 blank-line',
      '6:0 duplicate-example',
      '7:0 text-encoding',
      '8:40 text-encoding',
      '9:0 blank-line',
      '10:41 text-encoding',
      '11:4 text-encoding',
    ]);
    for (let chunkSize = 1; chunkSize < 100; chunkSize++) {
      assert.deepEqual(check(bytes, { chunkSize }), whole);
      assert.deepEqual(check(bytes, { chunkSize, canReread: true }), whole);
    }
  });

  it('lists as many findings as it may, the gravest, and counts all of them', () => {
    const text = [
      imageRecord.replace('low', 'high'),
      'oops',
      imageRecord.replace('a.png","detail":"low', 'b.png","detail":"tiny'),
      'oops',
    ].join('\n');
    const { findings, counts } = check(text, { maxFindings: 2 });
    assert.deepEqual(
      findings.map(({ range }) => range.start.line),
      [1, 3],
    );
    assert.deepEqual(counts, { error: 2, warning: 1, info: 0, hint: 1 });
    assert.deepEqual(check(text, { maxFindings: 0 }).findings, []);
    assert.deepEqual(check(text, { maxFindings: 0 }).counts, counts);
  });

  it('counts records, images and records with images', () => {
    const { records, images, imageExamples, bytes } = check(
      `\n${goodRecord}\n${imageRecord}\noops\n\n`,
    );
    assert.deepEqual(
      { records, images, imageExamples },
      { records: 3, images: 1, imageExamples: 1 },
    );
    assert.equal(bytes, goodRecord.length + imageRecord.length + 'oops'.length + 5);
  });

  it('reports too many image examples on the first past the limit', () => {
    const { findings } = check(imageRecords(5), { context: tightContext });
    assert.deepEqual(placed(findings), ['3:0 too-many-image-examples']);
  });

  it('leaves out what is switched off', () => {
    const off = createContext(
      [{ severities: { 'json-syntax': 'off', 'too-few-examples': 'hint' } }],
      today,
    );
    const { findings, counts } = check('oops', { context: off });
    assert.deepEqual(placed(findings), ['0:0 too-few-examples']);
    assert.deepEqual(counts, { error: 0, warning: 0, info: 0, hint: 1 });
  });

  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  const table: [title: string, input: string | Buffer, findings: string[]][] = [
    ['an empty file', '', ['0:0 too-few-examples']],
    [
      'only blank lines',
      '\n \r\n\t\r\r\n',
      [
        '0:0 too-few-examples',
        '0:0 blank-line',
        '1:0 blank-line',
        '2:0 text-encoding',
        '2:0 blank-line',
        '3:0 blank-line',
      ],
    ],
    ['only a byte order mark', '\uFEFF', ['0:0 too-few-examples']],
    ['a byte order mark before a record', `\uFEFF${goodRecord}`, []],
    ['a byte order mark inside a file', `${goodRecord}\n\uFEFF${goodRecord}`, ['1:0 json-syntax']],
    ['CR LF', `${goodRecord}\r\noops\r\n`, ['1:0 json-syntax']],
    ['a lone CR', `${goodRecord}\roops\r`, ['0:0 text-encoding', '1:0 json-syntax']],
    ['U+2028 in a string', goodRecord.replace('Hi', '\u2028'), ['0:39 text-encoding']],
    ['U+2028 between values', `\u2028${goodRecord}`, ['0:0 json-syntax']],
    ['a NUL in a string', goodRecord.replace('Hi', '\u0000'), ['0:39 text-encoding']],
    ['a NUL for a record', `\u0000\n${goodRecord}`, ['0:0 text-encoding']],
    ['a byte that is not UTF-8', latin1(goodRecord.replace('Hi', '\xe9')), ['0:39 text-encoding']],
    [
      'a byte that is not UTF-8 behind one character of four bytes',
      Buffer.concat([Buffer.from('["😀'), latin1('\xff"]')]),
      ['0:4 text-encoding'],
    ],
    ['UTF-16', Buffer.from(`\uFEFF${goodRecord}`, 'utf16le'), ['0:0 text-encoding']],
    ['half a surrogate pair as an escape', goodRecord.replace('Hi', String.raw`\ud83d`), []],
    [
      'half a surrogate pair in UTF-8',
      latin1(goodRecord.replace('Hi', '\xed\xa0\xbd')),
      ['0:39 text-encoding'],
    ],
    ['a key "__proto__"', '{"__proto__":{"messages":[]}}', ['0:0 record-shape']],
    [
      'a key twice, the last one wrong',
      `${goodRecord.slice(0, -1)},"messages":7}`,
      ['0:86 duplicate-key', '0:97 record-shape'],
    ],
    ['a number for a record', '7', ['0:0 record-shape']],
    ['100,000 nested arrays', '['.repeat(100_000), ['0:100000 json-syntax']],
  ];

  for (const [title, input, expected] of table) {
    it(`places what is wrong with ${title}, and throws at nothing`, () => {
      assert.deepEqual(placed(check(input).findings), expected);
    });
  }

  it('reads a line of 14 MB', () => {
    const long = goodRecord.replace('Hi', 'A'.repeat(14e6));
    const { findings, records, bytes } = check(`${goodRecord}\n${long}\n${long}x\n${imageRecord}`, {
      chunkSize: 65_536,
    });
    assert.deepEqual(placed(findings), ['1:12 example-too-long', `2:${long.length} json-syntax`]);
    assert.equal(records, 4);
    assert.equal(bytes, goodRecord.length + 2 * long.length + imageRecord.length + 4);
  });
});

interface CheckSettings {
  readonly context?: typeof context;
  readonly maxFindings?: number;
  readonly chunkSize?: number;
  readonly canReread?: boolean;
}

function check(input: string | Buffer, settings: CheckSettings = {}): FileReport {
  const bytes = Buffer.from(input);
  const { chunkSize = 1000, maxFindings } = settings;
  const reread = settings.canReread
    ? (offset: number, length: number) => bytes.subarray(offset, offset + length)
    : undefined;
  const checker = new FileChecker(settings.context ?? context, maxFindings, reread);
  for (let at = 0; at < bytes.length; at += chunkSize)
    checker.read(bytes.subarray(at, at + chunkSize));
  return checker.finish();
}

/** Each as `line:character rule`, counted from 0. */
function placed(findings: FileReport['findings']): string[] {
  return findings.map(({ rule, range: { start } }) => `${start.line}:${start.character} ${rule}`);
}
