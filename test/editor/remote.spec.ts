import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { imagePart, recordOf, withSoundRecords } from '../helpers/trainingText.ts';
import { openEditor, type Editor } from './editor.ts';

/** A top-level domain that no resolver knows (RFC 2606). */
const unknownHost = 'pictures.example';

const check = 'Vision Fine-Tuning: Check Remote Images';

/** Counts who connects to this machine, at a port that is in the files. */
class CountingListener {
  readonly #server: Server;
  connections = 0;

  private constructor() {
    this.#server = createServer((socket) => {
      this.connections++;
      socket.destroy();
    });
  }

  static async open(): Promise<CountingListener> {
    const listener = new CountingListener();
    listener.#server.listen(0);
    await once(listener.#server, 'listening');
    return listener;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
  }
}

describe('images on the web', () => {
  let listener: CountingListener;
  let editor: Editor;
  before(async () => {
    listener = await CountingListener.open();
    editor = await openEditor({ files: { 'train.jsonl': fileFor(listener) }, open: 'train.jsonl' });
  });
  after(async () => {
    listener.close();
    await editor.close();
  });

  it('are not fetched by opening a file, pointing into it, scrolling and previewing', async () => {
    const { window } = editor;
    await window.languageStatus('13 records');
    for (const line of [1, 2, 3]) {
      await window.goTo(line, 100);
      await window.showHover(line === 3 ? unknownHost : '127.0.0.1');
      await window.page.keyboard.press('Escape');
    }
    await window.page.keyboard.press('ControlOrMeta+End');
    await window.page.keyboard.press('ControlOrMeta+Home');
    await window.runCommand('Vision Fine-Tuning: Preview Record');
    await window.page.locator('.tab', { hasText: 'Record of train.jsonl' }).waitFor();
    const preview = window.page.frameLocator('iframe.webview').frameLocator('#active-frame');
    for (const [record, host] of ['127.0.0.1', '127.0.0.1', unknownHost].entries()) {
      await preview.locator('h1', { hasText: `Record ${record + 1} of` }).waitFor();
      await preview.locator('.address', { hasText: host }).first().waitFor();
      await preview.getByRole('button', { name: 'Next record', exact: true }).click();
    }
    // A file that is opened from the preview would stand in its group.
    await window.runCommand('View: Focus First Editor Group');
    assert.equal(listener.connections, 0);
  });

  it('are not fetched by command before the user has allowed their hosts', async () => {
    const { window } = editor;
    await window.runCommand(check);
    const question = window.page.locator('.quick-input-widget', { hasText: unknownHost });
    await question.waitFor();
    const text = (await question.innerText()).replaceAll(/\s+/g, ' ');
    assert.match(text, /Which Hosts May Be Asked\?/);
    assert.match(text, /pictures\.example ?2 images/);
    assert.doesNotMatch(text, /127\.0\.0\.1/);
    await window.page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    assert.deepEqual(await window.page.locator('.notification-toast').count(), 0);
  });

  it('are fetched from hosts that are allowed, and what comes of it is among the problems', async () => {
    const { window } = editor;
    await window.runCommand(check);
    const question = window.page.locator('.quick-input-widget', { hasText: unknownHost });
    await question.waitFor();
    await question.getByRole('button', { name: 'OK' }).click();
    const toast = await window.notification(/train\.jsonl: 3 images cannot be fetched\./);
    assert.match(await toast.innerText(), /1 image on plain http is left alone/);
    await toast.getByRole('button', { name: 'Show Problems' }).click();
    const panel = window.page.locator('.markers-panel');
    await panel
      .getByText(/Image cannot be fetched: .* of its host|for its host/)
      .first()
      .waitFor();
    await panel
      .getByText(/Host "127\.0\.0\.1" is a loopback address/)
      .first()
      .waitFor();
  });

  it('are fetched from a host without a question once it is allowed', async () => {
    const { window } = editor;
    await window.openFile(editor.path('train.jsonl'));
    await window.goTo(3, 1);
    await window.runCommand('Notifications: Clear All Notifications');
    await window.runCommand(`${check} of This Record`);
    await window.notification(/train\.jsonl: 2 images cannot be fetched\./);
  });

  it('are never fetched from this machine', () => assert.equal(listener.connections, 0));
});

describe('images on the web, in Restricted Mode', () => {
  let listener: CountingListener;
  let editor: Editor;
  before(async () => {
    listener = await CountingListener.open();
    const files = { 'train.jsonl': fileFor(listener) };
    editor = await openEditor({ files, open: 'train.jsonl', trust: false });
    await editor.window.restrictedMode();
  });
  after(async () => {
    listener.close();
    await editor.close();
  });

  it('are not fetched, which the command says', async () => {
    await editor.window.languageStatus('13 records');
    await editor.window.runCommand(check);
    const toast = await editor.window.notification('not fetched in Restricted Mode');
    await toast.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    assert.equal(listener.connections, 0);
  });
});

/** Three records with images on this machine, over https and http, and two on a host that nobody knows. */
function fileFor({ port }: CountingListener): string {
  return withSoundRecords(
    recordOf(imagePart(`https://127.0.0.1:${port}/a.png`, 'low')),
    recordOf(imagePart(`http://127.0.0.1:${port}/b.png`, 'low')),
    recordOf(
      imagePart(`https://${unknownHost}/a.png`, 'low'),
      imagePart(`https://${unknownHost}/b.png`, 'low'),
    ),
  );
}
