import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FileChecker, type FileReport } from '../../core/check/fileChecker.ts';
import { LinesDocument } from '../../core/check/linesDocument.ts';
import type { CheckOptions } from '../../core/check/options.ts';
import { checkFix, checkRule, fixtureContext, noFinding } from '../helpers/checkRule.ts';

const rule = 'text-encoding';
const record =
  '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes."}]}';

describe(rule, () => {
  it('accepts any character that ends no line, and the others as escapes', () => {
    noFinding(record.replace('Hi', String.raw`é漢😀\u2028\u2029\u0085\u0000` + '\u00a0\ufeff'));
  });

  for (const code of ['2028', '2029', '0085']) {
    const character = String.fromCharCode(parseInt(code, 16));

    it(`warns of U+${code} in a string, once a record`, () => {
      checkRule(
        rule,
        `
        {"messages":[{"role":"user","content":"a${character}b${character}"},{"role":"assistant","content":"Yes."}]}
                                                ^ warning U+${code} in a string ends the line for some readers, Python's splitlines among them; expected an escape.
        `,
      );
    });

    it(`writes every U+${code} of the record as an escape`, () => {
      checkFix(
        rule,
        record.replace('Hi', `${character}a${character}`),
        record.replace('Hi', `\\u${code}a\\u${code}`),
      );
    });
  }

  it('reports a NUL in a string or beside one, in the place of json-syntax', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"a\0"}]}
                                              ^ error NUL character in the text; expected text in UTF-8; the service refuses the file.
      \0
      ^ error NUL character in the text; expected text in UTF-8; the service refuses the file.
      `,
    );
  });

  it('reports the first byte of a record that is not UTF-8, in the place of json-syntax', () => {
    const bytes = Buffer.from(record.replace('Hi', 'caf\xe9 \xff'), 'latin1');
    assert.deepEqual(findings(bytes), [
      `0:${record.indexOf('Hi') + 3} error Byte 0xE9 is not UTF-8; expected text in UTF-8; the service refuses the file.`,
    ]);
  });

  it('leaves a problem of syntax before that byte to json-syntax', () => {
    assert.deepEqual(findings(Buffer.from('{"a":x,"b":"\xe9"}', 'latin1')), []);
  });

  it('reports a byte order mark where the provider does not ask for one', () => {
    const message =
      'File begins with a byte order mark, which OpenAI does not ask for; some readers take it for a part of the first record.';
    const text = `\ufeff${record}`;
    assert.deepEqual(findings(text, { profile: 'openai' }), [`0:0 info ${message}`]);
    assert.deepEqual(findings(text, { profile: 'azure' }), []);
    assert.deepEqual(findings(record, { profile: 'azure' }), []);
  });

  it('warns of lines that a carriage return alone ends, once a file', () => {
    const rest =
      'a reader that ends lines at line feeds finds several records on one line; expected LF or CR LF.';
    assert.deepEqual(findings(`${record}\r\n${record}\r${record}\n`), [
      `1:0 warning Line ends in a carriage return alone; ${rest}`,
    ]);
    assert.deepEqual(findings(`${record}\n${record}\r${record}\r${record}`), [
      `1:0 warning 2 lines from this one on end in a carriage return alone; ${rest}`,
    ]);
  });

  it('says of a UTF-16 file that it is one, and nothing else of it', () => {
    const text = `${record}\r\n\n${record}`;
    const message =
      'File is UTF-16; expected text in UTF-8: save it in that encoding; the service refuses the file.';
    const littleEndian = Buffer.from(text, 'utf16le');
    for (const bytes of [littleEndian, Buffer.from(littleEndian).swap16()]) {
      const marks = littleEndian === bytes ? [0xff, 0xfe] : [0xfe, 0xff];
      for (const content of [bytes, Buffer.concat([Buffer.from(marks), bytes])]) {
        const { findings: found, records, counts } = check(content);
        assert.deepEqual(
          found.map(({ range: { start, end }, ...finding }) => ({ ...finding, start, end })),
          [
            {
              rule,
              severity: 'error',
              message,
              start: { line: 0, character: 0 },
              end: { line: 0, character: 0 },
            },
          ],
        );
        assert.deepEqual([records, counts.error], [0, 1]);
      }
    }
  });

  it('tells a UTF-16 file in chunks of one byte, and takes no shorter file for one', () => {
    const checker = new FileChecker(fixtureContext());
    for (const byte of Buffer.from(record, 'utf16le')) checker.read(Uint8Array.of(byte));
    assert.equal(checker.finish().counts.error, 1);
    assert.deepEqual(findings('{\0'), [
      '0:1 error NUL character in the text; expected text in UTF-8; the service refuses the file.',
    ]);
    assert.deepEqual(findings('\ufeff'), []);
  });

  it('marks nothing on a line that holds nothing', () => {
    const cases = [
      ['\ufeff', 0],
      ['\ufeff\n', 0],
      [`${record}\n\r${record}`, 1],
    ] as const;
    for (const [text, line] of cases) {
      const context = fixtureContext({ profile: 'openai' });
      const place = { line, character: 0 };
      const streamed = check(text, { profile: 'openai' }).findings;
      const opened = LinesDocument.of(text.replace('\ufeff', ''), context)
        .withSaved({
          hasByteOrderMark: text.startsWith('\ufeff'),
          loneReturns: line,
          firstLoneReturn: line || undefined,
          invalidBytes: [],
        })
        .check(() => false)
        .gravestFindings(Infinity);
      for (const found of [streamed, opened]) {
        assert.deepEqual(
          found.filter((finding) => finding.rule === rule).map(({ range }) => range),
          [{ start: place, end: place }],
          JSON.stringify(text),
        );
      }
    }
  });

  it('is silent when switched off', () => {
    const off = { severities: { [rule]: 'off' as const } };
    assert.deepEqual(findings(`\ufeff${record}\r\u2028\0\r`, { profile: 'openai', ...off }), []);
  });
});

/** `line:character severity message` of what the rule finds in the bytes of a file, from 0. */
function findings(content: string | Uint8Array, options: CheckOptions = {}): string[] {
  return check(content, options)
    .findings.filter((finding) => finding.rule === rule)
    .map(({ range: { start }, severity, message }) => {
      return `${start.line}:${start.character} ${severity} ${message}`;
    });
}

function check(content: string | Uint8Array, options: CheckOptions = {}): FileReport {
  const checker = new FileChecker(fixtureContext(options));
  checker.read(Buffer.from(content));
  return checker.finish();
}
