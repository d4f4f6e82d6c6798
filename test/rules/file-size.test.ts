import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FileChecker } from '../../core/check/fileChecker.ts';
import { LinesDocument } from '../../core/check/linesDocument.ts';
import { checkRule, fixtureContext } from '../helpers/checkRule.ts';

const rule = 'file-size';
const record = '{"messages":[{"role":"user","content":"Hi"}]}';
const size = record.length;

describe(rule, () => {
  it('accepts a file of as many bytes as the limit and reports one more', () => {
    checkRule(rule, record, { limits: { maxUploadBytes: size } });
    const message = `File is ${size} bytes; Azure OpenAI takes at most ${size - 1}, through the Uploads API, and refuses it.`;
    checkRule(rule, `${record}\n^ error ${message}`, { limits: { maxUploadBytes: size - 1 } });
  });

  const milder = {
    maxStoredBytes: 'warning Azure OpenAI stores at most 9 of all fine-tuning files together.',
    maxFileBytes: 'warning the Files API takes at most 9 and refuses it, the Uploads API takes it.',
    maxPortalFileBytes:
      'info the portal of Azure OpenAI takes at most 9, the Uploads API takes it.',
    warnFileBytes:
      'info jobs were seen to fail on files over 9 from the Files API, the Uploads API is safer.',
  } as const;
  for (const [name, expected] of Object.entries(milder)) {
    it(`says what it means to pass ${name}`, () => {
      const note = expected.replace(' ', ` File is ${size} bytes; `);
      checkRule(rule, `${record}\n^ ${note}`, { limits: { [name]: 9 } });
    });
  }

  it('reports the gravest of all limits that are passed, once, on the first record', () => {
    const limits = { maxUploadBytes: 9, maxStoredBytes: 8, maxFileBytes: 7, warnFileBytes: 6 };
    const message = `File is ${2 * size + 1} bytes; Azure OpenAI takes at most 9, through the Uploads API, and refuses it.`;
    checkRule(rule, [record, `^ error ${message}`, record].join('\n'), { limits });
  });

  it('has the severity that the settings give it', () => {
    const limits = { maxUploadBytes: 9 };
    const message = `File is ${size} bytes; Azure OpenAI takes at most 9, through the Uploads API, and refuses it.`;
    const severities = { [rule]: 'hint' } as const;
    checkRule(rule, `${record}\n^ hint ${message}`, { limits, severities });
    checkRule(rule, record, { limits, severities: { [rule]: 'off' } });
  });

  it('counts an open text as the bytes of its file, but for a byte order mark', () => {
    const texts = [
      '',
      ' \t',
      record,
      `${record}\r\n \n\r${record}\r`,
      '"é 猫 🐈"\r\n{',
      '\uFEFFé\n',
    ];
    for (const text of texts) {
      const bytes = Buffer.from(text);
      const withoutMark = text.startsWith('\uFEFF') ? bytes.subarray(3) : bytes;
      assert.equal(bytesOfFile(bytes), withoutMark.length);
      assert.equal(bytesOfText(withoutMark.toString()), withoutMark.length);
    }
  });

  it('counts what is not UTF-8 as what an editor saves in its place', () => {
    const broken = Buffer.concat([
      Buffer.from('"é'),
      Buffer.of(0xe9, 0xff),
      Buffer.from('"\n{]\n'),
    ]);
    const twice = Buffer.concat([Buffer.from('{]'), Buffer.of(0xe9), broken]);
    for (const bytes of [broken, twice]) {
      assert.equal(bytesOfFile(bytes), bytesOfText(bytes.toString()));
      assert.equal(bytesOfFile(bytes), Buffer.byteLength(bytes.toString()));
    }
  });
});

function bytesOfFile(bytes: Uint8Array): number {
  const checker = new FileChecker(fixtureContext());
  checker.read(bytes);
  return checker.finish().textBytes;
}

function bytesOfText(text: string): number {
  return LinesDocument.of(text, fixtureContext()).check(() => false).counts.textBytes;
}
