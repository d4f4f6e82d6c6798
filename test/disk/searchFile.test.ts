import assert from 'node:assert/strict';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { searchFile } from '../../disk/searchFile.ts';

describe('a search on disk', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vision-finetune-search-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function search(content: string | Buffer, text: string, isBackwards = false) {
    const path = join(folder, 'file.jsonl');
    await writeFile(path, content);
    await using file = await open(path);
    const { signal } = new AbortController();
    const end = Buffer.byteLength(content);
    return await searchFile(file, text, { start: 0, end, isBackwards, signal });
  }

  it('finds the first or the last place, in upper or lower case', async () => {
    assert.equal(await search('a Cat, a cAt', 'CAT'), 2);
    assert.equal(await search('a Cat, a cAt', 'cat', true), 9);
    assert.equal(await search('a Cat', 'dog'), undefined);
  });

  it('finds letters beyond ASCII in upper or lower case, and no others for them', async () => {
    assert.equal(await search('"ÉCOLE"', 'école'), 1);
    assert.equal(await search('"\\u00C9cole"', 'école'), 1);
    // Its UTF-8 begins with the bytes of `á` if those are folded as Latin-1.
    assert.equal(await search('"あ"', 'Á'), undefined);
  });

  it('finds a character that is written as itself or by its number', async () => {
    assert.equal(await search('"Café"', 'café'), 1);
    assert.equal(await search('"Caf\\u00E9"', 'café'), 1);
    assert.equal(await search('"\\ud83d\\ude00"', '😀'), 1);
    assert.equal(await search('"say \\"hi\\""', '"hi"'), 5);
  });

  it('does not find words in base64, but behind it', async () => {
    const base64 = `${'A'.repeat(150)}cat${'B'.repeat(150)}`;
    assert.equal(await search(`"${base64}"`, 'cat'), undefined);
    assert.equal(await search(`"${base64}"`, 'cat', true), undefined);
    assert.equal(await search(`"${base64}" cat`, 'cat'), base64.length + 3);
    assert.equal(await search(`cat "${base64}"`, 'cat', true), 0);
  });

  it('finds what stands across the windows in which it reads', async () => {
    for (const at of [(1 << 20) - 2, 1 << 20, 3 * (1 << 20) - 3]) {
      const content = Buffer.alloc(4 << 20, ' ');
      content.write('needle', at);
      assert.equal(await search(content, 'needle'), at);
      assert.equal(await search(content, 'needle', true), at);
    }
  });
});
