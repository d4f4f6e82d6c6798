import assert from 'node:assert/strict';
import { mkdtemp, open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { FileChecker, type FileReport } from '../../core/check/fileChecker.ts';
import { Companion } from '../../core/dataset/companion.ts';
import { checkFile, type FileCheckOptions } from '../../parallel/checkFile.ts';
import { CheckThreads } from '../../parallel/checkThreads.ts';
import { KeptStretches } from '../../parallel/keptStretches.ts';
import { withFile, type OpenedFile } from '../../cli/readFile.ts';
import { anyFile, context } from '../check/anyKnownRecords.ts';
import { goodRecords, imageRecords } from '../check/anyTraining.ts';

const inThreads = { maxFindings: 1000, threading: { threads: 3, minBytes: 0, stretchLength: 300 } };

describe('A file that is checked in several threads', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vision-finetune-threads-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function check(text: string | Buffer, options: FileCheckOptions): Promise<FileReport> {
    await writeFile(join(folder, 'train.jsonl'), text);
    return checkNow(options);
  }

  async function checkNow(options: FileCheckOptions): Promise<FileReport> {
    const path = join(folder, 'train.jsonl');
    const buffer = Buffer.alloc(1000);
    const report = await withFile(path, buffer, (file) => checkFile(file, context, options));
    assert.ok('findings' in report);
    return report;
  }

  it('has the report of one thread', async () => {
    const texts = fc.sample(anyFile, { seed: 13, numRuns: 20 });
    const text = `\uFEFF${texts.join('\n')}`;
    assert.deepEqual(await check(text, inThreads), checkAtOnce(Buffer.from(text)));
    const utf16 = Buffer.from(`\uFEFF${goodRecords(20)}`, 'utf16le');
    assert.deepEqual(await check(utf16, inThreads), checkAtOnce(utf16));
  });

  it('tells how far it has come, and when it is read', async () => {
    const text = imageRecords(50);
    const told: string[] = [];
    await check(text, {
      ...inThreads,
      onProgress: (bytes, records) => told.push(`${bytes} ${records}`),
      onRead: () => told.push('read'),
    });
    assert.ok(told.length > 10);
    assert.deepEqual(told.slice(-2), [`${text.length} 50`, 'read']);
  });

  it('gives up at once, whatever its threads are at', async () => {
    const abort = new AbortController();
    let aborted = 0;
    const onProgress = (): void => {
      if (aborted > 0) return;
      aborted = performance.now();
      abort.abort(new Error('enough'));
    };
    // What is wrong with each takes a thread about a second to tell.
    const slow = `{"messages":[${'{"role":"user","content":[]},'.repeat(200_000)}1]}\n`;
    const started = performance.now();
    await check(slow, { maxFindings: 10 });
    const ofOne = performance.now() - started;
    const options = { ...inThreads, onProgress, signal: abort.signal };
    await assert.rejects(check(`${goodRecords(10)}${slow.repeat(10)}`, options), /enough/);
    const waited = performance.now() - aborted;
    assert.ok(waited < ofOne, `${waited} ms, one record takes ${ofOne} ms`);
  });

  it('gives up in one thread, too, and behind the last piece', async () => {
    const abort = new AbortController();
    const onProgress = (): void => abort.abort(new Error('enough'));
    const options = { maxFindings: 10, onProgress, signal: abort.signal };
    await assert.rejects(check(goodRecords(1), options), /enough/);
  });

  it('has an end where the file has become shorter meanwhile', async () => {
    const path = join(folder, 'short.jsonl');
    await writeFile(path, goodRecords(20));
    await using handle = await open(path);
    const file = { ...unread(handle), size: 1_000_000 };
    const { records, bytes } = await checkFile(file, context, inThreads);
    assert.deepEqual({ records, bytes }, { records: 20, bytes: goodRecords(20).length });
  });

  it('is checked again from its first change on, by one thread or more, also if another file has its name', async () => {
    for (const threads of [1, 3]) {
      const kept = new KeptStretches();
      const options = { ...inThreads, kept, threading: { ...inThreads.threading, threads } };
      const text = imageRecords(50);
      await check(text, options);
      assert.equal(kept.unchangedBytes, 0);
      await check(text, options);
      assert.equal(kept.unchangedBytes, text.length);
      const changed = Buffer.from(`${text.replace('/40.png', '/x0.png')}{\n`);
      await writeFile(join(folder, 'new.jsonl'), changed);
      await rename(join(folder, 'new.jsonl'), join(folder, 'train.jsonl'));
      const report = await checkNow(options);
      assert.deepEqual(report, checkAtOnce(changed));
      assert.ok(kept.unchangedBytes > text.length / 2);
      assert.ok(kept.unchangedBytes <= text.indexOf('/40.png'));
    }
  });

  it('is checked as a whole again where it was checked by one thread meanwhile', async () => {
    const kept = new KeptStretches();
    const options = { ...inThreads, kept };
    const text = imageRecords(50);
    await check(text, options);
    await check(text, { ...options, companion: new Companion('val.jsonl') });
    assert.equal(kept.unchangedBytes, 0);
    await check(text, options);
    assert.equal(kept.unchangedBytes, 0);
  });

  it('leaves nobody waiting for a thread that has ended', async () => {
    await using handle = await open(join(folder, 'ended.jsonl'), 'w+');
    const threads = new CheckThreads(2, { descriptor: handle.fd, context });
    await threads[Symbol.asyncDispose]();
    await assert.rejects(threads.check({ start: 0, end: Infinity }), /has ended/);
  });

  it('tells of a disk that cannot be read as the system does', async () => {
    await using handle = await open(join(folder, 'written.jsonl'), 'w');
    await using threads = new CheckThreads(1, { descriptor: handle.fd, context });
    await assert.rejects(threads.check({ start: 0, end: Infinity }), {
      code: 'EBADF',
      syscall: 'read',
    });
  });
});

function unread(handle: FileHandle): OpenedFile {
  const chunks: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => assert.fail('It is read in stretches'),
  };
  return { size: undefined, chunks, reread: () => Buffer.alloc(0), handle };
}

function checkAtOnce(bytes: Buffer): FileReport {
  const reread = (offset: number, length: number) => bytes.subarray(offset, offset + length);
  const checker = new FileChecker(context, inThreads.maxFindings, reread);
  checker.read(bytes);
  return checker.finish();
}
