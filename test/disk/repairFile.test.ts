import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createContext } from '../../core/check/context.ts';
import { DiskFile, Refusal } from '../../disk/diskFile.ts';
import type { RepairReport } from '../../disk/protocol.ts';
import { repairFile } from '../../disk/repairFile.ts';
import { until } from '../../scripts/editor/until.ts';
import { largeFile } from '../helpers/largeFile.ts';
import { settingsOf } from '../helpers/settingsOf.ts';
import { soundRecord, withSoundRecords } from '../helpers/trainingText.ts';

const script = join(import.meta.dirname, '..', '..', 'disk', 'main.ts');

const broken = soundRecord.replace(/}$/, ',}');
const capital = soundRecord.replace('"user"', '"User"');

describe('the repair of a file on disk', () => {
  let folder = '';
  let file: DiskFile;
  const path = (name = 'train.jsonl'): string => join(folder, name);
  const read = (name?: string): Promise<string> => readFile(path(name), 'utf8');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vision-finetune-repair-'));
    file = new DiskFile({ script, path: path() });
  });
  afterEach(async () => {
    file.dispose();
    await rm(folder, { recursive: true });
  });

  async function openChecked(content: string): Promise<void> {
    await writeFile(path(), content);
    const wishes = { settings: settingsOf(), learnt: [], isAskedFor: true, maxFindings: 10 };
    await file.ask('check', wishes);
  }

  const dryRun = (): Promise<RepairReport> => file.ask('repair', { kind: 'dryRun' });

  async function write(...rules: string[]): Promise<RepairReport> {
    const { stamp } = await dryRun();
    return file.ask('repair', { kind: 'write', stamp, rules });
  }

  it('tells by kinds what would be done, and writes nothing', async () => {
    const text = withSoundRecords(capital, broken, capital);
    await openChecked(text);
    const { kinds, left } = await dryRun();
    assert.deepEqual(
      kinds.map(({ rule, count, line }) => [rule, count, line]),
      [
        ['message-role', 2, 0],
        ['json-syntax', 1, 1],
      ],
    );
    assert.match(kinds[0]?.title ?? '', /user/);
    assert.equal(left.error, 0);
    assert.deepEqual([await read(), await readdir(folder)], [text, ['train.jsonl']]);
  });

  it('repairs what was chosen, keeps all other bytes and the file as it was', async () => {
    const text = `\r\n${withSoundRecords(capital, broken)}`;
    await openChecked(text);
    const { kinds, left } = await write('message-role');
    assert.deepEqual(
      kinds.map(({ rule, count }) => [rule, count]),
      [['message-role', 1]],
    );
    assert.ok(left.error > 0);
    assert.equal(await read(), text.replace(capital, soundRecord));
    assert.equal(await read('train.jsonl.bak'), text);
    assert.equal((await readdir(folder)).length, 2);
  });

  it('keeps the permissions of the file, and those that a new one would not get', async () => {
    for (const mode of [0o600, 0o666]) {
      await rm(path('train.jsonl.bak'), { force: true });
      await openChecked(withSoundRecords(capital));
      await chmod(path(), mode);
      await write('message-role');
      assert.equal((await stat(path())).mode & 0o777, mode);
    }
  });

  it('is refused when the file has changed since it was told what would be done', async () => {
    await openChecked(withSoundRecords(capital));
    const { stamp } = await dryRun();
    const changed = withSoundRecords(capital, soundRecord);
    await writeFile(path(), changed);
    await assert.rejects(
      file.ask('repair', { kind: 'write', stamp, rules: ['message-role'] }),
      new Refusal('it has changed on disk meanwhile'),
    );
    assert.deepEqual([await read(), await readdir(folder)], [changed, ['train.jsonl']]);
  });

  it('is refused when there is a backup already', async () => {
    await openChecked(withSoundRecords(capital));
    const { stamp } = await dryRun();
    await writeFile(path('train.jsonl.bak'), 'mine');
    const refusal = new Refusal('a file of its name with .bak exists; move that away first');
    await assert.rejects(dryRun(), refusal, 'before anybody chooses');
    const wishes = { kind: 'write', stamp, rules: ['message-role'] } as const;
    await assert.rejects(file.ask('repair', wishes), refusal);
    assert.deepEqual(
      [await read(), await read('train.jsonl.bak')],
      [withSoundRecords(capital), 'mine'],
    );
    assert.equal((await readdir(folder)).length, 2);
  });

  it('is refused before the file is checked, and for what is no text', async () => {
    await writeFile(path(), withSoundRecords(capital));
    await assert.rejects(dryRun(), new Refusal('it has not been checked yet'));
    await openChecked('\0\0\0\0');
    await assert.rejects(dryRun(), /is no text/);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const text = largeFile(60, new Map([[1, capital]]));
    await openChecked(text);
    const { stamp } = await dryRun();
    const abort = new AbortController();
    const repairing = file.ask(
      'repair',
      { kind: 'write', stamp, rules: ['message-role'] },
      { signal: abort.signal },
    );
    abort.abort(new Error('enough'));
    await assert.rejects(repairing, new Error('enough'));
    await until('the new file to be taken away', async () =>
      (await readdir(folder)).length === 1 ? true : undefined,
    );
    assert.equal(await read(), text);
  });

  it('can be cancelled until the new file takes the name', async () => {
    const text = withSoundRecords(capital);
    await openChecked(text);
    const { stamp } = await dryRun();
    const context = createContext([], '2026-11-21');
    const wishes = { kind: 'write', stamp, rules: ['message-role'] } as const;
    let told = 0;
    const onRepaired = (): void => {
      if (++told === 3) throw new Error('enough');
    };
    const cancelled = repairFile(path(), context, wishes, { onRepaired });
    // After the only chunk, after the end of the file, and when all of the new one is on the disk.
    await assert.rejects(cancelled, new Error('enough'));
    assert.deepEqual([await read(), await readdir(folder)], [text, ['train.jsonl']]);
  });

  it('leaves nothing behind when it is closed meanwhile', async () => {
    const text = largeFile(300, new Map([[1, capital]]));
    await openChecked(text);
    const { stamp } = await dryRun();
    const wishes = { kind: 'write', stamp, rules: ['message-role'] } as const;
    const isClosed = assert.rejects(file.ask('repair', wishes), new Refusal('it is closed'));
    const deadline = performance.now() + 10_000;
    while ((await readdir(folder)).length === 1) assert.ok(performance.now() < deadline);
    file.dispose();
    await isClosed;
    await until('the new file to be taken away', async () =>
      (await readdir(folder)).length === 1 ? true : undefined,
    );
    assert.equal(await read(), text);
  });
});
