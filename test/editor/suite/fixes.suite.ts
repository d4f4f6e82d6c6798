import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { imagePart, recordOf, webPicture, withSoundRecords } from '../../helpers/trainingText.ts';
import { findings, openText, rulesOf, withSettings } from './documents.ts';
import { describe, it } from './runner.ts';

const addresses = ['a', 'b', 'c'].map((name) => `https://example.com/${name}.png`);
const wrongParts = addresses.map((url) => `{"type": "image_url", "image_url": "${url}"}`);
const allWrong = withSoundRecords(...wrongParts.map((part) => recordOf(part)));

describe('a quick fix', () => {
  it('changes the text, and undo brings the text and the finding back', async () => {
    const text = withSoundRecords(recordOf(imagePart(webPicture, 'high')));
    const document = await openText('quickfix.jsonl', text);
    const [finding] = await findings(document, 1);
    assert.ok(finding);
    await apply(await actionAt(document, finding.range, 'Set detail to low'));
    await findings(document, 0);
    assert.equal(document.getText(), text.replace('"high"', '"low"'));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
    await findings(document, 1);
  });

  it('does the same to the whole file, undone in one step', async () => {
    const records = addresses.map((url) => recordOf(imagePart(url, 'high')));
    const text = withSoundRecords(...records);
    const document = await openText('wholefile.jsonl', text);
    const [finding] = await findings(document, 3);
    assert.ok(finding);
    const title = 'Set detail to low in the whole file (3 places)';
    await apply(await actionAt(document, finding.range, title));
    await findings(document, 0);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
  });

  it('that is certain is the preferred one', async () => {
    const document = await openText('preferred.jsonl', allWrong);
    const [finding] = await findings(document, 3);
    assert.ok(finding);
    const action = await actionAt(document, finding.range, 'Wrap the address in an object');
    assert.equal(action.isPreferred, true);
  });
});

describe('saving', () => {
  it('repairs all that is certain where source.fixAll.visionFinetune is asked for', async () => {
    const document = await openText('onsave.jsonl', allWrong);
    await findings(document, 3);
    const onSave = { 'editor.codeActionsOnSave': { 'source.fixAll.visionFinetune': 'explicit' } };
    await withSettings(onSave, async () => {
      await appendBlankLine(document);
      await document.save();
    });
    // An address that is wrapped has no detail, of which a hint says the cost.
    const rules = rulesOf(await findings(document, 3));
    assert.deepEqual([...new Set(rules)], ['image-detail-cost']);
    const saved = Buffer.from(await vscode.workspace.fs.readFile(document.uri)).toString();
    for (const url of addresses) assert.ok(saved.includes(`"image_url": {"url": "${url}"}`), saved);
  });
});

async function actionAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  title: string,
): Promise<vscode.CodeAction> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    10,
  );
  const action = actions.find((each) => each.title === title);
  assert.ok(action, `among ${actions.map((each) => each.title).join(', ')}`);
  return action;
}

async function apply({ edit }: vscode.CodeAction): Promise<void> {
  assert.ok(edit);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function appendBlankLine(document: vscode.TextDocument): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, '\n');
  assert.ok(await vscode.workspace.applyEdit(edit));
}
