import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkLineBytes } from '../../core/check/checkLine.ts';
import { createContext } from '../../core/check/context.ts';
import { FileRepetitions, type Reread } from '../../core/check/fileRepetitions.ts';
import { RereadRepetitions } from '../../core/check/rereadRepetitions.ts';
import { comparedStrings } from '../../core/dataset/comparedStrings.ts';
import type { Likenesses } from '../../core/dataset/compare.ts';
import { fingerprintOf } from '../../core/dataset/fingerprint.ts';
import { KeyMaker, QuickKeys } from '../../core/dataset/quickKeys.ts';
import { StretchKeys } from '../../core/dataset/stretchKeys.ts';
import type { Example } from '../../core/record/example.ts';
import { LineReader } from '../../core/text/lineReader.ts';
import { anyFile, image, message } from './anyKnownRecords.ts';
import { imageRecords, today } from './anyTraining.ts';

const allBits = -1;

/** In which an answer may show an image. */
const context = createContext([{ severities: { 'image-role': 'off' } }], today);

describe('Which records of a file that can be read again are alike', () => {
  it('is told by what is in them, however many have the same hash', () => {
    const anyBits = fc.constantFrom(0, 1, 7, allBits);
    const property = fc.property(anyFile, anyBits, (text, bits) => {
      const { reread, inFull } = readFile(Buffer.from(text), bits);
      assert.deepEqual(workOut(reread.compare()), workOut(inFull.compare(undefined)));
    });
    fc.assert(property, { seed: 14, numRuns: 400 });
  });

  it('takes an image for one of those that ask the same, wherever it stands', () => {
    const shown = `[${image(['https://example.com/a.png', 'low'])}]`;
    const text = [
      ['Which?', '"None."'],
      ['Which?', shown],
      ['Another?', shown],
    ]
      .map(([question, answer = '']) => {
        const messages = [message('user', `"${question}"`), message('assistant', answer)];
        return `{"messages":[${messages.join()}]}\n`;
      })
      .join('');
    const { reread, inFull } = readFile(Buffer.from(text), allBits);
    // Before anybody asks for what asks the same.
    assert.deepEqual([...reread.compare().repeatedImages], []);
    assert.equal(workOut(reread.compare()).conflictingAnswers.length, 1);
    assert.deepEqual(inFull.compare(undefined).repeatedImages, []);
  });

  it('costs the reads of those that are asked for', () => {
    const text = imageRecords(200).replaceAll(/(\d+)\.png/g, (_, index: string) => {
      const shared = Number(index) >> 1;
      return `${shared}.png","detail":"low"}},{"type":"text","text":"What is ${index}?"},{"type":"image_url","image_url":{"url":"https://example.com/own/${index}.png`;
    });
    const { reread, places } = readFile(Buffer.from(text), allBits);
    const { repeatedImages } = reread.compare();
    for (const { line } of repeatedImages) if (line > 20) break;
    assert.equal(places.length, 22);
    assert.equal([...repeatedImages].length, 100);
    assert.equal(places.length, 200);
  });

  it('costs one read of each copy to the byte, which is not even taken apart, whatever is asked for', () => {
    const text = imageRecords(50);
    const { reread, places } = readFile(Buffer.from(text + text), allBits, {
      readAgain: (_, length) => Buffer.alloc(length, 'x'),
    });
    const { repeatedExamples, conflictingAnswers, repeatedImages } = workOut(reread.compare());
    assert.equal(repeatedExamples.length, 50);
    assert.deepEqual(repeatedExamples[7], { line: 57, firstLine: 7 });
    assert.deepEqual([conflictingAnswers, repeatedImages], [[], []]);
    assert.equal(places.length, 100);
  });

  it('is not told of records that are gone when they are read again', () => {
    const text = imageRecords(50);
    const readAgain = (): Buffer => Buffer.alloc(0);
    const { reread } = readFile(Buffer.from(text + text), allBits, { readAgain });
    const { repeatedExamples, conflictingAnswers, repeatedImages } = workOut(reread.compare());
    assert.deepEqual([repeatedExamples, conflictingAnswers, repeatedImages], [[], [], []]);
  });
});

interface ReadFile {
  readonly reread: RereadRepetitions;
  /** Where it has read again. */
  readonly places: readonly number[];
  readonly inFull: FileRepetitions;
}

/** Gives the records of a file to both ways to compare them; of each hash those bits that are given. */
function readFile(
  bytes: Buffer,
  bits: number,
  { readAgain = sliceOf(bytes) }: { readonly readAgain?: Reread } = {},
): ReadFile {
  const places: number[] = [];
  const reread = new RereadRepetitions((offset, length) => {
    places.push(offset);
    return readAgain(offset, length);
  });
  const inFull = new FileRepetitions(sliceOf(bytes));
  const [keys, maker, stretch] = [new QuickKeys(), new KeyMaker(), new StretchKeys()];
  const reader = new LineReader();
  let line = 0;
  for (const read of [...reader.read(bytes), ...reader.end()]) {
    const { offset, byteLength } = read;
    const at = line++;
    const onComparable = (example: Example): void => {
      maker.make(comparedStrings(example), keys);
      for (const hashes of [keys.question, keys.images]) {
        for (const [index, hash] of hashes.entries()) hashes[index] = hash & bits;
      }
      stretch.add(keys, at, offset, byteLength);
      inFull.add(fingerprintOf(example), read.bytes ?? Buffer.alloc(0), {
        line: at,
        offset,
        byteLength,
      });
    };
    checkLineBytes(read, context, undefined, { onComparable });
  }
  reread.addStretch(stretch.end(), 0);
  return { reread, places, inFull };
}

function sliceOf(bytes: Buffer): (offset: number, length: number) => Buffer {
  return (offset, length) => bytes.subarray(offset, offset + length);
}

function workOut({ repeatedExamples, conflictingAnswers, repeatedImages }: Likenesses) {
  return {
    repeatedExamples: [...repeatedExamples],
    conflictingAnswers: [...conflictingAnswers],
    repeatedImages: [...repeatedImages],
  };
}
