import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../scripts/editor/until.ts';
import { describe, it } from './runner.ts';

describe('activation', () => {
  it('is active after a JSON Lines file opens', async () => {
    const extension = vscode.extensions.getExtension('vision-finetune.vision-finetune');
    assert.ok(extension, 'the extension of this repository is loaded');
    const document = await vscode.workspace.openTextDocument({ language: 'jsonl', content: '{}' });
    await vscode.window.showTextDocument(document);
    await until('activation', () => extension.isActive || undefined);
  });
});
