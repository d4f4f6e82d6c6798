import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { transform } from 'esbuild';
import { until } from '../../scripts/editor/until.ts';
import { soundRecord, withSoundRecords } from '../helpers/trainingText.ts';
import { extensionWith } from './calendar.ts';
import { openEditor, type Editor } from './editor.ts';

const robot = soundRecord.replace('assistant', 'robot');

describe('a file that is the end of the language server', () => {
  let editor: Editor;
  let extension = '';
  before(async () => {
    const poison = join(import.meta.dirname, '..', 'helpers', 'poison.ts');
    const { code } = await transform(await readFile(poison, 'utf8'), {
      loader: 'ts',
      format: 'cjs',
    });
    extension = await extensionWith(code);
    editor = await openEditor({
      extension,
      open: 'good.jsonl',
      files: {
        'good.jsonl': withSoundRecords(robot),
        'kill.jsonl': withSoundRecords(soundRecord.replace('Hi', 'poison: kill')),
        'loop.jsonl': withSoundRecords(soundRecord.replace('Hi', 'poison: loop')),
      },
    });
  });
  after(async () => {
    await editor.close();
    await rm(extension, { recursive: true, force: true });
  });

  for (const [index, kind] of ['kill', 'loop'].entries()) {
    it(`by a ${kind} is named and left out, and the others keep their findings`, async () => {
      await editor.window.openFile(editor.path(`${kind}.jsonl`));
      const problems = await editor.window.problems(2 + index);
      const named = problems.filter(({ message }) => message.includes('ended twice'));
      assert.equal(named.length, 1 + index);
      assert.ok(problems.some(({ code }) => code.includes('message-role')));
      await editor.window.runCommand('View: Focus Active Editor Group');
      const items = await editor.window.languageStatus('Not checked');
      assert.match(items.join('\n'), /ended twice on this file/);
    });
  }

  it('is tried again when it is another one on disk, or was changed and saved', async () => {
    const { window } = editor;
    await window.openFile(editor.path('kill.jsonl'));
    await writeFile(editor.path('kill.jsonl'), withSoundRecords(robot));
    await window.runCommand('File: Revert File');
    await until(
      'the file to be checked',
      async () =>
        (await codes(3)).filter((code) => code.includes('message-role')).length === 2 || undefined,
    );
    await window.openFile(editor.path('loop.jsonl'));
    await window.goTo(1, soundRecord.indexOf('Hi') + 3);
    await window.type('x');
    await window.save();
    assert.ok((await codes(2)).every((code) => code.includes('message-role')));
  });

  it('leaves a server that answers for the others', async () => {
    await editor.window.openFile(editor.path('good.jsonl'));
    await editor.window.goTo(1, 1);
    await editor.window.type('{');
    await editor.window.page.locator('.squiggly-error').first().waitFor();
  });

  async function codes(count: number): Promise<string[]> {
    return (await editor.window.problems(count)).map(({ code }) => code);
  }
});
