import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import manifest from '../../../package.json' with { type: 'json' };
import { findings, openFile, plantedFaults } from './documents.ts';
import { describe, it } from './runner.ts';

describe('commands', () => {
  it('are those of the manifest', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !known.has(command));
    assert.deepEqual(missing, []);
  });

  it('start the server again, which finds the same', async () => {
    const document = await openFile('broken.jsonl');
    const before = await findings(document, plantedFaults.length);
    const changes: number[] = [];
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      changes.push(vscode.languages.getDiagnostics(document.uri).length);
    });
    await vscode.commands.executeCommand('visionFinetune.restartServer');
    const after = await findings(document, plantedFaults.length);
    listener.dispose();
    assert.ok(changes.includes(0), 'the findings of the old server went');
    assert.deepEqual(after.map(summary), before.map(summary));
  });
});

function summary({ range, message, severity }: vscode.Diagnostic): string {
  return `${range.start.line}:${range.start.character} ${severity} ${message}`;
}
