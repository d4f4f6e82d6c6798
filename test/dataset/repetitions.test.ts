import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Companion } from '../../core/dataset/companion.ts';
import { compareRecords, type Comparison } from '../../core/dataset/compare.ts';
import type { Fingerprint } from '../../core/dataset/fingerprint.ts';
import { Repetitions } from '../../core/dataset/repetitions.ts';

const span = { start: 0, end: 1 };
const anyWord = fc.constantFrom('a', 'b', 'c');
const anyImage = fc.record({ digest: anyWord, span: fc.constant(span), isSampled: fc.boolean() });
const anyFingerprint: fc.Arbitrary<Fingerprint> = fc.record({
  question: anyWord,
  answer: fc.option(
    anyWord.map((digest) => ({ digest, place: span })),
    { nil: undefined },
  ),
  system: fc.option(anyWord, { nil: undefined }),
  images: fc.array(anyImage, { maxLength: 2 }),
});

/** A list that is changed as lines are: some records go, others come in their place. */
const anyChange = fc.record({
  from: fc.nat(8),
  removed: fc.nat(3),
  inserted: fc.array(anyFingerprint, { maxLength: 3 }),
});

describe('Repetitions', () => {
  it('know after any comings and goings what those of the records that are left know', () => {
    fc.assert(
      fc.property(
        fc.array(anyChange, { maxLength: 12 }),
        fc.option(anyFingerprint),
        (changes, other) => {
          const companion = new Companion('val.jsonl');
          if (other) companion.add(other, () => 'x', 0);
          const followed = new Repetitions();
          followed.accompany(companion, []);
          const records: Fingerprint[] = [];
          for (const { from, removed, inserted } of changes) {
            for (const gone of records.splice(from, removed, ...inserted)) followed.remove(gone);
            for (const record of inserted) followed.add(record);
            const fresh = new Repetitions();
            for (const record of records) fresh.add(record);
            fresh.accompany(companion, records);
            assert.deepEqual(compare(followed, records), compare(fresh, records));
          }
        },
      ),
      { seed: 31, numRuns: 500 },
    );
  });

  it('find every pair of records with one example, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(anyFingerprint, { maxLength: 8 }), (given) => {
        const records = given.map((record) => ({ ...record, images: [] }));
        const repetitions = new Repetitions();
        for (const record of records) repetitions.add(record);
        const keys = records.map(({ question, answer }) => `${question} ${answer?.digest ?? ''}`);
        const copies = keys.flatMap((key, line) => {
          const firstLine = keys.indexOf(key);
          return firstLine < line ? [{ line, firstLine }] : [];
        });
        assert.deepEqual(compare(repetitions, records).repeatedExamples, copies);
      }),
      { seed: 32, numRuns: 500 },
    );
  });

  it('are not gone over where no record has anything in common with another', () => {
    const repetitions = new Repetitions();
    repetitions.add({ question: 'a', answer: undefined, system: 'a', images: [] });
    repetitions.add({ question: 'b', answer: undefined, system: 'a', images: [] });
    const visit = () => assert.fail('They are gone over');
    assert.deepEqual(compareRecords(repetitions, visit, () => undefined).repeatedExamples, []);
  });

  it('say nothing of images whose bytes are out of reach', () => {
    const repetitions = new Repetitions();
    const records = ['a', 'b'].map((question) => ({
      question,
      answer: undefined,
      system: undefined,
      images: [{ digest: 'x', span, isSampled: true }],
    }));
    for (const record of records) repetitions.add(record);
    const visit = (see: (record: Fingerprint, line: number) => void) => records.forEach(see);
    assert.deepEqual(compareRecords(repetitions, visit, () => undefined).repeatedImages, []);
  });
});

function compare(repetitions: Repetitions<Fingerprint>, records: readonly Fingerprint[]) {
  const visit = (see: (record: Fingerprint, line: number) => void) => records.forEach(see);
  const found: Comparison = compareRecords(repetitions, visit, ({ digest }) => `${digest} whole`);
  const { different, mostFrequent, examples } = found.systemPrompts;
  // Of equally frequent prompts either may count as the most frequent.
  return { ...found, systemPrompts: { different, mostFrequent, examples } };
}
