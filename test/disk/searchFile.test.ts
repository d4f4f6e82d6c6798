import assert from 'node:assert/strict';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
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

  it('finds what a look at each place finds, whatever stands there', async () => {
    const pieces = fc.constantFrom('@', 'A', 'z', 'Z[', '`', '{', 'é', 'あ', '"', 'aZ'.repeat(110));
    await fc.assert(
      fc.asyncProperty(
        fc.array(pieces, { maxLength: 12 }),
        fc.constantFrom('a', 'z', 'az', '@', '[', '`', 'z[', 'あ'),
        async (all, needle) => {
          const content = all.join('');
          const found = placesOf(content, needle);
          assert.equal(await search(content, needle), found[0]);
          assert.equal(await search(content, needle, true), found.at(-1));
        },
      ),
      { seed: 6, numRuns: 200 },
    );
  });
});

/** In bytes, base64 left out. */
function placesOf(content: string, needle: string): number[] {
  const folded = content.toLowerCase();
  const runs = [...folded.matchAll(/[a-z0-9+/=]{201,}/g)];
  const isInside = (at: number): boolean =>
    runs.some(({ index, 0: run }) => at >= index && at + needle.length <= index + run.length);
  const places = Array.from({ length: folded.length }, (_, at) => at);
  return places
    .filter((at) => folded.startsWith(needle, at) && !isInside(at))
    .map((at) => Buffer.byteLength(content.slice(0, at)));
}
