import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findNamedLines, type NamedLines } from '../../core/service/namedLines.ts';

const text = '\uFEFF{"a":1}\r\n \t\n\n{"b":2}\n\n{"c":3}';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vision-finetune-'));
});
after(() => rm(folder, { recursive: true }));

/** What is said of a file that holds `now` and was submitted as `text`. */
async function find(name: string, now?: string): Promise<NamedLines> {
  const path = join(folder, name);
  if (now !== undefined) await writeFile(path, now);
  const submitted = {
    path,
    byteLength: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
  return findNamedLines(submitted, {
    sent: 3,
    skipped: 1,
    reasons: [{ reason: 'contains faces', count: 1, lines: [6, 99] }],
    candidates: [],
    refused: [
      { example: 2, message: 'Example 2 is wrong' },
      { example: 9, message: 'Example 9 is wrong' },
    ],
  });
}

describe('what the service says of examples', () => {
  it('is taken to lines, blank ones counted as lines and not as examples', async () => {
    const { file, lines } = await find('same.jsonl', text);
    assert.equal(file, 'same');
    assert.deepEqual(lines, [
      { line: 4, byteLength: 7, message: 'Example 2 is wrong', verdict: 'refused' },
      { line: 6, byteLength: 7, message: 'contains faces', verdict: 'skipped' },
    ]);
  });

  for (const [what, now] of [
    ['has grown', `${text}\n`],
    ['was edited without another length', text.replace('2', '5')],
    ['is gone', undefined],
  ] as const) {
    it(`is not taken to the lines of a file that ${what}`, async () => {
      const { file, lines } = await find(`${what}.jsonl`, now);
      assert.equal(file, now === undefined ? 'gone' : 'changed');
      // As the service named them, in the file that was sent.
      assert.deepEqual(
        lines.map(({ line }) => line),
        [6, 99],
      );
    });
  }
});
