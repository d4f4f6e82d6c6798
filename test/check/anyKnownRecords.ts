import fc from 'fast-check';
import { createContext } from '../../core/check/context.ts';
import { alikeImages } from '../helpers/alikeImages.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { anyLineEnd, anyTrainingText, tightContext, today } from './anyTraining.ts';

export const context = createContext([{ limits: { minExamples: 1 } }], today);
const lenientContext = createContext([{ severities: { 'json-syntax': 'off' } }], today);
const shortContext = createContext([{ limits: { maxExampleTokens: 300, minExamples: 1 } }], today);

export const anyContext = fc.constantFrom(context, tightContext, shortContext, lenientContext);

/** Insides of JSON strings, sound and not, of lengths on either side of a word of four bytes. */
export const texts = [
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
/** Of more characters than are hashed. */
const longAddress = `https://example.com/a.png?${'abcdefgh'.repeat(600)}`;

export const addresses = [
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
  longAddress,
  ...alikeImages,
];

/** What may be wrong with the form of a record, whatever its texts are; mostly nothing. */
export const faults: ((record: string) => string)[] = [
  ...Array<(record: string) => string>(6).fill((record) => record),
  (record) => record.replace('"role":"assistant"', '"role":"asistant"'),
  (record) => record.replace('"role":"user"', '"role":"User"'),
  (record) => record.replace('"role":"assistant"', '"role":"assistant","weight":2'),
  (record) => record.replace('"role":"user"', '"role":"user","content":"a"'),
  (record) => record.replace('"role":"assistant"', '"role":"assistant","name":"a b"'),
  (record) => record.replace('"type":"text"', '"type":"input_text"'),
  (record) => record.replace('"type":"image_url"', '"type":"input_image"'),
  (record) => record.replace(/,\{"role":"assistant".*/, ']}'),
  (record) => record.replace('{"messages"', '{"messages":[],"messages"'),
  (record) => record.replace(/\]\}$/, ',7,{"role":"user"}]}'),
  (record) => record.replace('{"messages"', '{"id":7,"messages"'),
  (record) => record.replace(/,\{"role":"assistant".*/, '],"answer":"a"}'),
  (record) => record.replace('"role":"user"', '"mood":"glad","role":"user","mood":"sad"'),
  (record) => record.replace(/\}$/, ',"tools":[{"type":"function"}]}'),
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
  const record = fc.tuple(system, content, text).map(([system, content, answer]) => {
    const prompt = system === undefined ? '' : `${message('system', `"${system}"`)},`;
    const messages = `${prompt}${message('user', content)},${message('assistant', `"${answer}"`)}`;
    return `{"messages":[${messages}]}`;
  });
  return fc.tuple(record, fc.constantFrom(...faults)).map(([record, fault]) => fault(record));
}

/** Records that follow a few forms, sound and not; or anything. */
export const anyFile = fc.oneof(
  fc
    .tuple(fc.subarray(texts, { maxLength: 3 }), fc.subarray(addresses, { maxLength: 2 }))
    .chain((known) => fc.array(fc.tuple(recordOf(...known), anyLineEnd), { maxLength: 30 }))
    .map((lines) => lines.flat().join('')),
  anyTrainingText,
);

export function message(role: string, content: string): string {
  return `{"role":"${role}","content":${content}}`;
}

export function image([url, detail]: [string, string | undefined]): string {
  const level = detail === undefined ? '' : `,"detail":"${detail}"`;
  return `{"type":"image_url","image_url":{"url":"${url}"${level}}}`;
}
