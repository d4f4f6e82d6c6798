import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { until } from '../../scripts/editor/until.ts';
import { corpora } from '../helpers/corpora.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { readText } from '../helpers/repository.ts';
import { imagePart, recordOf, withSoundRecords } from '../helpers/trainingText.ts';
import { openEditor, type Editor } from './editor.ts';

const beacon = 'https://beacon.example/x.png';

/** What would be live in a page that takes a text for HTML or markdown. */
const payloads = [
  `![x](${beacon})`,
  `<img src="${beacon}" onerror="document.title='gone'">`,
  `<svg onload="document.title='gone'"><script>document.title='gone'</script></svg>`,
  `<a href="${beacon}">x</a> [x](${beacon}) <${beacon}>`,
  '[x](command:workbench.action.quit) <a href="command:workbench.action.quit">x</a>',
  `<style>body { background: url(${beacon}) }</style><iframe src="${beacon}"></iframe>`,
];

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="document.title='gone'"><image href="${beacon}"/></svg>`;
const html = `<!DOCTYPE html><script>document.title = 'gone'</script><img src="${beacon}">`;

const hostileUris = [
  dataUri('svg+xml', Buffer.from(svg)),
  dataUri('png', Buffer.from(svg)),
  `data:text/html;base64,${Buffer.from(html).toString('base64')}`,
  `data:image/svg+xml,${encodeURIComponent(svg)}`,
  beacon,
  'javascript:alert(1)',
];

/** Each text of a hostile record stands wherever a record has a text. */
function hostileRecord(text: string, images: readonly string[]): string {
  const call = { id: text, type: 'function', function: { name: text, arguments: text } };
  const said = [{ type: 'text', text }, { type: text, text }, ...images.map(toPart)];
  return JSON.stringify({
    messages: [
      { role: 'system', content: text },
      { role: text, name: text, content: said },
      { role: 'assistant', tool_calls: [call] },
      { role: 'tool', tool_call_id: text, content: text },
      { role: 'assistant', content: text, weight: text },
    ],
    tools: [{ type: 'function', function: { name: text } }],
  });
}

function toPart(url: string): unknown {
  return { type: 'image_url', image_url: { url, detail: 'low' } };
}

describe('the preview of a record', () => {
  let editor: Editor;
  let preview: FrameLocator;
  const requested = new Set<string>();

  before(async () => {
    const naughty = JSON.parse(
      await readFile(corpora('text', 'naughty-strings.json'), 'utf8'),
    ) as string[];
    const grey = makeImage('png', 60, 40, { colorMode: 'grey', bitsPerSample: 16 });
    const gif = dataUri('gif', makeImage('gif', 100, 300));
    editor = await openEditor({
      files: {
        'clean.jsonl': readText('samples/clean.jsonl'),
        'problem.jsonl': withSoundRecords(
          recordOf(imagePart(gif, 'low'), imagePart(dataUri('png', grey), 'low')),
          '{"messages": [{"role": "user", "content": "Hi"}',
        ),
        'hostile.jsonl': withSoundRecords(
          ...payloads.map((text) => hostileRecord(text, hostileUris)),
          hostileRecord(naughty.join('\n'), [...naughty.slice(0, 8), ...hostileUris]),
        ),
        'long.jsonl': withSoundRecords(
          recordOf(JSON.stringify({ type: 'text', text: 'word '.repeat(24_000) })),
        ),
        'bomb.jsonl': withSoundRecords(
          recordOf(imagePart(dataUri('png', bomb(40_000, 40_000)), 'low')),
        ),
      },
      open: 'clean.jsonl',
      // The naughty strings have some, and VS Code would ask about them.
      settings: { 'editor.unusualLineTerminators': 'off' },
    });
    editor.window.page.on('request', (request) => requested.add(new URL(request.url()).hostname));
    await editor.window.goTo(1, 1);
    await editor.window.runCommand('Vision Fine-Tuning: Preview Record');
    preview = editor.window.page.frameLocator('iframe.webview').frameLocator('#active-frame');
    await preview.locator('main .message').first().waitFor();
  });
  after(() => editor.close());

  it('shows the conversation with its picture, which has its facts as alternative text', async () => {
    await heading('Record 1 of 17');
    assert.deepEqual(await preview.locator('.role').allInnerTexts(), [
      'SYSTEM',
      'USER',
      'ASSISTANT',
    ]);
    assert.deepEqual(await drawn(), [{ width: 640, height: 400 }]);
    const alt = await preview.locator('.frame img').getAttribute('alt');
    assert.match(alt ?? '', /^Image 1: PNG · 640 × 400 · 138 kB · RGB, detail low: 85 tokens/);
    assert.match(await preview.locator('.summary').innerText(), /^1 image · about [\d,]+ tokens$/);
  });

  it('follows the cursor', async () => {
    await editor.window.goTo(11, 1);
    await heading('Record 11 of 17');
    assert.equal((await drawn()).length, 2);
    await editor.window.goTo(18, 1);
    await preview.locator('.status', { hasText: 'no record on this line' }).waitFor();
    await editor.window.goTo(2, 1);
    await heading('Record 2 of 17');
  });

  it('goes to the next record by button and by key, and keeps the focus', async () => {
    const next = preview.getByRole('button', { name: 'Next record', exact: true });
    await next.click();
    await heading('Record 3 of 17');
    assert.ok(await isFocused(next));
    await editor.window.page.keyboard.press('ArrowRight');
    await heading('Record 4 of 17');
    await editor.window.page.keyboard.press('ArrowLeft');
    await heading('Record 3 of 17');
    await focusEditor();
    await editor.window.page.locator('.statusbar-item', { hasText: 'Ln 3, ' }).waitFor();
  });

  it('shows a picture in full size by Enter, and closes it by Escape', async () => {
    await editor.window.goTo(1, 1);
    await heading('Record 1 of 17');
    await drawn();
    const frame = preview.locator('.frame');
    await frame.focus();
    await editor.window.page.keyboard.press('Enter');
    const whole = preview.getByRole('dialog').locator('img');
    await whole.waitFor();
    assert.deepEqual(await naturalSizes(whole), [{ width: 640, height: 400 }]);
    await editor.window.page.keyboard.press('Escape');
    await whole.waitFor({ state: 'detached' });
    assert.ok(await isFocused(frame), 'the focus is back on the picture');
  });

  it('extracts the bytes of a picture into a new file', async () => {
    const { page } = editor.window;
    for (const expected of ['clean-record1-image1.png', 'clean-record1-image1-2.png']) {
      await preview.getByRole('button', { name: 'Extract to a file: image 1' }).click();
      const input = page.locator('.quick-input-widget input.input');
      await until('the name of the file', async () => {
        const name = await input.inputValue().catch(() => '');
        return name.endsWith(`/${expected}`) || undefined;
      });
      await page.keyboard.press('Enter');
      await editor.window.notification(`Written: ${expected}`);
    }
    const [, base64 = ''] = /base64,([^"]+)/.exec(readText('samples/clean.jsonl')) ?? [];
    const written = await readFile(editor.path('clean-record1-image1.png'));
    assert.ok(written.equals(Buffer.from(base64, 'base64')));
    const names = await readdir(dirname(editor.path('clean.jsonl')));
    assert.equal(names.filter((name) => name.endsWith('.png')).length, 2);
  });

  it('shows findings under the picture that they are about, and leads to their place', async () => {
    await show('problem.jsonl', 1);
    const findings = preview.locator('.picture').first().locator('.findings .error');
    await findings.filter({ hasText: 'Image is a 100×300 GIF' }).waitFor();
    assert.equal((await drawn()).length, 2);
    await findings.locator('button').first().click();
    await editor.window.page.locator('.statusbar-item', { hasText: /Ln 1, Col \d{2}/ }).waitFor();
  });

  it('shows of a broken record what can be read, and what is wrong with it', async () => {
    await show('problem.jsonl', 2);
    await preview.locator('.findings .error').first().waitFor();
    assert.equal(await preview.locator('.text').first().innerText(), 'Hi');
  });

  it('shows the beginning of a long text, and more of it by and by', async () => {
    await show('long.jsonl', 1);
    const text = preview.locator('.text').first();
    const length = async (): Promise<number> => (await text.textContent())?.length ?? 0;
    assert.equal(await length(), 4000);
    const more = preview.getByRole('button', { name: /^Show more: 4,000 of 120,000/ });
    await more.click();
    await preview.getByRole('button', { name: /^Show more: 104,000 of 120,000/ }).click();
    await until('all of the text', async () => (await length()) === 120_000 || undefined);
    assert.equal(await preview.locator('.more').count(), 0);
  });

  it('stays where it is while the cursor moves within a record that is open as formatted JSON', async () => {
    await show('problem.jsonl', 1);
    await editor.window.runCommand('Vision Fine-Tuning: Edit Record as Formatted JSON');
    const { page } = editor.window;
    const name = 'problem.jsonl record 1.json';
    // What has the focus when the box for commands opens gets it back, and is moved.
    const tab = page.locator('.tab.active', { hasText: name });
    const group = page.locator('.editor-group-container', { has: tab });
    await group.locator('.monaco-editor.focused').waitFor();
    await editor.window.runCommand('View: Move Editor into Previous Group');
    await page.locator('.tab', { hasText: `Record of ${name}` }).waitFor();
    await drawn();
    await preview.locator('.frame').first().focus();
    await page.keyboard.press('Enter');
    const dialog = preview.getByRole('dialog');
    await dialog.locator('img').waitFor();
    await focusEditor();
    await editor.window.goTo(5, 1);
    await editor.window.type(' ');
    await editor.window.runCommand('File: Save');
    assert.equal(await dialog.locator('img').count(), 1);
    await dialog.press('Escape');
  });

  it('says of a picture with too many pixels that it is not decoded', async () => {
    await show('bomb.jsonl', 1);
    const words = preview.locator('.hidden');
    await words.waitFor();
    assert.match(
      await words.innerText(),
      /40000×40000 pixels are more than the 100 million that are decoded/,
    );
    assert.equal(await preview.locator('.picture img').count(), 0);
  });

  it('shows whatever a record holds as text: no link, image, script or style of it is live', async () => {
    for (let line = 1; line <= payloads.length + 1; line++) {
      await show('hostile.jsonl', line);
      await preview.locator('.hidden').first().waitFor();
      const live = preview.locator(
        ':is(a, iframe, object, embed, svg, form, base, audio, video):visible, main :is(script, style, img, link, meta)',
      );
      assert.equal(await live.count(), 0, String(line));
      assert.equal(await preview.locator('main [style], main [onerror], main [onload]').count(), 0);
      const shown = (await preview.locator('main').textContent()) ?? '';
      const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;
      assert.doesNotMatch(shown, hidden);
      if (line <= payloads.length) assert.ok(shown.includes(payloads[line - 1] ?? ''), shown);
    }
    assert.equal(await preview.locator('title').textContent(), 'Record');
  });

  it('is there again after the window was closed, with the record that it showed', async () => {
    await show('problem.jsonl', 2);
    const { page } = editor.window;
    // A browser has no time to save anything when it is closed, so VS Code does every few seconds.
    await until('the record to be kept', async () => {
      const kept = await page.evaluate<string>(keptByVsCode);
      return /problem\.jsonl[\\"]*,[\\"]*line[\\"]*:1\b/.test(kept) || undefined;
    });
    const address = new URL(page.url());
    // With a file to open, a window does not look at what was open before.
    address.searchParams.delete('payload');
    await page.goto(address.href);
    await heading('Record 2 of 12');
    assert.equal(await preview.locator('.text').first().innerText(), 'Hi');
  });

  it('asks nothing of any other machine', () => {
    // VS Code's name for what its own server has for a page; its service worker answers in the browser.
    const own =
      /^127\.0\.0\.1$|^vscode-remote\+127-002e0-002e0-002e1-.*\.vscode-resource\.vscode-cdn\.net$/;
    assert.deepEqual(
      [...requested].filter((host) => host !== '' && !own.test(host)),
      [],
    );
  });

  async function heading(text: string): Promise<void> {
    await preview.locator('h1', { hasText: new RegExp(`^${text}$`) }).waitFor();
  }

  async function show(name: string, line: number): Promise<void> {
    await focusEditor();
    await editor.window.openFile(editor.path(name));
    await editor.window.goTo(line, 1);
    await editor.window.page.locator('.tab', { hasText: `Record of ${name}` }).waitFor();
    await heading(`Record ${line} of \\d+`);
  }

  /** What is opened from the preview would stand in its place. */
  async function focusEditor(): Promise<void> {
    await editor.window.runCommand('View: Focus First Editor Group');
  }

  /** The sizes of the pictures, in their own pixels, once every one of them has loaded. */
  async function drawn(): Promise<{ width: number; height: number }[]> {
    return until('the pictures of the preview', async () => {
      const sizes = await naturalSizes(preview.locator('.frame img'));
      return sizes.length > 0 && sizes.every(({ width }) => width > 0) ? sizes : undefined;
    });
  }
});

/** What VS Code keeps for its next window, read in the page: all of it as one text. */
const keptByVsCode = `(async () => {
  const wait = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const texts = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await wait(indexedDB.open(name));
    for (const table of database.objectStoreNames) {
      const store = database.transaction(table).objectStore(table);
      texts.push(...(await wait(store.getAll())).filter((each) => typeof each === 'string'));
    }
    database.close();
  }
  return texts.join();
})()`;

function naturalSizes(images: Locator): Promise<{ width: number; height: number }[]> {
  return images.evaluateAll((all: { naturalWidth: number; naturalHeight: number }[]) =>
    all.map((image) => ({ width: image.naturalWidth, height: image.naturalHeight })),
  );
}

async function isFocused(part: Locator): Promise<boolean> {
  return part.evaluate(
    (each: { ownerDocument: { activeElement: unknown } }) =>
      each.ownerDocument.activeElement === each,
  );
}

/** A small PNG whose header claims more pixels than it has. */
function bomb(width: number, height: number): Uint8Array {
  const bytes = Buffer.from(makeImage('png', 8, 8));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}
