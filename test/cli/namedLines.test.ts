import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { findNamedLines, type NamedLines } from '../../cli/service/namedLines.ts';
import { makeFolder } from './runCli.ts';

/** What is said of a file that holds `now` and was submitted as `sent`. */
async function find(test: TestContext, sent: string, now: string): Promise<NamedLines> {
  const folder = await makeFolder(test, { 'train.jsonl': now });
  const submitted = {
    path: join(folder, 'train.jsonl'),
    byteLength: Buffer.byteLength(sent),
    sha256: createHash('sha256').update(sent).digest('hex'),
    records: 3,
  };
  return findNamedLines(submitted, {
    sent: 3,
    skipped: 1,
    reasons: [{ reason: 'contains faces', count: 1, lines: [6] }],
    candidates: [],
    refused: [
      { example: 2, message: 'Example 2 is wrong' },
      { example: 9, message: 'Example 9 is wrong' },
    ],
  });
}

describe('what the service says of examples', () => {
  const text = '\uFEFF{"a":1}\r\n \t\n\n{"b":2}\n\n{"c":3}';

  it('is taken to lines, blank ones counted as lines and not as examples', async (test) => {
    const { file, lines } = await find(test, text, text);
    assert.equal(file, 'same');
    assert.deepEqual(lines, [
      { line: 4, message: 'Example 2 is wrong' },
      { line: 6, message: 'contains faces' },
    ]);
  });

  for (const [what, now] of [
    ['grown', `${text}\n`],
    ['edited without another length', text.replace('2', '5')],
  ] as const) {
    it(`is not taken to the lines of a file that was ${what}`, async (test) => {
      const { file, lines } = await find(test, text, now);
      assert.equal(file, 'changed');
      assert.deepEqual(
        lines.map(({ line }) => line),
        [6],
      );
    });
  }
});
