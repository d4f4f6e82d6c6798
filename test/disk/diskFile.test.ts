import assert from 'node:assert/strict';
import {
  appendFile,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { createContext } from '../../core/check/context.ts';
import { FileChecker } from '../../core/check/fileChecker.ts';
import { DiskFile, Refusal } from '../../disk/diskFile.ts';
import type { CheckWishes, DiskRecord, DiskReport } from '../../disk/protocol.ts';
import { replaceRecord } from '../../disk/replaceRecord.ts';
import { until } from '../../scripts/editor/until.ts';
import { readText } from '../helpers/repository.ts';
import { settingsOf } from '../helpers/settingsOf.ts';
import { soundRecord, withSoundRecords } from '../helpers/trainingText.ts';

const script = join(import.meta.dirname, '..', '..', 'disk', 'main.ts');
const robot = soundRecord.replace('assistant', 'robot');

/** In a file of Linux, the first byte is never mapped: to read it fails as on a broken disk. */
const noProc = process.platform === 'linux' ? false : 'there is no /proc here';

describe('a file on disk', () => {
  let folder = '';
  let file: DiskFile;
  const path = (name = 'train.jsonl'): string => join(folder, name);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vision-finetune-disk-'));
  });
  after(() => rm(folder, { recursive: true }));
  afterEach(() => file.dispose());

  async function openFile(content: string): Promise<void> {
    await writeFile(path(), content);
    file = new DiskFile({ script, path: path() });
  }

  function check(wishes: Partial<CheckWishes> = {}): Promise<DiskReport> {
    const usual = { settings: settingsOf(), learnt: [], isAskedFor: false, maxFindings: 1000 };
    return file.ask('check', { ...usual, ...wishes });
  }

  function record(index: number): Promise<DiskRecord> {
    return file.ask('record', { index });
  }

  it('has the findings of a check from disk, with settings and configuration file', async () => {
    const text = readText('samples/broken.jsonl');
    await openFile(text);
    const checker = new FileChecker(createContext([], '2026-11-21'));
    checker.read(Buffer.from(text));
    const report = await check({ settings: {} });
    const seen = ({ rule, message, range }: DiskReport['findings'][number]) => [
      rule,
      message,
      range,
    ];
    assert.deepEqual(report.findings.map(seen), checker.finish().findings.map(seen));

    await writeFile(path('vision-finetune.json'), '{"severities": {"message-role": "off"}}');
    await writeFile(path(), withSoundRecords(robot));
    assert.deepEqual((await check()).findings, []);
    await rm(path('vision-finetune.json'));
    const codes = (await check()).findings.map(({ rule }) => rule);
    assert.deepEqual(codes, ['message-role']);
    const off = settingsOf({ severities: { 'message-role': 'off' } });
    assert.deepEqual((await check({ settings: off })).findings, []);
  });

  it('is not checked if it is no training data, unless somebody asks', async () => {
    await openFile('{"a": 1}\n'.repeat(30));
    assert.equal((await check()).state, 'ignored');
    const asked = await check({ isAskedFor: true });
    assert.deepEqual([asked.state, asked.records], ['checked', 30]);
  });

  it('gives as many findings as are wanted, the gravest, and counts all', async () => {
    await openFile(withSoundRecords(...Array.from({ length: 30 }, () => robot), '{'));
    const { findings, counts } = await check({ maxFindings: 5 });
    assert.equal(findings.length, 5);
    assert.ok(counts.error > 30);
    assert.ok(findings.every(({ severity }) => severity === 'error'));
  });

  it('lists its records with their words and marks those with a problem', async () => {
    await openFile(withSoundRecords('', robot, soundRecord.replace('Hi', 'Good\\nmorning')));
    await check();
    const list = await file.ask('rows', { from: 0, count: 3 });
    assert.deepEqual([list.records, list.isComplete], [12, true]);
    assert.deepEqual(
      list.rows.map(({ words, severity }) => [words, severity]),
      [
        ['Hi', 'error'],
        ['Good morning', undefined],
        ['Hi 0', undefined],
      ],
    );
  });

  it('gives a record with its text, place and findings', async () => {
    await openFile(withSoundRecords(soundRecord, robot));
    await check();
    const { text, line, findings } = await record(1);
    assert.deepEqual([text, line], [robot, 1]);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['message-role'],
    );
    await assert.rejects(record(99), new Refusal('there is no such record'));
  });

  it('finds the next and the previous problem, and records with a text', async () => {
    await openFile(withSoundRecords(soundRecord, robot, soundRecord, robot));
    await check();
    const find = (from: number, isBackwards: boolean, text?: string) =>
      file.ask('find', { from, isBackwards, text });
    assert.equal(await find(-1, false), 1);
    assert.equal(await find(1, false), 3);
    assert.equal(await find(3, true), 1);
    assert.equal(await find(1, true), undefined);
    assert.equal(await find(-1, false, 'hi 7'), 11);
    assert.equal(await find(11, false, 'hi 7'), undefined);
    assert.equal(await find(13, true, 'robot'), 3);
  });

  it('puts another text in the place of a record, and leaves all other bytes as they are', async () => {
    await openFile(`\uFEFF${soundRecord}\r\n${robot}\n\n{"é": "😀"}`);
    const place = await record(1);
    const text = soundRecord.replace('Hello', 'Grüß Gott');
    await file.ask('replace', { place, text });
    const written = await readFile(path(), 'utf8');
    assert.equal(written, `\uFEFF${soundRecord}\r\n${text}\n\n{"é": "😀"}`);
    assert.equal((await record(1)).text, text);
    assert.deepEqual(await readdir(folder), ['train.jsonl']);
  });

  it('does not write over a file that has changed since the record was read', async () => {
    await openFile(withSoundRecords(robot));
    const place = await record(0);
    const changed = withSoundRecords(soundRecord, robot);
    await writeFile(path(), changed);
    await assert.rejects(
      file.ask('replace', { place, text: '{}' }),
      new Refusal('it has changed on disk meanwhile'),
    );
    assert.equal(await readFile(path(), 'utf8'), changed);
    assert.deepEqual(await readdir(folder), ['train.jsonl']);
  });

  it('does not write over a file of which another has taken the name', async () => {
    await openFile(withSoundRecords(robot));
    await utimes(path(), 1, 1);
    const place = await record(0);
    const other = withSoundRecords(robot).replace('Hello', 'Howdy');
    await writeFile(path('other'), other);
    await utimes(path('other'), 1, 1);
    await rename(path('other'), path());
    await assert.rejects(file.ask('replace', { place, text: '{}' }), Refusal);
    assert.equal(await readFile(path(), 'utf8'), other);
  });

  it('is as it was when writing a record into it is cancelled', async () => {
    const text = withSoundRecords(robot);
    await openFile(text);
    const place = await record(0);
    const cancelled = AbortSignal.abort(new Error('enough'));
    const replacing = replaceRecord(path(), { place, text: '{}' }, cancelled);
    await assert.rejects(replacing, new Error('enough'));
    assert.equal(await readFile(path(), 'utf8'), text);
    assert.ok((await readdir(folder)).every((name) => !name.endsWith('.tmp')));
  });

  it('does not make several lines of a record', async () => {
    await openFile(withSoundRecords(robot));
    const place = await record(0);
    await assert.rejects(file.ask('replace', { place, text: '{\n}' }), Refusal);
  });

  it('says that a record is longer than any text', async () => {
    await openFile(withSoundRecords());
    await truncate(path(), 600 << 20);
    await assert.rejects(record(9), new Refusal('a record of more than 512 MB cannot be shown'));
    assert.equal((await record(8)).line, 8);
  });

  it('says what is in the way, and is read again when that is gone', async () => {
    await openFile(withSoundRecords(robot));
    await rm(path());
    await assert.rejects(check({ isAskedFor: true }), new Refusal('no such file'));
    await assert.rejects(record(0), new Refusal('no such file'));
    await writeFile(path(), withSoundRecords(robot));
    assert.equal((await check()).counts.error, 1);
  });

  it('lists what is in a file that grows or becomes shorter', async () => {
    const list = async (): Promise<unknown[]> => {
      const { records, rows } = await until('the end of the list', async () => {
        const listed = await file.ask('rows', { from: 0, count: 20 });
        return listed.isComplete ? listed : undefined;
      });
      return [records, rows.length, rows.at(-1)?.words];
    };
    await openFile(withSoundRecords());
    assert.deepEqual(await list(), [10, 10, 'Hi 9']);
    const place = await record(9);
    await appendFile(path(), `\n${soundRecord.replace('Hi', 'Good night')}`);
    assert.deepEqual(await list(), [11, 11, 'Good night']);
    await truncate(path(), place.offset);
    assert.deepEqual(await list(), [9, 9, 'Hi 8']);
    await assert.rejects(record(9), new Refusal('there is no such record'));
    await truncate(path(), 0);
    assert.deepEqual(await list(), [0, 0, undefined]);
  });

  it('says that the disk cannot read it, each time it is asked', { skip: noProc }, async () => {
    file = new DiskFile({ script, path: '/proc/self/mem' });
    const refusal = new Refusal('the disk cannot read or write it');
    await assert.rejects(file.ask('rows', { from: 0, count: 1 }), refusal);
    await assert.rejects(record(0), refusal);
    await assert.rejects(check({ isAskedFor: true }), refusal);
    await assert.rejects(file.ask('rows', { from: 0, count: 1 }), refusal);
  });

  it('tells who waits when its process is ended, and starts another with the next request', async () => {
    await writeFile(path(), withSoundRecords(robot));
    const breakdowns: string[] = [];
    const onBreakdown = (reason: string): unknown => breakdowns.push(reason);
    file = new DiskFile({ script, path: path(), onBreakdown });
    await check();
    const { pid } = file;
    assert.ok(pid);
    process.kill(pid, 'SIGKILL');
    await assert.rejects(
      check(),
      (error) => error instanceof Refusal && error.message.includes('broke down'),
    );
    assert.equal((await check()).counts.error, 1);
    file.dispose();
    assert.deepEqual(breakdowns, ['its reader broke down (SIGKILL)']);
  });

  it('gives up a check that nobody waits for any more', async () => {
    await openFile(withSoundRecords(robot));
    const abort = new AbortController();
    const checking = file.ask(
      'check',
      { settings: settingsOf(), learnt: [], isAskedFor: true, maxFindings: 1 },
      { signal: abort.signal },
    );
    abort.abort(new Error('enough'));
    await assert.rejects(checking, new Error('enough'));
    assert.equal((await check()).state, 'checked');
  });

  it('tells that something was written though it was cancelled or closed, where it was too late', async () => {
    for (const stop of ['cancel', 'dispose'] as const) {
      await writeFile(path('late.mjs'), tooLate);
      file = new DiskFile({ script: path('late.mjs'), path: path() });
      const abort = new AbortController();
      const replacing: Promise<unknown> = file.ask('replace', replacement, {
        signal: abort.signal,
      });
      if (stop === 'cancel') abort.abort(new Error('enough'));
      else file.dispose();
      assert.equal(await replacing, 'written');
      file.dispose();
    }
  });
});

/** A process that has written before it hears that nobody wants it any more. */
const tooLate = `process.on('message', ({ kind, id }) => {
  if (kind === 'cancel') process.send({ kind: 'done', id, gives: 'written' });
});
process.on('disconnect', () => process.exit());`;

const replacement = {
  place: { offset: 0, byteLength: 1, stamp: { size: 1, mtimeMs: 1, ino: 1 } },
  text: '{}',
};
