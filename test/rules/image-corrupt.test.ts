import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkRule, noFinding, reportingRules } from '../helpers/checkRule.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { notedPicture, pictureRecord } from '../helpers/pictureRecord.ts';

const rule = 'image-corrupt';
const formats = ['png', 'jpeg', 'webp'] as const;
const skips = 'the service cannot read it and skips this example.';
const cutShort =
  'warning Image is cut short, its end is missing; the service may skip this example.';
const address = 'https://example.com/a.png';

describe(rule, () => {
  for (const format of formats) {
    it(`accepts a whole ${format}, also with something behind its end`, () => {
      noFinding(pictureRecord(`$image(${format} 30x20)`));
      noFinding(pictureRecord(`$image(${format} 30x20 byteLength=3000)`));
    });

    it(`warns of a ${format} without its end`, () => {
      const url = dataUri(format, makeImage(format, 300, 200).subarray(0, -3));
      checkRule(rule, notedPicture(url, cutShort));
    });

    it(`reports a ${format} of which not even the size is left`, () => {
      const url = dataUri(format, makeImage(format, 300, 200).subarray(0, 20));
      const note = `error Image is cut short before its size is told; ${skips}`;
      checkRule(rule, notedPicture(url, note));
    });
  }

  it('reports what is wrong in the header, and nothing else of it: neither mode nor size', () => {
    const bytes = makeImage('png', 8, 8, { colorMode: 'grey', isAnimated: true }).with(29, 7);
    const note = `error Image is damaged: the check sum of its IHDR chunk is wrong; ${skips}`;
    checkRule(rule, notedPicture(dataUri('png', bytes), note));
  });

  it('reports what a decoder stumbled over, at an address and in a data URI', () => {
    const url = dataUri('png', makeImage('png', 8, 8));
    const learnt = Object.fromEntries([address, url].map((each) => [each, undecodable]));
    const note = `error Image does not decode: the data of row 3 is broken; ${skips}`;
    const fixture = [notedPicture(address, note), notedPicture(url, note)].join('\n');
    checkRule(rule, fixture, { learnt });
  });

  it('gives a hint of an image that was not decoded, and says of its colours what there is to say', () => {
    const url = dataUri('png', makeImage('png', 8, 8, { colorMode: 'grey' }));
    const learnt = { [url]: { notDecoded: 'it took longer than 30 s' } };
    const note =
      'hint Image was not decoded: it took longer than 30 s; whether it is whole is not known.';
    checkRule(rule, notedPicture(url, note), { learnt, alongside: ['image-color-mode'] });
    const reporting = reportingRules(pictureRecord(url), { learnt }, rule);
    assert.ok(reporting.includes('image-color-mode'));
  });

  it('does not report an image that was decoded and is sound', () => {
    const facts = {
      format: 'png',
      byteLength: 900,
      width: 8,
      height: 8,
      colorMode: 'rgb',
    } as const;
    noFinding(pictureRecord(address), { learnt: { [address]: { facts } } });
  });

  it('leaves it to image-data where the base64 was cut or has something foreign in it', () => {
    const url = dataUri('png', makeImage('png', 300, 200));
    for (const broken of [url.slice(0, 101 + 22), `${url.slice(0, 70)}*${url.slice(70, 122)}`]) {
      checkRule(rule, pictureRecord(broken), { alongside: ['image-data'] });
    }
  });

  it('leaves to image-format what is no image at all', () => {
    checkRule(rule, pictureRecord('data:image/png;base64,AAECAwQF'), {
      alongside: ['image-format'],
    });
  });

  it('has the severity that the settings give it, also where its own differs', () => {
    const url = dataUri('png', makeImage('png', 300, 200).subarray(0, -3));
    const fixture = notedPicture(url, cutShort.replace('warning', 'error'));
    checkRule(rule, fixture, { severities: { [rule]: 'error' } });
    noFinding(pictureRecord(url), { severities: { [rule]: 'off' } });
  });
});

const undecodable = {
  facts: { format: 'png', byteLength: 900, width: 8, height: 8, colorMode: 'rgb' },
  decodeProblem: 'the data of row 3 is broken',
} as const;
