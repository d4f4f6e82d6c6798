import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkTree } from '../../core/check/checkRecord.ts';
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
        const images = Array.from({ length: count }, (_, at) =>
          image([`https://example.com/${name}${at}.png`, undefined]),
        );
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

function knownBy(record: string): KnownRecords {
  const known = new KnownRecords(context);
  checkTree(readJson(record), context, undefined, {
    onExample: (example, reports) => {
      known.learn(example, { counts: noCounts, reports, isCompared: false });
    },
  });
  return known;
}
