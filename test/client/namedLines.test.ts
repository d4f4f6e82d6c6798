import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findNamedLines } from '../../client/service/namedLines.ts';

const text = '{"a": 1}\n\n{"b": 2}\n{"c": 3}\n';
const reconciliation = {
  sent: 3,
  skipped: 1,
  reasons: [{ reason: 'contains faces', count: 1, lines: [3, 99] }],
  candidates: [],
  refused: [{ example: 3, message: 'Example 3 is missing key' }],
};

describe('findNamedLines', () => {
  let folder: string;
  let path: string;
  const sha256 = createHash('sha256').update(text).digest('hex');
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vision-finetune-'));
    path = join(folder, 'train.jsonl');
    await writeFile(path, text);
  });
  after(() => rm(folder, { recursive: true }));

  it('finds lines by their numbers, and examples by counting records', async () => {
    const lines = await findNamedLines({ path, sha256 }, reconciliation);
    assert.deepEqual(
      lines?.map(({ line, byteLength, verdict }) => ({ line, byteLength, verdict })),
      [
        { line: 2, byteLength: 8, verdict: 'skipped' },
        { line: 3, byteLength: 8, verdict: 'refused' },
      ],
    );
    assert.equal(lines[0]?.message, 'The service left this example out: contains faces.');
  });

  it('finds none in a file that is another one by now, or gone', async () => {
    const changed = await findNamedLines({ path, sha256: 'f'.repeat(64) }, reconciliation);
    const gone = await findNamedLines({ path: join(folder, 'gone'), sha256 }, reconciliation);
    assert.deepEqual([changed, gone], [undefined, undefined]);
  });
});
