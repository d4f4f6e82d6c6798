import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkTooLong } from '../../core/check/checkTooLong.ts';
import { createContext } from '../../core/check/context.ts';
import { FileChecker } from '../../core/check/fileChecker.ts';
import { RecordDocument } from '../../core/check/recordDocument.ts';
import { RecordFileChecker } from '../../core/check/recordFileChecker.ts';
import { anyTrainingText, goodRecord, tightContext, today } from './anyTraining.ts';

describe('RecordFileChecker', () => {
  it('finds in the bytes, whatever their chunks, what an open document finds in their text', () => {
    const anyCase = [anyTrainingText, fc.integer({ min: 1, max: 60 }), fc.nat(5)] as const;
    fc.assert(
      fc.property(...anyCase, (text, chunkLength, limit) => {
        const bytes = Buffer.from(text);
        const checker = new RecordFileChecker(tightContext, limit);
        const chunk = new Uint8Array(chunkLength);
        for (let at = 0; at < bytes.length; at += chunkLength) {
          // One buffer for all chunks, as the command line reads.
          const length = bytes.copy(chunk, 0, at, at + chunkLength);
          checker.read(chunk.subarray(0, length));
        }
        const document = RecordDocument.of(bytes.toString(), tightContext).check();
        const { findings, counts, bytes: byteLength } = checker.finish();
        assert.deepEqual(findings, document.gravestFindings(limit));
        assert.deepEqual(counts, document.countFindings());
        assert.equal(byteLength, bytes.length);
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  it('says of a UTF-16 file that it is one, as of a file of records, and nothing else of it', () => {
    for (const bytes of [
      Buffer.from(`\ufeff${goodRecord}`, 'utf16le'),
      Buffer.from(goodRecord, 'utf16le').swap16(),
    ]) {
      const [record, lines] = [RecordFileChecker, FileChecker].map((Checker) => {
        const checker = new Checker(tightContext);
        for (const byte of bytes) checker.read(Uint8Array.of(byte));
        return checker.finish();
      });
      assert.deepEqual(
        record?.findings.map(({ rule, message }) => [rule, message.slice(0, 14)]),
        [['text-encoding', 'File is UTF-16']],
      );
      assert.deepEqual(record, lines);
    }
  });
});

describe('a record that no string can hold', () => {
  it('is one finding on its first character, which says how long it is', () => {
    const { findings, records } = checkTooLong(600_000_000, createContext([], today));
    assert.equal(records, 1);
    assert.deepEqual(findings, [
      {
        rule: 'json-syntax',
        severity: 'warning',
        span: { start: 0, end: 1 },
        message: 'Record is 600,000,000 bytes, more than can be read, so it is not checked.',
      },
    ]);
  });

  it('obeys the level of its rule', () => {
    const context = createContext([{ severities: { 'json-syntax': 'off' } }], today);
    assert.deepEqual(checkTooLong(600_000_000, context).findings, []);
  });
});
