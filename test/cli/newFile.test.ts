import assert from 'node:assert/strict';
import { chmod, chown, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { NewFile } from '../../cli/newFile.ts';
import { makeFolder } from './runCli.ts';

const isWindows = process.platform === 'win32';
const isRoot = process.getuid?.() === 0;

describe('a new file in the place of another', () => {
  async function start(test: TestContext): Promise<{ folder: string; path: string }> {
    const folder = await makeFolder(test, { 'a.jsonl': 'old' });
    return { folder, path: join(folder, 'a.jsonl') };
  }

  async function replace(path: string): Promise<void> {
    const file = await NewFile.createInPlace(path, await stat(path));
    await file.write(Buffer.from('new'));
    await file.commit();
  }

  it('has its permissions, also those that the system masks for new files', async (test) => {
    const { path } = await start(test);
    for (const mode of isWindows ? [0o666] : [0o600, 0o666, 0o640]) {
      await chmod(path, mode);
      await replace(path);
      assert.equal((await stat(path)).mode & 0o777, mode);
    }
  });

  it(
    'has its owner and its group',
    { skip: isRoot ? false : 'only root can give' },
    async (test) => {
      const { path } = await start(test);
      await chown(path, 1234, 5678);
      await replace(path);
      const { uid, gid } = await stat(path);
      assert.deepEqual([uid, gid], [1234, 5678]);
    },
  );

  it(
    'does not come to be where that may not be written',
    { skip: isRoot ? 'root may write all' : false },
    async (test) => {
      const { folder, path } = await start(test);
      await chmod(path, 0o444);
      await assert.rejects(replace(path), { code: isWindows ? 'EPERM' : 'EACCES' });
      assert.equal(await readFile(path, 'utf8'), 'old');
      assert.deepEqual(await readdir(folder), ['a.jsonl']);
    },
  );

  it('is on the disk before it takes the name, and not under it', async (test) => {
    const { folder, path } = await start(test);
    const file = await NewFile.createInPlace(path, await stat(path));
    await file.write(Buffer.from('new'));
    await file.settle();
    const [draft = ''] = (await readdir(folder)).filter((name) => name !== 'a.jsonl');
    assert.equal(await readFile(join(folder, draft), 'utf8'), 'new');
    assert.equal(await readFile(path, 'utf8'), 'old');
    await file.discard();
    assert.deepEqual(await readdir(folder), ['a.jsonl']);
  });

  it('does not take the place of a backup, and leaves none where it cannot have the name', async (test) => {
    const { folder, path } = await start(test);
    const file = await NewFile.createInPlace(path, await stat(path));
    await writeFile(join(folder, 'a.jsonl.bak'), 'precious');
    await assert.rejects(file.commit(join(folder, 'a.jsonl.bak')), { code: 'EEXIST' });
    await file.discard();
    assert.equal(await readFile(path, 'utf8'), 'old');
    assert.equal(await readFile(join(folder, 'a.jsonl.bak'), 'utf8'), 'precious');
    assert.equal((await readdir(folder)).length, 2);
  });
});
