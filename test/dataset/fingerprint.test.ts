import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fingerprintOf, type Fingerprint } from '../../core/dataset/fingerprint.ts';
import { readExample } from '../../core/record/example.ts';
import { readJson } from '../../core/record/readJson.ts';
import { alikeImages } from '../helpers/alikeImages.ts';

const image = '{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}';
const user = `{"role":"user","content":[{"type":"text","text":"What?"},${image}]}`;
const assistant = '{"role":"assistant","content":"A cat."}';
const record = `{"messages":[{"role":"system","content":"Be brief."},${user},${assistant}]}`;

describe('The fingerprint of an example', () => {
  const same: readonly (readonly [title: string, text: string])[] = [
    [
      'white space between tokens',
      record.replaceAll(':', ' :\t').replaceAll('https :\t', 'https:'),
    ],
    ['an escape instead of a character', record.replace('What?', String.raw`\u0057hat?`)],
    [
      'the order of keys in a message',
      record.replace(
        '"role":"assistant","content":"A cat."',
        '"content":"A cat.","role":"assistant"',
      ),
    ],
    ['the spelling of a key', record.replace('"messages"', String.raw`"\u006dessages"`)],
  ];
  for (const [title, text] of same) {
    it(`is the same whatever ${title}`, () => {
      assert.deepEqual(digestsOf(text), digestsOf(record));
    });
  }

  const different: readonly (readonly [title: string, text: string, parts: string[]])[] = [
    ['a question', record.replace('What?', 'What ?'), ['question']],
    ['an image', record.replace('a.png', 'b.png'), ['question', 'images']],
    [
      'the place of an image',
      record.replace(
        `{"type":"text","text":"What?"},${image}`,
        `${image},{"type":"text","text":"What?"}`,
      ),
      ['question'],
    ],
    ['an answer', record.replace('A cat.', 'A dog.'), ['answer']],
    ['a weight', record.replace('"A cat."', '"A cat.","weight":0'), ['answer']],
    ['a system prompt', record.replace('brief', 'long'), ['question', 'system']],
    ['tools', record.replace('{"messages"', '{"tools":[{}],"messages"'), ['question']],
    [
      'how values are nested',
      record.replace('"Be brief."', '["Be brief."]'),
      ['question', 'system'],
    ],
    [
      'a message more',
      record.replace(assistant, `${assistant},${user},${assistant}`),
      ['question', 'images'],
    ],
  ];
  for (const [title, text, parts] of different) {
    it(`differs in ${parts.join(' and ')} where ${title} does`, () => {
      const [a, b] = [digestsOf(text), digestsOf(record)];
      const found = Object.keys(a).filter((key) => String(a[key]) !== String(b[key]));
      assert.deepEqual(found, parts);
    });
  }

  it("has no answer where the last message is not the assistant's, and no system prompt where there is none", () => {
    const { answer, system } = fingerprint(`{"messages":[${user}]}`);
    assert.deepEqual([answer, system], [undefined, undefined]);
  });

  it('places the answer on its first character and an image on all of its address', () => {
    const { answer, images } = fingerprint(record);
    assert.equal(answer?.place.start, record.indexOf(assistant));
    assert.deepEqual(
      images.map(({ span: { start, end } }) => record.slice(start, end)),
      ['"https://example.com/a.png"'],
    );
  });

  it('takes samples of a long image, so that two may be alike that are not the same', () => {
    const [first, second] = alikeImages.map((url) =>
      fingerprint(record.replace('https://example.com/a.png', url)),
    );
    assert.deepEqual(digests(first), digests(second));
    assert.deepEqual(
      first?.images.map(({ isSampled }) => isSampled),
      [true],
    );
    const longer = fingerprint(record.replace('https://example.com/a.png', `${alikeImages[0]}A`));
    assert.notEqual(longer.images[0]?.digest, first.images[0]?.digest);
  });

  it('of an example with 100,000 messages or images takes a time that grows with the text', () => {
    const many = `{"messages":[${`${user},`.repeat(50_000)}${assistant}]}`;
    assert.equal(fingerprint(many).images.length, 50_000);
  });
});

function fingerprint(text: string): Fingerprint {
  const example = readExample(readJson(text));
  assert.ok(example);
  return fingerprintOf(example);
}

function digestsOf(text: string): Record<string, unknown> {
  return digests(fingerprint(text));
}

function digests(found: Fingerprint | undefined): Record<string, unknown> {
  const { question, answer, system, images = [] } = found ?? {};
  return { question, answer: answer?.digest, system, images: images.map(({ digest }) => digest) };
}
