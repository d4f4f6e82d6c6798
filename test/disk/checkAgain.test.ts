import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DiskFile } from '../../disk/diskFile.ts';
import type { DiskReport } from '../../disk/protocol.ts';
import { largeFile } from '../helpers/largeFile.ts';
import { settingsOf } from '../helpers/settingsOf.ts';
import { soundRecord } from '../helpers/trainingText.ts';

const script = join(import.meta.dirname, '..', '..', 'disk', 'main.ts');
const robot = soundRecord.replace('assistant', 'robot');

/** Of 36 MB, with a fault near each end: several threads check it. */
const text = largeFile(
  400,
  new Map([
    [2, robot],
    [398, robot.replace('Hi', 'Good night')],
  ]),
);

/** Bytes that are checked in one piece, and of the longest record. */
const stretch = 2 << 20;
const longest = 1_100_000;

describe('a large file on disk that is checked again', () => {
  let folder = '';
  let path = '';
  let file: DiskFile;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vision-finetune-again-'));
    path = join(folder, 'train.jsonl');
    await writeFile(path, text);
    file = new DiskFile({ script, path });
  });
  after(async () => {
    file.dispose();
    await rm(folder, { recursive: true });
  });

  function check(settings = settingsOf()): Promise<DiskReport> {
    return file.ask('check', { settings, learnt: [], isAskedFor: false, maxFindings: 1000 });
  }

  function lines({ findings }: DiskReport): number[] {
    return findings.map(({ range }) => range.start.line);
  }

  it('is checked at its end alone where it has grown or become shorter', async () => {
    const first = await check();
    assert.deepEqual([first.unchangedBytes, first.records, lines(first)], [0, 400, [2, 398]]);
    await appendFile(path, `${robot}\n`);
    const grown = await check();
    assert.ok(grown.unchangedBytes > text.length - stretch - longest);
    assert.deepEqual([grown.records, lines(grown)], [401, [2, 398, 400]]);
    await truncate(path, text.length);
    const { unchangedBytes, ...others } = await check();
    assert.ok(unchangedBytes > 0);
    assert.deepEqual({ unchangedBytes: 0, ...others }, first);
  });

  it('is checked from the record on that was edited', async () => {
    await check();
    const line = 200;
    const start = text.split('\n', line).join('\n').length + 1;
    const { offset, ...place } = await file.ask('record', { index: line });
    assert.equal(offset, start);
    await file.ask('replace', { place: { offset, ...place }, text: robot });
    const edited = await check();
    assert.deepEqual(lines(edited), [2, line, 398]);
    assert.ok(edited.unchangedBytes > start - stretch - longest && edited.unchangedBytes <= start);
  });

  it('is checked as a whole where other settings hold', async () => {
    await check();
    const silent = await check(settingsOf({ severities: { 'message-role': 'off' } }));
    assert.deepEqual([silent.unchangedBytes, lines(silent)], [0, []]);
  });
});
