import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imageRecord, imageRecords, soundFile } from './records.ts';
import { checkBytes, places } from './runCli.ts';

const limit = 50_000;

describe('a large file', () => {
  it('of 50,000 records with images by address is sound', async (test) => {
    const file = await checkBytes(test, imageRecords(limit));
    assert.deepEqual([file.records, file.imageExamples, file.images], [limit, limit, limit]);
    assert.deepEqual(file.findings, []);
  });

  it('of one more is told so on the record past the limit', async (test) => {
    const file = await checkBytes(test, `${soundFile}${imageRecords(limit + 1)}`);
    assert.deepEqual(places(file), [`too-many-image-examples ${limit + 11}:1`]);
    assert.match(file.findings[0]?.message ?? '', /^File has 50,001 examples with images;/);
  });
});

describe('a large image', () => {
  for (const [byteLength, severity] of [
    [10_000_000, undefined],
    [10_000_001, 'warning'],
    [10 * 1024 * 1024, 'warning'],
    [10 * 1024 * 1024 + 1, 'error'],
  ] as const) {
    it(`of ${byteLength} bytes gives ${severity ?? 'no finding'}`, async (test) => {
      const image = dataUri('png', makeImage('png', 128, 128, { byteLength }));
      const file = await checkBytes(test, `${soundFile}${imageRecord(image)}`);
      assert.deepEqual(
        file.findings.map((finding) => [finding.rule, finding.severity, finding.line]),
        severity ? [['image-size', severity, 11]] : [],
      );
    });
  }
});
