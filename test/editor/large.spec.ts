import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { largeFile } from '../helpers/largeFile.ts';
import { soundRecord } from '../helpers/trainingText.ts';
import { openEditor, type Editor } from './editor.ts';
import { openByExplorer } from './openByExplorer.ts';

const robot = soundRecord.replace('assistant', 'robot');
const records = 640;

/** Of 58 MB: VS Code makes no document of it. */
const text = largeFile(
  records,
  new Map([
    [2, robot],
    [320, '{'],
    [records - 1, robot.replace('Hi', 'Good night')],
  ]),
);

describe('a file that is too large for a document', () => {
  let editor: Editor;
  before(async () => {
    editor = await openEditor({ files: { 'large.jsonl': text } });
  });
  after(() => editor.close());

  it('is checked from disk though it is the first file of the window', async () => {
    await openByExplorer(editor.window, 'large.jsonl');
    assert.deepEqual(await problems(3), [
      '3 message-role',
      '321 json-syntax',
      `${records} message-role`,
    ]);
  });

  it('is checked again when it changes on disk', async () => {
    await writeFile(editor.path('large.jsonl'), text.replace(robot, soundRecord));
    assert.deepEqual(await problems(2), ['321 json-syntax', `${records} message-role`]);
    await writeFile(editor.path('large.jsonl'), text);
    await problems(3);
  });

  it('is checked again where a record is added at its end', async () => {
    await appendFile(editor.path('large.jsonl'), `${robot.replace('Hi', 'Good evening')}\n`);
    const found = await problems(4);
    assert.equal(found.at(-1), `${records + 1} message-role`);
    await writeFile(editor.path('large.jsonl'), text);
    await problems(3);
  });

  it('is checked by the command, too, which says what was found', async () => {
    await openByExplorer(editor.window, 'large.jsonl');
    await editor.window.runCommand('Vision Fine-Tuning: Check File');
    await editor.window.notification(/large\.jsonl: 640 records · 63 images · 3 errors/);
    await editor.window.runCommand('Notifications: Clear All Notifications');
  });

  it('leaves the Problems view with its tab', async () => {
    await openByExplorer(editor.window, 'large.jsonl');
    await editor.window.runCommand('View: Close Editor');
    await problems(0);
    assert.equal((await readFile(editor.path('large.jsonl'))).length, Buffer.byteLength(text));
  });

  async function problems(count: number): Promise<string[]> {
    const found = await editor.window.problems(count);
    return found.map(({ line, code }) => `${line} ${code.replace(/[()]/g, '')}`);
  }
});
