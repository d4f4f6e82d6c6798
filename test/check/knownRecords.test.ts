import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkRecord, checkTree } from '../../core/check/checkRecord.ts';
import { createContext } from '../../core/check/context.ts';
import { KnownRecords } from '../../core/check/knownRecords.ts';
import { noCounts } from '../../core/dataset/totals.ts';
import { readJson } from '../../core/record/readJson.ts';
import { image, message } from './anyKnownRecords.ts';
import { today } from './anyTraining.ts';

const manyImages = 1000;
const limits = {
  maxImagesPerExample: manyImages,
  warnImagesPerExample: manyImages,
  maxExampleTokens: 10_000_000,
};
const context = createContext([{ limits }], today);

describe('What is known of records by one of their form', () => {
  for (const [fault, rule] of [
    [(record: string) => record.replace('{', '{"id":7,'), 'unknown-key'],
    [(record: string) => record.replace('"role"', '"mood":"glad","role"'), 'unknown-key'],
    [(record: string) => record.replace('{', '{"chosen":1,').replace('messages', 'turns'), null],
    [
      (record: string) => record.replace('{', '{"answer":7,').replace(/,\{"role":"assis.*?\}/, ''),
      'wrong-method',
    ],
    [(record: string) => record.replace('assistant', 'asistant'), 'message-role'],
  ] as const) {
    it(`is ${rule ?? 'nothing'} of ${fault(recordOf('a'))}`, () => {
      const known = knownBy(fault(recordOf('a')));
      const isKnown = known.recognize(Buffer.from(fault(recordOf('bcd')))) !== undefined;
      assert.equal(isKnown, rule !== null);
      if (rule) assert.ok(known.reports.some((report) => report.rule.id === rule));
    });
  }

  it('is told at its place, whatever letters stand before it', () => {
    const texts = ['a', 'é', '漢字', '😀a', 'a\\u00e9', '\\ud83d'];
    const recordWith = (text: string, key: string): string => {
      const shown = [`{"type":"text","text":"${text}"}`, picture('a'), picture(text.length)];
      const question = `[${shown.join()}]`.replace('"type"', `"${key}":1,"type"`);
      return `{"messages":[${message('user', question)},${message('assistant', `"${text}"`)}]}`;
    };
    for (const key of ['mood', 'humør', '気分']) {
      const known = knownBy(recordWith('a', key));
      known.recognize(Buffer.from(recordWith('b', key)));
      for (const text of texts) {
        const record = recordWith(text, key);
        assert.ok(known.recognize(Buffer.from(record)), record);
        const told = known.reports.map(({ rule, report }) => [rule.id, report.span]);
        const { findings } = checkRecord(record, context);
        assert.equal(told.length, 3);
        assert.deepEqual(
          told,
          findings.map(({ rule, span }) => [rule, span]),
        );
      }
    }
  });

  it('is the same of an address with a query, if nothing is wrong with that', () => {
    const url = 'https://example.com/a.png?sig=a';
    for (const [query, isKnown] of [
      ['', true],
      ['&se=2036-01-01', true],
      ['&se=2020-01-01', false],
    ] as const) {
      const withQuery = recordOf('a').replace('"a"', `[${image([url + query, undefined])}]`);
      const known = knownBy(withQuery.replace(url + query, 'https://example.com/'));
      assert.equal(known.recognize(Buffer.from(withQuery)) !== undefined, isKnown, query);
      if (isKnown) assert.equal(known.reports[0]?.rule.id, 'image-detail-cost');
    }
  });

  it('is nothing where the form is long: it would be held for good', () => {
    const withTools = (length: number, text: string): string =>
      recordOf(text).replace(/\}$/, `,"tools":[{"type":"${'a'.repeat(length)}"}]}`);
    for (const [length, isKnown] of [
      [60_000, true],
      [70_000, false],
    ] as const) {
      const known = knownBy(withTools(length, 'a'));
      const found = known.recognize(Buffer.from(withTools(length, 'bcd')));
      assert.equal(found !== undefined, isKnown);
    }
  });

  it('is nothing where more is said of images than is worth placing', () => {
    for (const [count, isKnown] of [
      [100, true],
      [101, false],
    ] as const) {
      const withImages = (name: string): string => {
        const images = Array.from({ length: count }, (_, at) => picture(`${name}${at}`));
        return recordOf('a').replace('"a"', `[${images.join()}]`);
      };
      const known = knownBy(withImages('a'));
      // The first one shows the host.
      known.recognize(Buffer.from(withImages('b')));
      const found = known.recognize(Buffer.from(withImages('c')));
      assert.equal(found !== undefined, isKnown);
    }
  });
});

function recordOf(text: string): string {
  return `{"messages":[${message('user', `"${text}"`)},${message('assistant', '"Yes."')}]}`;
}

/** One of which the detail is left open, for which there is a hint. */
function picture(name: string | number): string {
  return image([`https://example.com/${name}.png`, undefined]);
}

function knownBy(record: string): KnownRecords {
  const known = new KnownRecords(context);
  checkTree(readJson(record), context, undefined, {
    onExample: (example, reports) => {
      known.learn(example, { counts: noCounts, reports, isCompared: false });
    },
  });
  return known;
}
