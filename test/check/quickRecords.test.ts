import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createContext, type CheckContext } from '../../core/check/context.ts';
import { FileChecker, type FileReport } from '../../core/check/fileChecker.ts';
import { alikeImages } from '../helpers/alikeImages.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { anyLineEnd, anyTrainingText, tightContext, today } from './anyTraining.ts';

const context = createContext([{ limits: { minExamples: 1 } }], today);
const lenientContext = createContext([{ severities: { 'json-syntax': 'off' } }], today);
const shortContext = createContext([{ limits: { maxExampleTokens: 300, minExamples: 1 } }], today);

/** Insides of JSON strings, sound and not, of lengths on either side of a word of four bytes. */
const texts = [
  'a',
  'ab',
  'abc',
  'abcd',
  'A longer text, of more than a few words.',
  'abc'.repeat(50),
  '',
  'a\\nb',
  'abc\\"',
  'abcd\\\\',
  'a\\/b',
  'a/b',
  'caf\\u00e9',
  'café',
  '漢字 😀',
  'a\\ud83d',
  'a\\ud83d\\ude00',
  'a\\u2028b',
  'a\u2028b',
  'a\u0085b',
  'abcd\u2028',
  '龘𪚥'.repeat(200),
  'a\tb',
  'abcd\u0000',
  'a\\x',
  'a\\u12g4',
  'a\\',
  'a"b',
];

const sound = dataUri('png', makeImage('png', 128, 128));
const addresses = [
  'https://example.com/a.png',
  'https://example.com/b.png',
  'https://Example.com/a.png',
  'https://images.example.org/a.png',
  'https://example.com/a.png?sig=1&se=2020-01-01',
  'https://example.com/a b.png',
  'https://example.com/é.png',
  'https:\\/\\/example.com\\/a.png',
  'http://example.com/a.png',
  'https://localhost/a.png',
  'https://example.com',
  'photo.png',
  '',
  sound,
  dataUri('png', makeImage('png', 20, 20)),
  dataUri('gif', makeImage('gif', 128, 128)),
  dataUri('jpeg', makeImage('png', 128, 128)),
  sound.replaceAll('+', '-'),
  `${sound.slice(0, 100)} ${sound.slice(100)}`,
  `${sound.slice(0, 100)}=${sound.slice(101)}`,
  `${sound.slice(0, 100)}é${sound.slice(101)}`,
  `${sound.slice(0, 100)}\\n${sound.slice(101)}`,
  sound.slice(0, -1),
  `${sound}=`,
  sound.slice(0, 400),
  sound.replace(';base64', ''),
  sound.slice(0, sound.indexOf(',')),
  sound.slice(0, sound.indexOf(',') + 1),
  ...alikeImages,
];

/** A record of one of a few forms, from the texts and addresses of its file. */
function recordOf(texts: readonly string[], addresses: readonly string[]): fc.Arbitrary<string> {
  const text = fc.constantFrom('a', ...texts);
  const address = fc.constantFrom('https://example.com/a.png', ...addresses);
  const picture = fc.tuple(address, fc.constantFrom('low', 'low', 'high', undefined)).map(image);
  const shown = fc
    .tuple(text, picture, picture)
    .map(([text, first, second]) => `[{"type":"text","text":"${text}"},${first},${second}]`);
  const content = fc.oneof(
    text.map((text) => `"${text}"`),
    picture.map((part) => `[${part}]`),
    shown,
  );
  const system = fc.option(text, { nil: undefined });
  return fc.tuple(system, content, text).map(([system, content, answer]) => {
    const prompt = system === undefined ? '' : `${message('system', `"${system}"`)},`;
    const messages = `${prompt}${message('user', content)},${message('assistant', `"${answer}"`)}`;
    return `{"messages":[${messages}]}`;
  });
}

const anyFile = fc.oneof(
  fc
    .tuple(fc.subarray(texts, { maxLength: 3 }), fc.subarray(addresses, { maxLength: 2 }))
    .chain((known) => fc.array(fc.tuple(recordOf(...known), anyLineEnd), { maxLength: 30 }))
    .map((lines) => lines.flat().join('')),
  anyTrainingText,
);

describe('A file that can be read again', () => {
  it('has the findings and numbers of one that cannot, although most of its records are not read', () => {
    const anyContext = fc.constantFrom(context, tightContext, shortContext, lenientContext);
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

function message(role: string, content: string): string {
  return `{"role":"${role}","content":${content}}`;
}

function image([url, detail]: [string, string | undefined]): string {
  const level = detail === undefined ? '' : `,"detail":"${detail}"`;
  return `{"type":"image_url","image_url":{"url":"${url}"${level}}}`;
}
