import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RecordIndex } from '../../disk/recordIndex.ts';
import { isBlank } from '../../core/record/isBlank.ts';
import { splitLines } from '../../core/text/lines.ts';

function indexOf(bytes: Uint8Array, chunkLength = bytes.length): RecordIndex {
  const index = new RecordIndex();
  for (let at = 0; at < bytes.length; at += chunkLength)
    index.read(bytes.subarray(at, at + chunkLength));
  index.finish();
  return index;
}

function recordsOf(index: RecordIndex, bytes: Buffer): { line: number; text: string }[] {
  return Array.from({ length: index.count }, (_, record) => {
    const { offset = 0, byteLength = 0, line = -1 } = index.at(record) ?? {};
    return { line, text: bytes.toString('utf8', offset, offset + byteLength) };
  });
}

describe('the index of records', () => {
  it('finds the records that the lines of the text are, in chunks of any size', () => {
    const pieces = fc.constantFrom('{}', 'é', '😀', ' ', '\t', '\n', '\r\n', '\r', '\u2028', 'x');
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 40 }),
        fc.integer({ min: 1, max: 99 }),
        (all, size) => {
          const text = all.join('');
          const bytes = Buffer.from(text);
          const expected = [...splitLines(text)]
            .map((line, number) => ({ line: number, text: line.text }))
            .filter((record) => !isBlank(record.text));
          assert.deepEqual(recordsOf(indexOf(bytes, size), bytes), expected);
        },
      ),
      { seed: 6, numRuns: 500 },
    );
  });

  it('holds more records than it began with room for', () => {
    const bytes = Buffer.from('{}\n'.repeat(5000));
    const index = indexOf(bytes, 1000);
    assert.equal(index.count, 5000);
    assert.deepEqual(index.at(4999), { offset: 4999 * 3, byteLength: 2, line: 4999 });
    assert.equal(index.at(5000), undefined);
  });

  it('knows which record a line or a byte belongs to, or which comes next', () => {
    const index = indexOf(Buffer.from('\n{"a"}\n\n{"b"}\n'));
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((line) => index.fromLine(line)),
      [0, 0, 1, 1, 2],
    );
    assert.deepEqual(
      [0, 1, 5, 6, 7, 8, 13].map((offset) => index.fromOffset(offset)),
      [0, 0, 0, 1, 1, 1, 2],
    );
  });
});
