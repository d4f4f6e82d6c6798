import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { imagesOf, placeOf, readExample, type Example } from '../../core/record/example.ts';
import { readJson } from '../../core/record/readJson.ts';

describe('readExample', () => {
  /** What is read of each text: role, then types of the parts, `*` on those with an image; messages apart by bars. */
  const table: [title: string, text: string, expected: string][] = [
    ['a message with a string', '{"messages":[{"role":"user","content":"Hi."}]}', 'user:'],
    [
      'text parts',
      '{"messages":[{"role":"user","content":[{"type":"text","text":"Hi."}]}]}',
      'user: text',
    ],
    [
      'an image',
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]}',
      'user: image_url*',
    ],
    [
      'an image given as a string',
      '{"messages":[{"content":[{"type":"image_url","image_url":"x"}]}]}',
      '?: image_url*',
    ],
    [
      'an image without an address',
      '{"messages":[{"content":[{"type":"image_url","image_url":{}}]}]}',
      '?: image_url',
    ],
    [
      'an address that is no string',
      '{"messages":[{"content":[{"type":"image_url","image_url":{"url":7}}]}]}',
      '?: image_url',
    ],
    [
      'an image_url that is an array',
      '{"messages":[{"content":[{"type":"image_url","image_url":["x"]}]}]}',
      '?: image_url',
    ],
    [
      'an image_url under another type',
      '{"messages":[{"content":[{"type":"text","image_url":{"url":"x"}}]}]}',
      '?: text',
    ],
    ['a part without a type', '{"messages":[{"content":[{"image_url":{"url":"x"}}]}]}', '?: ?'],
    ['a type that is no string', '{"messages":[{"content":[{"type":["image_url"]}]}]}', '?: ?'],
    ['parts that are no objects', '{"messages":[{"content":["a",1,null,["b"]]}]}', '?: ? ? ? ?'],
    [
      'content that is one part, not in an array',
      '{"messages":[{"content":{"type":"text"}}]}',
      '?:',
    ],
    ['a role that is no string', '{"messages":[{"role":1},{"role":null}]}', '?: | ?:'],
    ['a role spelled with escapes', String.raw`{"messages":[{"r\u006fle":"us\u0065r"}]}`, 'user:'],
    [
      'elements that are no objects',
      '{"messages":["a",{"role":"user"},[{"role":"user"}],null]}',
      'user:',
    ],
    ['no messages', '{}', ''],
    ['messages that are an object', '{"messages":{"role":"user"}}', ''],
    ['messages that are a string', '{"messages":"user"}', ''],
    ['messages in messages', '{"messages":[{"messages":[{"role":"user"}]}]}', '?:'],
    ['messages further down', '{"a":{"messages":[{"role":"user"}]}}', ''],
    [
      'the last of two messages',
      '{"messages":[{"role":"user"}],"messages":[{"role":"tool"}]}',
      'tool:',
    ],
    ['an array', '[{"messages":[{"role":"user"}]}]', ''],
    ['a string', '"messages"', ''],
    [
      'a record that is cut short',
      '{"messages":[{"role":"user","content":[{"type":"text"},{"type":"ima',
      'user: text ?',
    ],
  ];

  for (const [title, text, expected] of table) {
    it(`reads ${title}`, () => {
      assert.equal(summarize(read(text)), expected);
    });
  }

  it('has nothing to read where there is no value', () => {
    assert.equal(readExample(readJson('  ')), undefined);
    assert.equal(readExample(readJson('oops')), undefined);
  });

  it('counts messages among all elements and parts among all parts', () => {
    const example = read('{"messages":[7,{"content":["a",{"type":"text"}]}]}');
    assert.deepEqual(
      example.messages.map(({ index }) => index),
      [1],
    );
    assert.deepEqual(
      example.messages[0]?.parts.map(({ index }) => index),
      [0, 1],
    );
  });

  it('gives each part its message, so that an image knows its role', () => {
    const example = read(
      '{"messages":[{"role":"assistant","content":[{"type":"image_url","image_url":"x"}]}]}',
    );
    assert.deepEqual(
      [...imagesOf(example)].map(({ part }) => part.message.role),
      ['assistant'],
    );
  });

  it('gives all images in the order of the text, with their detail', () => {
    const image = (url: string, detail: string) =>
      `{"type":"image_url","image_url":{"url":"${url}"${detail}}}`;
    const [a, b, c] = [image('a', ''), image('b', ',"detail":"low"'), image('c', ',"detail":{}')];
    const example = read(`{"messages":[{"content":[${a},${b}]},{"content":[${c}]}]}`);
    assert.deepEqual(
      [...imagesOf(example)].map(({ image }) => [
        image.url.asString(),
        image.detail?.asString() ?? image.detail?.kind,
      ]),
      [
        ['a', undefined],
        ['b', 'low'],
        ['c', 'object'],
      ],
    );
  });
});

describe('placeOf', () => {
  it('is the whole of a short value', () => {
    assert.equal(placed('  "user" '), '"user"');
    assert.equal(placed('-1.5e3'), '-1.5e3');
  });

  it('is the opening bracket of an object or array', () => {
    assert.equal(placed(' {"a": 1}'), '{');
    assert.equal(placed('[1, 2]'), '[');
  });

  it('is the first 80 characters of a long string', () => {
    assert.equal(placed(`"${'x'.repeat(100)}"`), `"${'x'.repeat(79)}`);
  });
});

function read(text: string): Example {
  const example = readExample(readJson(text));
  assert.ok(example);
  return example;
}

function summarize({ messages }: Example): string {
  return messages
    .map(({ role = '?', parts }) =>
      [`${role}:`, ...parts.map(({ type = '?', image }) => type + (image ? '*' : ''))].join(' '),
    )
    .join(' | ');
}

function placed(text: string): string {
  const { start, end } = placeOf(read(text).root);
  return text.slice(start, end);
}
