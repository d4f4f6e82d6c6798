import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { brokenLines as lines, listedFaults as listed } from '../helpers/brokenSample.ts';
import { until } from '../../scripts/editor/until.ts';
import { openEditor, type Editor } from './editor.ts';

describe('a file with faults', () => {
  let editor: Editor;
  before(async () => {
    // High, so that the Problems view is read in few pages.
    editor = await openEditor({ open: 'broken.jsonl', look: { height: 2000 } });
  });
  after(() => editor.close());

  it('has squiggles in the text and a problem for each fault, with its rule', async () => {
    const { window } = editor;
    await window.page.locator('.squiggly-error').first().waitFor();
    const problems = await window.problems(listed.length);
    assert.deepEqual(
      problems
        .toSorted((a, b) => a.line - b.line)
        .map(({ line, code }) => ({ line, rule: code.replace(/[()]/g, '') })),
      listed.map(({ line, rule }) => ({ line, rule })),
    );
    assert.deepEqual([...new Set(problems.map(({ source }) => source))], ['vision-finetune']);
  });

  it('loses the problem whose fault is typed over', async () => {
    await goToText(21, 'robot');
    for (const _ of 'robot') await editor.window.page.keyboard.press('Delete');
    await editor.window.type('user');
    const problems = await editor.window.problems(listed.length - 1);
    assert.ok(problems.every(({ line }) => line !== 21));
  });

  it('is repaired from the menu of the light bulb', async () => {
    const { window } = editor;
    await goToText(33, 'https:');
    const [first] = await window.lightBulb();
    assert.equal(first, 'Wrap the address in an object');
    await window.page.keyboard.press('Enter');
    await window.problems(listed.length - 2);
    const [line = ''] = (await saved()).split('\n').slice(32);
    assert.ok(line.includes('"image_url":{"url":"https://example.com/instruments/string.png"}'));
  });

  it('is repaired in the whole file by one choice, which one undo takes back', async () => {
    const { window } = editor;
    const before = await saved();
    await goToText(41, 'high');
    // Three are planted, and the address that is an object now has no detail either.
    await window.quickFix('Set detail to low in the whole file (4 places)');
    // The edits of a whole file are worked out once the menu is gone.
    const repaired = await until('the repair', async () => {
      const text = await saved();
      return text === before ? undefined : text;
    });
    assert.equal(occurrences(repaired, '"low"') - occurrences(before, '"low"'), 4);
    await window.runCommand('Undo');
    assert.equal(await saved(), before);
  });

  async function goToText(line: number, text: string): Promise<void> {
    await editor.window.goTo(line, (lines[line - 1] ?? '').indexOf(text) + 1);
  }

  /** The text on disk, once it is what the window shows. */
  async function saved(): Promise<string> {
    await editor.window.save();
    return readFile(editor.path('broken.jsonl'), 'utf8');
  }
});

function occurrences(text: string, wanted: string): number {
  return text.split(wanted).length - 1;
}
