import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { readText } from '../helpers/repository.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imagePart, recordOf, withSoundRecords } from '../helpers/trainingText.ts';
import { openEditor, type Editor } from './editor.ts';

/** Larger than the service takes, and 130 times what fits into the text of a hover. */
const largeBytes = 13_000_000;

const hostile = [
  '![](https://example.com/beacon)',
  '<img src="https://example.com/beacon">',
  '[x](command:workbench.action.quit) $(alert) | `code` |\n\n![](https://example.com/beacon)',
];

const reversed = 'https://example.com/\u202egnp.exe\u0007';
const html = '<!DOCTYPE html><script>document.title = 1</script>';
const htmlUri = `data:image/png;base64,${Buffer.from(html).toString('base64')}`;

/** Ten pictures, of which a hover shows eight: the second is on the web, the third is a page. */
const strip = Array.from({ length: 10 }, (_, index) =>
  imagePart(dataUri('png', makeImage('png', 100 + index, 50)), 'low'),
);
strip[1] = imagePart('https://example.com/second.png', 'low');
strip[2] = imagePart(htmlUri, 'low');

describe('a hover over a record', () => {
  let editor: Editor;
  const requested = new Set<string>();

  before(async () => {
    const large = makeImage('png', 1600, 900, { byteLength: largeBytes });
    editor = await openEditor({
      files: {
        'clean.jsonl': readText('samples/clean.jsonl'),
        'large.jsonl': withSoundRecords(recordOf(imagePart(dataUri('png', large), 'low'))),
        'hostile.jsonl': withSoundRecords(
          ...[...hostile, reversed, htmlUri].map((url) => recordOf(imagePart(url, 'low'))),
        ),
        'strip.jsonl': withSoundRecords(recordOf(...strip)),
        'gif.jsonl': withSoundRecords(
          recordOf(imagePart(dataUri('png', makeImage('gif', 100, 300)), 'low')),
        ),
      },
      open: 'clean.jsonl',
      // Over a network, as in a browser, VS Code asks before it shows more than 10 MB.
      settings: { 'workbench.editorLargeFileConfirmation': 100 },
    });
    editor.window.page.on('request', (request) => requested.add(new URL(request.url()).hostname));
  });
  after(() => editor.close());

  it('shows a picture small enough for its text, drawn from the record itself', async () => {
    const hover = await hoverAt('clean.jsonl', 6, /PNG|JPEG|WEBP/);
    assert.match(await sourceOf(hover), /^data:image\//);
    assert.deepEqual(await sizesOf(hover), [{ natural: [480, 320], drawn: [216, 144] }]);
  });

  it('shows of one too large for its text a smaller copy', async () => {
    const hover = await hoverAt('clean.jsonl', 1, '138 kB');
    assert.match(await sourceOf(hover), /^(?:data:image|https?:\/\/127\.0\.0\.1:)/);
    assert.deepEqual(await sizesOf(hover), [{ natural: [640, 400], drawn: [230, 144] }]);
  });

  it('shows both pictures of a record that has two', async () => {
    const sizes = await sizesOf(await hoverAt('clean.jsonl', 11, 'WEBP'));
    assert.deepEqual(sizes, [
      { natural: [320, 320], drawn: [96, 96] },
      { natural: [320, 320], drawn: [96, 96] },
    ]);
  });

  it('shows of many pictures the first eight by their numbers, and leads to the preview for the others', async () => {
    const hover = await hoverAt('strip.jsonl', 1, 'Image 3: not shown, for HTML');
    const sizes = await sizesOf(hover);
    assert.deepEqual(
      sizes.map(({ natural: [width] }) => width),
      [100, 103, 104, 105, 106, 107],
    );
    const words = await hover.innerText();
    const numbers = words.match(/Image \d+(?=\s)/g) ?? [];
    assert.deepEqual(
      [...new Set(numbers)],
      [1, 2, 3, 4, 5, 6, 7, 8].map((each) => `Image ${each}`),
    );
    const more = hover.getByRole('link', { name: 'and 2 more' });
    assert.match((await more.getAttribute('data-href')) ?? '', /^command:visionFinetune\.preview/);
  });

  it('shows of a picture of 13 MB a copy of its shape, with twice the pixels that it is drawn with', async () => {
    const hover = await hoverAt('large.jsonl', 1, '13 MB');
    assert.deepEqual(await sizesOf(hover), [{ natural: [640, 360], drawn: [256, 144] }]);
  });

  it('shows a picture by what its bytes are, with the finding that says so', async () => {
    const record = recordOf(imagePart(dataUri('png', makeImage('gif', 100, 300)), 'low'));
    const hover = await hoverAt('gif.jsonl', 1, 'Image is a 100×300 GIF', record.indexOf('data:'));
    assert.match(await sourceOf(hover), /^data:image\/gif;/);
    assert.deepEqual(await sizesOf(hover), [{ natural: [100, 300], drawn: [32, 96] }]);
  });

  it('shows of a web address the address and a link, and no picture', async () => {
    const hover = await hoverAt('clean.jsonl', 16, 'example.com');
    const address = 'https://example.com/boards/0412.png';
    assert.equal(await hover.locator('img').count(), 0);
    assert.equal((await hover.locator('.monaco-tokenized-source').innerText()).trim(), address);
    const link = hover.getByRole('link', { name: 'Open in Browser' });
    assert.equal(await link.getAttribute('data-href'), address);
  });

  it('shows what a record calls an address as it is, whatever markdown it is written in', async () => {
    for (const [index, url] of hostile.entries()) {
      const hover = await hoverAt('hostile.jsonl', index + 1, 'detail low');
      const contents = hover.locator('.hover-contents');
      assert.equal(await contents.locator(':is(img, table, .codicon, script)').count(), 0, url);
      const links = await contents
        .locator('a')
        .evaluateAll((all: { getAttribute(name: string): string | null }[]) =>
          all.map((link) => link.getAttribute('data-href') ?? ''),
        );
      const foreign = links.filter((link) => !isOwnLink(link));
      assert.deepEqual(foreign, [], url);
    }
  });

  it('makes control and direction-changing characters of an address visible', async () => {
    const hover = await hoverAt('hostile.jsonl', hostile.length + 1, 'detail low');
    const address = await hover.locator('.monaco-tokenized-source').innerText();
    assert.equal(address.trim(), 'https://example.com/\\u202egnp.exe\\u0007');
  });

  it('offers of a page that is called a picture neither to open nor to copy it', async () => {
    const hover = await hoverAt('hostile.jsonl', hostile.length + 2, 'Not shown, for HTML');
    const links = hover.locator('a[data-href^="command:visionFinetune"]');
    assert.deepEqual(await links.allInnerTexts(), ['Set Detail…', 'Repair…']);
  });

  it('asks nothing of any other machine', () => {
    assert.deepEqual([...requested].filter(Boolean), ['127.0.0.1']);
  });

  async function hoverAt(
    name: string,
    line: number,
    text: string | RegExp,
    offset = 0,
  ): Promise<Locator> {
    const { window } = editor;
    await window.openFile(editor.path(name));
    await window.goTo(line, offset + 1);
    return window.showHover(text);
  }

  async function sizesOf(hover: Locator): Promise<{ natural: number[]; drawn: number[] }[]> {
    const natural = await editor.window.pictures(hover);
    const images = await hover.locator('img').all();
    const boxes = await Promise.all(images.map((image) => image.boundingBox()));
    return natural.map(({ width, height }, index) => ({
      natural: [width, height],
      drawn: [boxes[index]?.width ?? 0, boxes[index]?.height ?? 0],
    }));
  }
});

/** A command of the extension with the name of a picture, or the page of a rule. */
function isOwnLink(link: string): boolean {
  return (
    /^command:visionFinetune\.(?:\w+)\?%5B%22picture-\d+%22%5D$/.test(link) ||
    /^https:\/\/github\.com\/.*\/docs\/rules\/[\w-]+\.md$/.test(link)
  );
}

async function sourceOf(hover: Locator): Promise<string> {
  return (await hover.locator('img').first().getAttribute('src')) ?? '';
}
