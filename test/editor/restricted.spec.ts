import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { listedFaults } from '../helpers/brokenSample.ts';
import { packExtension, unpackExtension } from '../helpers/extensionPackage.ts';
import { openEditor, type Editor } from './editor.ts';

describe('the package, installed and in Restricted Mode', () => {
  let editor: Editor;
  let extension: string;
  before(async () => {
    extension = await unpackExtension(await packExtension());
    editor = await openEditor({
      open: 'broken.jsonl',
      trust: false,
      look: { height: 2000 },
      extension,
    });
    await editor.window.restrictedMode();
  });
  after(async () => {
    await editor.close();
    await rm(extension, { recursive: true, force: true });
  });

  it('checks a file', async () => {
    await editor.window.problems(listedFaults.length);
  });

  it('shows a picture', async () => {
    await editor.window.goTo(41, 1);
    const hover = await editor.window.showHover('256 × 256');
    assert.deepEqual(await editor.window.pictures(hover), [{ width: 256, height: 256 }]);
  });

  it('repairs by a quick fix', async () => {
    await editor.window.goTo(40, 225);
    await editor.window.quickFix('Set detail to low');
    await editor.window.problems(listedFaults.length - 1);
  });
});
