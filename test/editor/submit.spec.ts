import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { basename, extname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { until } from '../../scripts/editor/until.ts';
import { withSoundRecords } from '../helpers/trainingText.ts';
import { fileOf, markedRecord } from '../practice/trainingFiles.ts';
import { openEditor, type Editor } from './editor.ts';
import { beginSubmission, dialogOf, jobPage, jobRow, pick, submit } from './submitting.ts';

/** A job of the practice service takes half a minute, and is looked at every few seconds. */
const jobLimitMs = 90_000;

/** What the practice service takes for a key: a new one each time. */
const practiceKey = /practice-[0-9a-f]{48}/;

/** One example more than Azure leaves out before it fails a job. */
const tooMany = 201;

describe('a file that is submitted to the practice service', () => {
  let editor: Editor;
  before(async () => {
    const faces = Array.from({ length: tooMany }, () => markedRecord('faces'));
    editor = await openEditor({
      files: {
        'train.jsonl': withSoundRecords(),
        'val.jsonl': withSoundRecords(),
        'faces.jsonl': fileOf(...faces),
      },
      open: 'train.jsonl',
      look: { height: 900 },
    });
  });
  after(() => editor.close());

  it('is described in one question before anything is sent', async () => {
    const { window } = editor;
    await window.languageStatus('10 records');
    await beginSubmission(editor, 'Try With the Practice Service', 'val.jsonl');
    const dialog = dialogOf(editor);
    await dialog.waitFor();
    const text = await dialog.innerText();
    assert.match(text, /Submit train\.jsonl\?/);
    assert.match(text, /To: http:\/\/127\.0\.0\.1:\d+, which trains nothing and costs nothing/);
    assert.match(text, /Training: train\.jsonl, .*, 10 records, .*SHA-256 [0-9a-f]{16}…/);
    assert.match(text, /Stored there: 0 files, 0 bytes of 1\.1 GB/);
    await dialog.getByRole('button', { name: 'Submit' }).click();
  });

  it('becomes a job that the view follows to its end', async () => {
    const row = jobRow(editor, 'train.jsonl');
    await row.filter({ hasText: 'running' }).waitFor({ timeout: jobLimitMs });
    await row.filter({ hasText: 'succeeded' }).waitFor({ timeout: jobLimitMs });
    const toast = await editor.window.notification('The job of train.jsonl has succeeded.');
    await toast.getByRole('button', { name: 'Copy Model Name' }).waitFor();
    await toast.getByRole('button', { name: 'Deploy…' }).click();
    const dialog = dialogOf(editor);
    await dialog.getByText('is deleted after 24 hours').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('has a page with its curves, its checkpoints and what the losses say', async () => {
    await jobRow(editor, 'train.jsonl').click();
    const page = jobPage(editor);
    await page.locator('.uplot canvas').first().waitFor();
    await page.getByText('Validation loss is').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Copy Name' }).count(), 3);
    await page.getByRole('button', { name: 'Try the Model…' }).waitFor();
  });

  it('has results that are saved as a table where a person wants them', async () => {
    const { window } = editor;
    await jobPage(editor).getByRole('button', { name: 'Download Results…' }).click();
    const input = window.page.locator('.quick-input-widget input.input');
    const path = await until('a name for the file', async () => {
      const value = await input.inputValue();
      return value.startsWith(editor.path('ftjob-')) ? value : undefined;
    });
    await input.press('Enter');
    const toast = await window.notification(`Saved ${basename(path)}`);
    await toast.getByRole('button', { name: 'Open' }).waitFor();
    const [columns = '', ...steps] = (await readFile(path, 'utf8')).trim().split('\n');
    assert.match(columns, /^step,train_loss,/);
    assert.match(steps.at(-1) ?? '', new RegExp(`^${steps.length},`));
  });

  it('gives a model that answers a record of the validation file, beside what was expected', async () => {
    const { window } = editor;
    await jobPage(editor).getByRole('button', { name: 'Try the Model…' }).click();
    // The name of the deployment, then the number of the record: both as they are proposed.
    const input = window.page.locator('.quick-input-widget input').first();
    await window.page.locator('.quick-input-title').filter({ hasText: 'Deployment' }).waitFor();
    await input.press('Enter');
    await window.page
      .locator('.quick-input-title')
      .filter({ hasText: 'Record of val.jsonl' })
      .waitFor();
    await input.press('Enter');
    const dialog = dialogOf(editor);
    await dialog.getByText('which charges its tokens').waitFor();
    await dialog.getByRole('button', { name: 'Ask' }).click();
    const answer = window.page.locator('.editor-instance .view-lines');
    await answer.filter({ hasText: /Record.1,.answered.by[^]*Expected[^]*Answered/ }).waitFor();
  });

  it('is not submitted a second time without a question of its own', async () => {
    await submitAgain(editor, 'train.jsonl');
    const dialog = dialogOf(editor);
    await dialog.getByText('train.jsonl was submitted like this before.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await jobRow(editor, 'train.jsonl').count(), 1);
  });

  it('fails with too many examples left out, which are marked in the file', async () => {
    const { window } = editor;
    await submitAgain(editor, 'faces.jsonl');
    await dialogOf(editor).getByRole('button', { name: 'Submit' }).click();
    const toast = await window.notification('The job of faces.jsonl has failed.');
    assert.match(await toast.innerText(), /contains faces \(201\)/);
    await toast.getByRole('button', { name: 'Show Problems' }).click();
    await window.page
      .locator('.markers-panel')
      .getByText('The service left this example out: contains faces')
      .first()
      .waitFor();
  });

  it('is cancelled after a question', async () => {
    const { window } = editor;
    await submitAgain(editor, 'train.jsonl', 'Practice · OpenAI');
    await dialogOf(editor).getByRole('button', { name: 'Submit' }).click();
    const row = jobRow(editor, 'train.jsonl').nth(1);
    await row.waitFor({ timeout: jobLimitMs });
    await window.runCommand('Vision Fine-Tuning: Cancel Job…');
    await pick(editor, 'train.jsonl');
    const dialog = dialogOf(editor);
    await dialog.getByRole('button', { name: 'Cancel Job' }).click();
    await row.filter({ hasText: 'cancelled' }).waitFor();
  });

  it('is laid over another one that is selected with it', async () => {
    const rows = jobRow(editor, 'train.jsonl');
    await rows.nth(0).click();
    await rows.nth(1).click({ modifiers: ['ControlOrMeta'] });
    await rows.nth(1).click({ button: 'right' });
    // A menu takes no click of the button that has just opened it.
    await editor.window.page.getByRole('menuitem', { name: 'Show Job', exact: true }).hover();
    await editor.window.page.keyboard.press('Enter');
    const page = jobPage(editor);
    await page.getByRole('heading', { name: 'train.jsonl · Practice · OpenAI' }).waitFor();
    await page.getByRole('heading', { name: 'train.jsonl · Practice · Azure OpenAI' }).waitFor();
    assert.equal(await page.locator('.uplot').count(), 2);
  });

  it('leaves no key in what VS Code writes', async () => {
    // Where the command line looks as well.
    const state = join(editor.home, 'state', 'vision-finetune');
    const kept = await readdir(join(state, 'submissions'));
    assert.equal(kept.filter((name) => name.endsWith('.submission.json')).length, 3);
    const receipts = await readdir(join(state, 'receipts'));
    assert.deepEqual(receipts.map((name) => extname(name)).sort(), [
      ...['.json', '.json', '.json'],
      ...['.md', '.md', '.md'],
    ]);
    assert.deepEqual(await filesWith(editor.home, practiceKey), []);
  });
});

describe('an endpoint that a folder sets', () => {
  let listener: Server;
  let connections = 0;
  let editor: Editor;
  before(async () => {
    listener = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/v1`;
    const settings = {
      'visionFinetune.service.openaiEndpoint': address,
      'visionFinetune.service.azureEndpoints': [address],
    };
    editor = await openEditor({
      files: {
        'train.jsonl': withSoundRecords(),
        '.vscode/settings.json': JSON.stringify(settings),
      },
      open: 'train.jsonl',
    });
  });
  after(async () => {
    listener.close();
    await editor.close();
  });

  it('is not offered, and nothing is sent to it', async () => {
    const { window } = editor;
    await window.languageStatus('10 records');
    await window.runCommand(submit);
    const rows = window.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'api.openai.com' }).waitFor();
    const text = (await rows.allInnerTexts()).join(' ');
    assert.doesNotMatch(text, /127\.0\.0\.1/);
    await window.page.keyboard.press('Escape');
    assert.equal(connections, 0);
  });
});

describe('a key that is entered', () => {
  const key = 'sk-canary-5b1e0c7d9f2a4e63';
  let service: HttpServer;
  let asked = 0;
  let editor: Editor;
  before(async () => {
    // Refuses the key, and repeats it.
    service = createHttpServer((request, response) => {
      const { authorization = '' } = request.headers;
      if (authorization === `Bearer ${key}`) asked++;
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: `Incorrect key: ${authorization}` } }));
    });
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    const address = `http://127.0.0.1:${(service.address() as AddressInfo).port}/v1`;
    editor = await openEditor({
      files: { 'train.jsonl': withSoundRecords() },
      open: 'train.jsonl',
      settings: { 'visionFinetune.service.openaiEndpoint': address },
    });
  });
  after(async () => {
    service.close();
    await editor.close();
  });

  it('goes to the service, and into nothing that is shown or written', async () => {
    const { window } = editor;
    await window.languageStatus('10 records');
    await beginSubmission(editor, 'OpenAI · 127.0.0.1');
    const input = window.page.locator('.quick-input-widget input[type=password]');
    await input.fill(key);
    await input.press('Enter');
    const toast = await window.notification('does not accept the key');
    assert.match(await toast.innerText(), /Incorrect key: Bearer \[credential\]/);
    assert.ok(asked > 0);
    assert.ok(!(await window.page.locator('body').innerText()).includes(key));
    assert.deepEqual(await filesWith(editor.home, key), []);
  });
});

describe('submitting in Restricted Mode', () => {
  let editor: Editor;
  before(async () => {
    const files = { 'train.jsonl': withSoundRecords() };
    editor = await openEditor({ files, open: 'train.jsonl', trust: false });
    await editor.window.restrictedMode();
  });
  after(() => editor.close());

  it('is refused, and says so', async () => {
    await editor.window.languageStatus('10 records');
    await editor.window.runCommand(submit);
    const toast = await editor.window.notification('in Restricted Mode');
    await toast.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    assert.equal(await dialogOf(editor).count(), 0);
  });
});

/** The files below a folder that hold a text. */
async function filesWith(folder: string, wanted: string | RegExp): Promise<readonly string[]> {
  const found: string[] = [];
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const { parentPath, name } of files.filter((file) => file.isFile())) {
    const text = await readFile(join(parentPath, name), 'latin1').catch(() => '');
    if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) found.push(name);
  }
  return found;
}

/** Goes through the questions with the answers of the time before, up to the last one. */
async function submitAgain(
  editor: Editor,
  name: string,
  place = 'Practice · Azure OpenAI',
): Promise<void> {
  const { window } = editor;
  await window.openFile(editor.path(name));
  await window.runCommand('Notifications: Clear All Notifications');
  await beginSubmission(editor, place, name === 'train.jsonl' ? 'val.jsonl' : undefined);
  await dialogOf(editor).waitFor();
}
