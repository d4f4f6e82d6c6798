import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { uploadFile } from '../../core/service/files.ts';
import { ServiceError } from '../../core/service/serviceError.ts';
import { PracticeBench } from './practiceBench.ts';

const megabyte = 1024 * 1024;
const largeBytes = 300 * megabyte;
/** Whatever the size of the file. */
const mostGrowth = 64 * megabyte;

describe('the upload of a large file', () => {
  for (const [surface, how] of [
    ['openai', 'in parts'],
    ['azure-v1', 'in one request'],
  ] as const) {
    it(`takes less than 64 MB of memory more for 300 MB ${how}`, async (test) => {
      const bench = await PracticeBench.open();
      test.after(async () => bench.close());
      const path = join(bench.folder, 'large.jsonl');
      await writeLarge(path);
      const script = join(import.meta.dirname, 'uploadMemory.ts');
      const address = bench.service.addresses[surface] ?? '';
      const args = ['--expose-gc', script, path, address, bench.service.key];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      const { growth, bytes } = JSON.parse(stdout) as { growth: number; bytes: number };
      test.diagnostic(`${(growth / megabyte).toFixed(1)} MB`);
      assert.equal(bytes, largeBytes);
      assert.ok(growth < mostGrowth, `${growth} bytes`);
    });
  }

  for (const status of [401, 413, 429]) {
    it(`hears that it is refused (${status}) before it is sent`, async (test) => {
      const bench = await PracticeBench.open();
      test.after(async () => bench.close());
      await writeFile(join(bench.folder, 'large.jsonl'), 'a'.repeat(20 * megabyte));
      const effect = { kind: 'status', status } as const;
      bench.service.faults.add({ operation: 'createFile', moment: 'arrival', effect });
      const { file, digest } = await bench.checked('large.jsonl');
      const toSend = { file, digest, name: 'large-1.jsonl' };
      const error: unknown = await uploadFile(bench.client(), toSend).catch(
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof ServiceError);
      assert.deepEqual([error.outcome, error.status], ['refused', status]);
    });
  }

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

/** One long line, so that the service has little to find in it. */
async function writeLarge(path: string): Promise<void> {
  await using file = await open(path, 'w');
  const chunk = Buffer.alloc(megabyte, 'a');
  for (let at = 0; at < largeBytes; at += chunk.length) await file.write(chunk);
}
