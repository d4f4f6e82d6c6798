import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeConversions, listConversions } from '../../client/repair/conversionWords.ts';
import { embedBytes, restoreBytes } from '../../core/image/embedBytes.ts';
import { addressOf, readAddresses, readBase, writeImageMap } from '../../core/image/imageMap.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';

const base = 'https://example.com/a%20b/';

describe('the map of extracted images', () => {
  it('gives back the file of each address that was written, whatever its name', () => {
    const names = ['train-record1-image1.png', 'Übung #2 100%.jpg', 'a?b&c.webp'];
    const images = new Map(names.map((name) => [name, [{ record: 1, image: 1 }]]));
    const read = readAddresses(writeImageMap({ base, images }, 'train.jsonl'));
    assert.deepEqual(
      names.map((name) => read?.get(addressOf(base, name))),
      names,
    );
    assert.equal(read?.get('https://example.com/other.png'), undefined);
  });

  it('says for people where each image was', () => {
    const images = new Map([['a.png', [{ record: 3, image: 1 }]]]);
    assert.deepEqual(JSON.parse(writeImageMap({ base, images }, 'train.jsonl')), {
      source: 'train.jsonl',
      base,
      images: { 'a.png': [{ record: 3, image: 1 }] },
    });
  });

  it('leads to no file outside of its folder', () => {
    const names = ['../secret.png', '/etc/passwd', '..', '.', 'a\\b.png', 'C:a.png', 'a\0.png', ''];
    const images = Object.fromEntries(names.map((name) => [name, []]));
    assert.deepEqual(readAddresses(JSON.stringify({ base, images })), new Map());
  });

  it('is nothing else than that', () => {
    const others = [
      '',
      '[]',
      'null',
      '1',
      '{}',
      '{"base": 1, "images": {}}',
      '{"base": "http://example.com", "images": {}}',
      '{"base": "https://example.com", "images": null}',
    ];
    for (const json of others) assert.equal(readAddresses(json), undefined, json);
  });
});

describe('the address of a folder', () => {
  it('is https, ends in a slash, and has nothing behind it', () => {
    assert.equal(readBase(' https://example.com/images '), 'https://example.com/images/');
    assert.equal(readBase('https://example.com'), 'https://example.com/');
    for (const text of [
      '',
      'images/',
      'http://example.com/',
      'https://a:b@example.com/',
      'https://example.com/?a',
      'https://example.com/#a',
      'data:,',
    ]) {
      assert.equal(readBase(text), undefined, text);
    }
  });
});

describe('bytes that are to be embedded', () => {
  const maxBytes = 10_000_000;
  const gif = makeImage('gif', 64, 48);
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heicmif1', 'latin1');

  it('become a data URI of the type that they have', () => {
    const png = makeImage('png', 64, 48);
    assert.deepEqual(embedBytes(png, maxBytes), {
      kind: 'embedded',
      uri: dataUri('png', png),
      byteLength: png.length,
      wantsRepair: false,
    });
  });

  it('are told to want a repair where there is one', () => {
    const embedding = embedBytes(gif, maxBytes);
    assert.ok(embedding.kind === 'embedded' && embedding.wantsRepair);
    assert.equal(embedding.uri, dataUri('gif', gif));
  });

  it('are left where nothing could be made of them, unless they stood there before', () => {
    assert.deepEqual(embedBytes(heic, maxBytes), {
      kind: 'left',
      reason: 'HEIC cannot be converted here; export it as JPEG',
    });
    const restored = restoreBytes(heic, maxBytes);
    assert.ok(restored.kind === 'embedded' && !restored.wantsRepair);
    const html = Buffer.from('<!doctype html><p>Not found');
    for (const put of [embedBytes, restoreBytes]) assert.equal(put(html, maxBytes).kind, 'left');
  });
});

describe('the words about images that change their form', () => {
  const conversions = [
    { kind: 'converted', line: 1, image: 1, words: 'b.png', byteLength: 2000 },
    { kind: 'left', line: 0, image: 0, reason: 'the server answered 404 Not Found' },
    { kind: 'converted', line: 1, image: 0, words: 'a.png', byteLength: 1000 },
  ] as const;

  it('tell how many there are, and how many bytes', () => {
    assert.equal(
      describeConversions(conversions, 'embedded'),
      '2 images embedded, 3 kB. 1 left as it is.',
    );
    assert.equal(
      describeConversions(conversions.slice(1, 2), 'extracted'),
      'No image extracted. 1 left as it is.',
    );
  });

  it('list each in the order of the file', () => {
    assert.equal(
      listConversions(conversions),
      [
        '1:1  image 1  left as it is: the server answered 404 Not Found',
        '2:1  image 1  a.png, 1 kB',
        '2:1  image 2  b.png, 2 kB',
        '',
      ].join('\n'),
    );
  });
});
