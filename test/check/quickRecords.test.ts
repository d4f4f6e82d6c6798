import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createContext, type CheckContext } from '../../core/check/context.ts';
import { FileChecker, type FileReport } from '../../core/check/fileChecker.ts';
import {
  addresses,
  anyContext,
  anyFile,
  context,
  faults,
  image,
  message,
  texts,
} from './anyKnownRecords.ts';
import { today } from './anyTraining.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';

describe('A file that can be read again', () => {
  it('has the findings and numbers of one that cannot, although most of its records are not read', () => {
    const property = fc.property(anyFile, anyContext, (text, context) => {
      const bytes = Buffer.from(text);
      assert.deepEqual(checkAgain(bytes, context), check(bytes, context));
    });
    fc.assert(property, { seed: 6, numRuns: 400 });
  });

  it('has the same of each image in a record like the one before it', () => {
    for (const detail of ['low', 'high', undefined]) {
      const pictures = ['https://example.com/0.png', ...addresses];
      const records = pictures.map((url) => {
        const question = message('user', `[${image([url, detail])}]`);
        return `{"messages":[${question},${message('assistant', '"Yes."')}]}`;
      });
      const bytes = Buffer.from(records.join('\n'));
      assert.deepEqual(checkAgain(bytes, context), check(bytes, context));
    }
  });

  it('has the same of each image and of each question that comes again, the first one read or not', () => {
    for (const url of addresses) {
      const known = 'https://example.com/0.png';
      const records = [url, url, known, url].map((each) => {
        const question = message('user', `[${image([each, 'low'])}]`);
        return `{"messages":[${question},${message('assistant', '"Yes."')}]}`;
      });
      const bytes = Buffer.from(records.join('\n'));
      assert.deepEqual(checkAgain(bytes, context), check(bytes, context), url);
    }
  });

  it('takes records for copies only where the same value of a key that is given twice counts', () => {
    const question = (members: string): string =>
      `{"messages":[{"role":"user",${members}},${message('assistant', '"Yes."')}]}`;
    const isCopy = [
      ['"content":"a","content":"b"', '"content":"a","content":"b"', true],
      ['"content":"a","content":"b"', '"content":"b","content":"a"', false],
      ['"content":"a","name":"b"', '"name":"b","content":"a"', true],
    ] as const;
    for (const [first, second, isTold] of isCopy) {
      const bytes = Buffer.from(`${question(first)}\n${question(second)}`);
      for (const { findings } of [check(bytes, context), checkAgain(bytes, context)]) {
        const rules = findings.map(({ rule }) => rule);
        assert.equal(rules.includes('duplicate-example'), isTold, second);
      }
    }
  });

  it('has the same of each image by what stands before its base64', () => {
    const sound = dataUri('png', makeImage('png', 128, 128));
    const declarations = [
      'image\\/png',
      'image/png\t',
      'image/png;name=\u2028',
      'image/png;name=é',
      'image/png;name=\\u0061',
      'image/png;name=\\x',
      'image/png;name=a',
    ];
    const lenient = createContext([{ severities: { 'image-media-type': 'off' } }], today);
    for (const declaration of declarations) {
      const url = sound.replace('image/png', declaration);
      const records = [sound, url, url].map((each) => {
        const question = message('user', `[${image([each, 'low'])}]`);
        return `{"messages":[${question},${message('assistant', '"Yes."')}]}`;
      });
      const bytes = Buffer.from(records.join('\n'));
      // Half of a character: no UTF-8.
      const broken = Buffer.from(
        bytes.toString('latin1').replaceAll('name=a', 'name=\xa0'),
        'latin1',
      );
      for (const each of [bytes, broken]) {
        assert.deepEqual(checkAgain(each, lenient), check(each, lenient), declaration);
      }
    }
  });

  it('has the same of each text in a record with the same fault as the one before it', () => {
    for (const fault of faults) {
      const records = texts.map((text) => {
        const shown = `[{"type":"text","text":"${text}"}]`;
        const users = [message('user', `"${text}"`), message('user', shown)].join();
        return fault(`{"messages":[${users},${message('assistant', `"${text}"`)}]}`);
      });
      const bytes = Buffer.from(records.join('\n'));
      assert.deepEqual(checkAgain(bytes, context), check(bytes, context));
    }
  });

  it('has the same system prompts, by what they say, however they are written down', () => {
    const prompt = (role: string, content: string): string => `${message(role, content)},`;
    const parts = '[{"type":"text","text":"Be kind."}]';
    const common = prompt('system', '"Be kind."');
    const named = common.replace('{', '{"name":"a",');
    const isOther = [
      [prompt('developer', '"Be kind."'), false],
      [named, false],
      [prompt('system', parts), false],
      [prompt('system', '""'), false],
      [prompt('system', '"Be"') + prompt('system', '"kind."'), true],
      [prompt('system', '"Be kind"'), true],
    ] as const;
    for (const [other, isTold] of isOther) {
      const records = [...Array<string>(10).fill(common), other].map((system, index) => {
        const question = message('user', `"Question ${index}"`);
        return `{"messages":[${system}${question},${message('assistant', '"Yes."')}]}`;
      });
      const bytes = Buffer.from(records.join('\n'));
      const report = checkAgain(bytes, context);
      assert.deepEqual(report, check(bytes, context));
      const rules = report.findings.map(({ rule }) => rule);
      assert.equal(rules.includes('system-prompt-drift'), isTold, other);
    }
  });

  it('has the same whatever the size of its chunks', () => {
    const property = fc.property(anyFile, fc.integer({ min: 1, max: 99 }), (text, chunkSize) => {
      const bytes = Buffer.from(text);
      assert.deepEqual(checkAgain(bytes, context, chunkSize), checkAgain(bytes, context));
    });
    fc.assert(property, { seed: 7, numRuns: 60 });
  });

  it('has its separators and copies told wherever they stand in a string, however it is escaped', () => {
    const words = ['', 'a', 'ab', 'abc', 'abcd', 'abcde'];
    const strings = words.flatMap((word) => [
      `${word}.`,
      `${word}\\u00e9`,
      `${word}é`,
      `${word}\u2028`,
    ]);
    const lines = strings.map((text) => {
      const messages = `${message('user', `"${text}"`)},${message('assistant', '"Yes."')}`;
      return `{"messages":[${messages}]}`;
    });
    const { findings } = checkAgain(Buffer.from(lines.join('\n')), context);
    const rules = findings.map(({ rule, range }) => `${range.start.line % 4} ${rule}`);
    assert.deepEqual(
      rules,
      words.flatMap(() => ['2 duplicate-example', '3 text-encoding']),
    );
  });

  it('has the same where its bytes are not UTF-8', () => {
    const property = fc.property(anyFile, fc.nat(), (text, at) => {
      const bytes = Buffer.from(text);
      bytes[at % (bytes.length + 1)] = 0xe9;
      assert.deepEqual(checkAgain(bytes, context), check(bytes, context));
    });
    fc.assert(property, { seed: 8, numRuns: 100 });
  });
});

function check(bytes: Buffer, context: CheckContext): FileReport {
  const checker = new FileChecker(context);
  checker.read(bytes);
  return checker.finish();
}

function checkAgain(bytes: Buffer, context: CheckContext, chunkSize = bytes.length): FileReport {
  const reread = (offset: number, length: number) => bytes.subarray(offset, offset + length);
  const checker = new FileChecker(context, Infinity, reread);
  for (let at = 0; at < bytes.length; at += chunkSize) {
    checker.read(bytes.subarray(at, at + chunkSize));
  }
  return checker.finish();
}
