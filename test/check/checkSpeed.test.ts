import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  base64Heavy,
  textHeavy,
  withAccents,
  withoutDetail,
  withRepeatedImages,
} from '../../bench/data.ts';
import { parseLines } from '../../bench/peers.ts';
import { createContext } from '../../core/check/context.ts';
import { FileChecker } from '../../core/check/fileChecker.ts';

const context = createContext([], '2026-11-21');

/**
 * No benchmark, for which see bench/README.md: it fails where records are read one by one again, which made a check of text
 * twelve times as slow as `JSON.parse`, and one of records that share their images thirty times; and stays silent about anything less.
 */
describe('Checking a file', () => {
  it('is not many times as slow as parsing it', () => {
    assert.ok(ratioOf(textHeavy(6_000_000)) > 0.25);
    assert.ok(ratioOf(withAccents(withoutDetail(textHeavy(6_000_000)))) > 0.2);
    assert.ok(ratioOf(Buffer.from(withRepeatedImages(textHeavy(15_000_000).toString()))) > 0.15);
    assert.ok(ratioOf(base64Heavy(20_000_000)) > 0.8);
  });
});

/** How many times as fast; of each the best of a few tries in turn, whatever else the machine does. */
function ratioOf(bytes: Buffer): number {
  let [checking, parsing] = [Infinity, Infinity];
  for (let round = 0; round < 7; round++) {
    checking = Math.min(
      checking,
      millisecondsOf(() => check(bytes)),
    );
    parsing = Math.min(
      parsing,
      millisecondsOf(() => parseLines([bytes])),
    );
  }
  return parsing / checking;
}

function check(bytes: Buffer): void {
  const reread = (offset: number, length: number) => bytes.subarray(offset, offset + length);
  const checker = new FileChecker(context, 1000, reread);
  checker.read(bytes);
  checker.finish();
}

function millisecondsOf(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
