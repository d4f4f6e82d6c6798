import assert from 'node:assert/strict';
import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { platform } from 'node:process';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { largeFile } from '../helpers/largeFile.ts';
import { soundRecord } from '../helpers/trainingText.ts';
import { makeFolder, runCli, type CliResult } from './runCli.ts';

/** Of some megabytes, read in turn, and of more than 32 MB, read by threads. */
const sizes = { 'a file': 60, 'a large file': 420 } as const;

const changes = {
  'becomes shorter': (path: string) => truncateSync(path, 100_000),
  grows: (path: string) => appendFileSync(path, `${soundRecord}\n`.repeat(1000)),
} as const;

/** Runs a command on a file that changes as soon as some of it is read. */
async function runWhile(
  test: TestContext,
  records: number,
  change: (path: string) => void,
  ...args: string[]
): Promise<CliResult & { readonly folder: string }> {
  const folder = await makeFolder(test, { 'train.jsonl': largeFile(records) });
  let calls = 0;
  const result = await runCli([...args, 'train.jsonl'], {
    cwd: folder,
    isTerminal: { stdout: false, stderr: true },
    // First at the start, then with each chunk that was read.
    now: () => {
      if (calls++ === 1) change(join(folder, 'train.jsonl'));
      return 0;
    },
  });
  assert.ok(calls > 1, 'some of it was read');
  return { ...result, folder };
}

for (const [name, records] of Object.entries(sizes)) {
  for (const [happens, change] of Object.entries(changes)) {
    describe(`${name} that ${happens} while it is read`, () => {
      for (const command of ['check', 'stats']) {
        it(`is told to have changed by ${command}`, async (test) => {
          const { status, stderr } = await runWhile(test, records, change, command);
          assert.equal(status, 2);
          assert.match(stderr, /train\.jsonl: has changed while it was read\n/);
        });
      }

      it('is left alone by fix', async (test) => {
        const { status, stderr, folder } = await runWhile(
          test,
          records,
          change,
          'fix',
          '--in-place',
        );
        assert.equal(status, 2);
        assert.match(stderr, /train\.jsonl: has changed while it was read; nothing is written\n/);
        assert.deepEqual(await readdir(folder), ['train.jsonl']);
        assert.notEqual((await stat(join(folder, 'train.jsonl'))).size, 0);
      });
    });
  }
}

describe('a file of which another takes the name while it is read', () => {
  it('is not written over by fix', async (test) => {
    const takesName = (path: string): void => {
      writeFileSync(`${path}.new`, soundRecord);
      renameSync(`${path}.new`, path);
    };
    const { status, stderr, folder } = await runWhile(test, 60, takesName, 'fix', '--in-place');
    assert.equal(status, 2);
    assert.match(stderr, /train\.jsonl: has changed while it was read; nothing is written\n/);
    assert.deepEqual(await readdir(folder), ['train.jsonl']);
    assert.equal(await readFile(join(folder, 'train.jsonl'), 'utf8'), soundRecord);
  });
});

describe('a file that the disk cannot read', () => {
  // A file of Linux of which the first byte is never mapped.
  const options = { skip: platform === 'linux' ? false : 'there is no /proc here' };
  for (const command of ['check', 'stats']) {
    it(`is told in words by ${command}`, options, async () => {
      const { status, stderr } = await runCli([command, '/proc/self/mem']);
      assert.equal(status, 2);
      assert.equal(stderr, 'vision-finetune: /proc/self/mem: the disk cannot read or write it\n');
    });
  }
});
