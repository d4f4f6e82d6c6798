import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../scripts/editor/until.ts';
import { imagePart, recordOf, webPicture, withSoundRecords } from '../../helpers/trainingText.ts';
import { openText, replace, withSettings } from './documents.ts';
import { describe, it } from './runner.ts';

const high = recordOf(imagePart(webPicture, 'high'));

describe('the numbers of a file', () => {
  it('are shown beside its name, with the provider and the model that they hold for', async () => {
    await openText('numbers.jsonl', withSoundRecords(high));
    const lines = await showStatistics();
    assert.equal(lines[0], 'numbers.jsonl');
    assert.match(lines[2] ?? '', /^Records +11, 1 with images$/);
    assert.ok(lines.some((line) => /^ {2}detail +1 high$/.test(line)));
    assert.ok(lines.some((line) => /^Text +\d+ tokens$/.test(line)));
    assert.equal(lines.at(-2), 'Azure OpenAI · gpt-4.1-2025-04-14');
    const { document } = activeEditor();
    assert.match(document.uri.path, /\/numbers\.jsonl \(statistics\)$/);
    assert.equal(document.isDirty, false);
  });

  it('are those of the text as it is typed, and of the settings as they are', async () => {
    const source = await openText('counted.jsonl', withSoundRecords(high));
    await showStatistics();
    const shown = activeEditor().document;
    await vscode.window.showTextDocument(source);
    await replace(source, new vscode.Range(0, 0, 0, 0), `${high.replace('photo', 'other')}\n`);
    await withSettings({ 'visionFinetune.profile': 'openai' }, async () => {
      await showStatistics();
      const text = await until('the new numbers', () =>
        shown.getText().includes('12, 2 with images') ? shown.getText() : undefined,
      );
      assert.match(text, /\nOpenAI · gpt-4o-2024-08-06\n$/);
    });
    assert.equal(activeEditor().document, shown);
    await vscode.window.showTextDocument(source);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});

/** The lines that the command shows of the active file. */
async function showStatistics(): Promise<string[]> {
  await vscode.commands.executeCommand('visionFinetune.showStatistics');
  const { document } = activeEditor();
  assert.equal(document.uri.scheme, 'vision-finetune-statistics');
  return document.getText().split('\n');
}

function activeEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor, 'a file is shown');
  return editor;
}
