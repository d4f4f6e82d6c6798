import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { FileHasher, OpenedFile } from '../../core/service/openedFile.ts';
import { ServiceError } from '../../core/service/serviceError.ts';

/** Longer than one piece, so that the last one is held back after others have gone. */
const bytes = Buffer.alloc(2_500_000, 'abcdefg');

describe('a file on its way to the service', () => {
  let folder: string;
  let path: string;
  let file: OpenedFile;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vision-finetune-'));
    path = join(folder, 'train.jsonl');
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    await writeFile(path, bytes);
    file = await OpenedFile.open(path);
  });
  afterEach(async () => {
    await file.close();
  });

  it('is read as it is', async () => {
    assert.ok((await collect(file.read())).equals(bytes));
    assert.ok(
      (await collect(file.read(1_048_570, 1_048_590))).equals(bytes.subarray(1_048_570, 1_048_590)),
    );
    assert.ok((await collect(file.readAs(sha256(bytes)))).equals(bytes));
    await file.assertUnchanged();
  });

  it('is not sent to its end where it is not what was hashed', async () => {
    const sent: Uint8Array[] = [];
    await assert.rejects(async () => {
      for await (const chunk of file.readAs(sha256(Buffer.from('other')))) sent.push(chunk);
    }, isChanged);
    assert.ok(Buffer.concat(sent).length < bytes.length);
  });

  it('is the one that was opened, whatever stands under its name by now', async () => {
    await writeFile(join(folder, 'other'), 'other');
    await rename(join(folder, 'other'), path);
    assert.ok((await collect(file.readAs(sha256(bytes)))).equals(bytes));
    await assert.rejects(file.assertUnchanged(), isChanged);
  });

  it('is known to have changed when something was appended, cut off, or the file is gone', async () => {
    await appendFile(path, 'x');
    await assert.rejects(file.assertUnchanged(), isChanged);
    await truncate(path, 10);
    await assert.rejects(collect(file.read()), isChanged);
    await rm(path);
    await assert.rejects(file.assertUnchanged(), isChanged);
  });

  it('is a regular file', async () => {
    await assert.rejects(OpenedFile.open(folder), /is not a file|EISDIR/);
  });
});

describe('a digest', () => {
  it('is the same whatever the pieces in which the bytes come', () => {
    for (const length of [1, 7, 99, 100, 101, 1000]) {
      const hasher = new FileHasher(100);
      const text = bytes.subarray(0, 1050);
      for (let at = 0; at < text.length; at += length)
        hasher.update(text.subarray(at, at + length));
      const { parts, ...digest } = hasher.digest();
      assert.deepEqual(digest, {
        byteLength: 1050,
        sha256: sha256(text),
        md5: createHash('md5').update(text).digest('hex'),
        partBytes: 100,
      });
      assert.equal(parts.length, 11);
      assert.equal(parts[10], sha256(text.subarray(1000)));
      assert.equal(parts[3], sha256(text.subarray(300, 400)));
    }
  });
});

function isChanged(error: unknown): boolean {
  return error instanceof ServiceError && error.kind === 'file-changed';
}

function sha256(value: Uint8Array): string {
  return createHash('sha256').update(value).digest('hex');
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(Buffer.from(chunk));
  return Buffer.concat(all);
}
