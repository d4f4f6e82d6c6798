import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { until } from '../../scripts/editor/until.ts';
import { largeFile } from '../helpers/largeFile.ts';
import { soundRecord, withSoundRecords } from '../helpers/trainingText.ts';
import { openEditor, type Editor } from './editor.ts';
import { openByExplorer } from './openByExplorer.ts';
import { processesAround } from './processMemory.ts';

const records = 640;
const robot = soundRecord.replace('assistant', 'robot');
const capital = soundRecord.replace('"user"', '"User"').replace('Hi', 'Good morning');
const last = robot.replace('Hi', 'Good night');

/** Of 58 MB: VS Code gives its text to no extension. */
const text = largeFile(
  records,
  new Map([
    [2, robot],
    [320, capital],
    [records - 1, last],
  ]),
);

describe('the editor of training records, on a file of 58 MB', () => {
  let editor: Editor;
  let page: FrameLocator;
  const requested = new Set<string>();
  const read = (name = 'large.jsonl'): Promise<string> => readFile(editor.path(name), 'utf8');

  before(async () => {
    editor = await openEditor({
      files: {
        'large.jsonl': text,
        'small.jsonl': withSoundRecords(robot),
        'taken.other.jsonl': withSoundRecords(robot),
        'asked.jsonl': largeFile(160),
      },
      settings: {
        'workbench.editorAssociations': { '*.other.jsonl': 'vscode.markdown.preview.editor' },
      },
    });
    editor.window.page.on('request', (request) => requested.add(new URL(request.url()).hostname));
    page = editor.window.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  });
  after(() => editor.close());

  it('is offered where VS Code shows no text, says why, and takes the place of that tab', async () => {
    await openByExplorer(editor.window, 'large.jsonl');
    await offer(/no extension, because of its size.*checked from disk/);
    await offerItem().click();
    await page.locator('.row').first().waitFor();
    assert.equal(await editor.window.page.locator('.tab').count(), 1);
    await heading(1);
    await page.locator('.summary', { hasText: '3 errors' }).waitFor();
  });

  it('lists the last record as soon as the first, and shows it with its findings', async () => {
    await page.locator('.list').press('End');
    await heading(records);
    await page.locator('main', { hasText: 'Good night' }).waitFor();
    assert.match(await page.locator('.finding').innerText(), /Role "robot" is not known/);
    assert.equal(await selected(), '640 Good night error');
    assert.ok((await page.locator('.row').count()) < 40);
  });

  it('shows a picture with its facts', async () => {
    await search('631');
    await heading(631);
    const [picture] = await editor.window.pictures(page.locator('main'));
    assert.deepEqual(picture, { width: 512, height: 512 });
    assert.match(await page.locator('figcaption').innerText(), /PNG · 512 × 512/);
  });

  it('goes from problem to problem by keys', async () => {
    await page.locator('.list').press('Home');
    for (const record of [3, 321, records]) {
      await page.locator('.list').press('Shift+ArrowRight');
      await heading(record);
    }
    await page.locator('.list').press('Shift+ArrowRight');
    await said('There is no record with a problem after this one.');
    await page.locator('.list').press('Shift+ArrowLeft');
    await heading(321);
    await page.locator('.list').press('ArrowLeft');
    await heading(320);
  });

  it('finds a text in either direction', async () => {
    await search('good NIGHT');
    await heading(records);
    await page.locator('.search').press('Enter');
    await said('Not found after this record.');
    await search('Good morning', 'Shift+Enter');
    await heading(321);
  });

  it('writes an edited record back, and leaves all other bytes as they are', async () => {
    await search('3');
    await heading(3);
    await page.getByRole('button', { name: 'Edit This Record' }).click();
    await tab('large.jsonl record 3.json').waitFor();
    await editor.window.goTo(8, 18);
    await editor.window.quickFix('Set role to assistant');
    await editor.window.save();
    await until('the record to be written', async () =>
      (await read()) === text.replace(robot, soundRecord) ? true : undefined,
    );
    await page.locator('.summary', { hasText: '2 errors' }).waitFor();
    await page.locator('main .role', { hasText: 'assistant' }).waitFor();
    assert.deepEqual(await temporary(), []);
  });

  it('refuses to write a record that has changed on disk since it was opened', async () => {
    const { window } = editor;
    await window.goTo(5, 19);
    await window.type('mine ');
    const changed = text.replace(robot, soundRecord.replace('Hello', 'Hello again'));
    await writeFile(editor.path('large.jsonl'), changed);
    await window.runCommand('File: Save');
    const notice = await window.notification(/large\.jsonl is as it was: this record has changed/);
    await notice.waitFor();
    assert.ok((await read()) === changed);
    await window.runCommand('View: Revert and Close Editor');
  });

  it('opens a record as it is now, in one tab', async () => {
    const { window } = editor;
    await page.locator('main', { hasText: 'Hello again' }).waitFor();
    await page.getByRole('button', { name: 'Edit This Record' }).dblclick();
    await window.text.filter({ hasText: /Hello.again/ }).waitFor();
    assert.equal(await tab('large.jsonl record 3.json').count(), 1);
    await writeFile(editor.path('large.jsonl'), text);
    await page.locator('.summary', { hasText: '3 errors' }).waitFor();
    await page.getByRole('button', { name: 'Edit This Record' }).click();
    await window.text.filter({ hasText: 'robot' }).waitFor();
    assert.equal(await tab('large.jsonl record 3.json').count(), 1);
    await window.runCommand('View: Close Editor');
  });

  it('is where it was when its tab is seen again', async () => {
    await search('321');
    await heading(321);
    await openByExplorer(editor.window, 'small.jsonl');
    await page.locator('.row').first().waitFor({ state: 'detached' });
    await tab('large.jsonl').click();
    await heading(321);
    assert.equal(await page.locator('.search').inputValue(), '321');
  });

  it('repairs the file after it has told what would be done, and keeps it as it was', async () => {
    await page.locator('.summary', { hasText: '3 errors' }).waitFor();
    await page.getByRole('button', { name: 'Repair File…' }).click();
    const row = editor.window.page.locator('.quick-input-list .monaco-list-row');
    await row.first().waitFor();
    assert.deepEqual(
      (await row.allInnerTexts()).map((words) => words.replaceAll(/\s+/g, ' ').trim()),
      ['message-role1 repair Set role to user (line 321)'],
    );
    await editor.window.page.keyboard.press('Enter');
    await editor.window.notification(/1 repair, left: 2 errors/);
    assert.ok((await read()) === text.replace('"User"', '"user"'));
    assert.ok((await read('large.jsonl.bak')) === text);
    await page.locator('.summary', { hasText: '2 errors' }).waitFor();
  });

  it('leaves the findings of a document to the language server', async () => {
    const { window } = editor;
    await window.runCommand('View: Close All Editors');
    await window.openFile(editor.path('small.jsonl'));
    await window.problems(1);
    await window.runCommand('Vision Fine-Tuning: Open Training Records');
    await page.locator('.summary', { hasText: '11 records' }).waitFor();
    await page.locator('.row .mark').waitFor();
    const counts = window.page.locator('[id="status.problems"] a');
    assert.match((await counts.getAttribute('aria-label')) ?? '', /^1 Problem|Errors: 1\b/);
    await window.problems(1);
  });

  it('is offered where the editor of another extension shows the file', async () => {
    await openByExplorer(editor.window, 'taken.other.jsonl');
    await offer(/Another extension shows this file/);
  });

  it('is offered where VS Code asks first whether to open a file', async () => {
    await openByExplorer(editor.window, 'asked.jsonl');
    await editor.window.page.getByRole('button', { name: 'Open Anyway' }).waitFor();
    await offer(/checked from disk/);
  });

  it('reads it in a process of less than 250 MB', async (test) => {
    await openByExplorer(editor.window, 'large.jsonl');
    const path = editor.path('large.jsonl');
    const found = await until('the process that reads the file', async () => {
      const processes = await processesAround(path);
      return processes.length > 0 ? processes : undefined;
    });
    const [reader] = found.filter(({ command }) => command.includes(path));
    assert.ok((reader?.peak ?? Infinity) < 250);
    for (const { command, resident, peak } of found) {
      const name = ['disk.js', 'server.js', 'imaging.js', 'extensionHost'].find((part) =>
        command.includes(part),
      );
      if (name) test.diagnostic(`${name}: ${resident.toFixed()} MB, at most ${peak.toFixed()} MB`);
    }
  });

  it('asks nothing of any other machine', () => {
    const own =
      /^127\.0\.0\.1$|^vscode-remote\+127-002e0-002e0-002e1-.*\.vscode-resource\.vscode-cdn\.net$/;
    const others = [...requested].filter((host) => host !== '' && !own.test(host));
    assert.deepEqual(others, []);
  });

  async function heading(record: number): Promise<void> {
    await page.locator('h1', { hasText: new RegExp(`^Record ${record} of ${records}$`) }).waitFor();
  }

  async function search(words: string, key = 'Enter'): Promise<void> {
    await page.locator('.search').fill(words);
    await page.locator('.search').press(key);
  }

  async function said(words: string): Promise<void> {
    await page.getByRole('status').filter({ hasText: words }).waitFor();
  }

  async function selected(): Promise<string> {
    const words = await page.getByRole('option', { selected: true }).innerText();
    return words.replaceAll(/\s+/g, ' ').trim();
  }

  function offerItem() {
    return editor.window.page.locator('.statusbar-item:not(.hidden)', {
      hasText: 'Training Records',
    });
  }

  /** The reason stands in the name that a screen reader reads. */
  async function offer(reason: RegExp): Promise<void> {
    await until(`the offer to say ${String(reason)}`, async () => {
      const name = await offerItem().locator('a').getAttribute('aria-label');
      return reason.test(name ?? '') || undefined;
    });
  }

  function tab(name: string) {
    return editor.window.page.locator(`.tab[data-resource-name="${name}"]`);
  }

  async function temporary(): Promise<string[]> {
    return (await readdir(editor.path('.'))).filter((name) => name.endsWith('.tmp'));
  }
});
