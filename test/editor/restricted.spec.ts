import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openEditor, type Editor } from './editor.ts';

describe('in Restricted Mode', () => {
  let editor: Editor;
  before(async () => {
    editor = await openEditor({ open: 'broken.jsonl', trust: false, look: { height: 2000 } });
    await editor.window.restrictedMode();
  });
  after(() => editor.close());

  it('a file is checked', async () => {
    await editor.window.problems(46);
  });

  it('a picture is shown', async () => {
    await editor.window.goTo(41, 1);
    const hover = await editor.window.showHover('256 × 256');
    assert.deepEqual(await editor.window.pictures(hover), [{ width: 256, height: 256 }]);
  });

  it('a quick fix repairs', async () => {
    await editor.window.goTo(40, 225);
    await editor.window.quickFix('Set detail to low');
    await editor.window.problems(45);
  });
});
