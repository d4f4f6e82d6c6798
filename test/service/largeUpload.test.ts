import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { uploadFile } from '../../core/service/files.ts';
import { PracticeBench } from './practiceBench.ts';

describe('the upload of a large file', () => {
  it('leaves no listener behind for each time it waits', async (test) => {
    const bench = await PracticeBench.open();
    test.after(async () => bench.close());
    await writeFile(join(bench.folder, 'large.jsonl'), `{"messages":[]}\n`.repeat(2 ** 21));
    const warnings: string[] = [];
    const warn = ({ name }: Error): number => warnings.push(name);
    process.on('warning', warn);
    test.after(() => process.off('warning', warn));
    const { file, digest } = await bench.checked('large.jsonl');
    await uploadFile(bench.client(), { file, digest, name: 'large-1.jsonl' }).catch(
      () => undefined,
    );
    assert.deepEqual(warnings, []);
    assert.equal(
      bench.service.requests.some(({ operation }) => operation === 'createFile'),
      true,
    );
  });
});
