import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../scripts/editor/until.ts';
import { recordOf, withSoundRecords } from '../../helpers/trainingText.ts';
import {
  findings,
  openFile,
  openText,
  plantedFaults,
  rangeOf,
  replace,
  rulesOf,
  writeText,
} from './documents.ts';
import { describe, it } from './runner.ts';

describe('findings', () => {
  it('stand on the lines of the broken sample where its faults are planted', async () => {
    const document = await openFile('broken.jsonl');
    const found = await findings(document, plantedFaults.length);
    assert.deepEqual(
      found.map(({ range }) => range.start.line + 1),
      plantedFaults.map(({ line }) => line),
    );
    assert.deepEqual(
      rulesOf(found),
      plantedFaults.map(({ rule }) => rule),
    );
  });

  it('carry a severity, a message and the page of their rule', async () => {
    const [first] = await findings(await openFile('broken.jsonl'), plantedFaults.length);
    assert.equal(first?.severity, vscode.DiagnosticSeverity.Error);
    assert.match(first.message, /^Trailing comma before "]"; /);
    const { code } = first;
    assert.ok(typeof code === 'object' && code.target.path.endsWith('/json-syntax.md'));
  });

  it('are none in the clean sample, and come and go with what is typed', async () => {
    const document = await openFile('clean.jsonl');
    await findings(document, 0);
    const role = rangeOf(document, 15, '"user"');
    await replace(document, role, '"robot"');
    assert.deepEqual(rulesOf(await findings(document, 1)), ['message-role']);
    await replace(document, rangeOf(document, 15, '"robot"'), '"user"');
    await findings(document, 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('move with their line', async () => {
    const broken = recordOf('{"type": "text"}');
    const document = await openText('moving.jsonl', withSoundRecords(broken));
    assert.equal((await findings(document, 1))[0]?.range.start.line, 0);
    const sound = ['One', 'Two'].map((text) => recordOf(JSON.stringify({ type: 'text', text })));
    await replace(document, new vscode.Range(0, 0, 0, 0), `${sound.join('\n')}\n`);
    await until('the finding on line 3', async () => {
      const [finding] = await findings(document, 1);
      return finding?.range.start.line === 2 || undefined;
    });
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('say of a file in UTF-16 once that it is, until it is saved in UTF-8', async () => {
    const text = withSoundRecords();
    const document = await openText('utf16.jsonl', Buffer.from(`\ufeff${text}`, 'utf16le'));
    assert.equal(document.getText(), text);
    const [finding] = await findings(document, 1);
    assert.match(finding?.message ?? '', /^File is UTF-16; /);
    await writeText('utf16.jsonl', text);
    await until('the text in UTF-8', () => document.encoding === 'utf8' || undefined);
    await findings(document, 0);
  });

  it('say once, on the first line, that there are too few examples', async () => {
    const found = await findings(await openFile('too-few.jsonl'), 1);
    assert.deepEqual(rulesOf(found), ['too-few-examples']);
    assert.equal(found[0]?.range.start.line, 0);
  });
});
