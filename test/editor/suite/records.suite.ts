import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../scripts/editor/until.ts';
import { recordOf, soundRecord, webPicture, withSoundRecords } from '../../helpers/trainingText.ts';
import {
  findings,
  folder,
  openText,
  removeFile,
  replace,
  rulesOf,
  writeText,
} from './documents.ts';
import { describe, it } from './runner.ts';

const imageAt = (url: string, detail: string): string =>
  recordOf(`{"type": "image_url", "image_url": {"url": "${url}", "detail": "${detail}"}}`);
const high = imageAt(webPicture, 'high');
const wrong = imageAt(webPicture, 'fine');

describe('going to a record', () => {
  it('moves to the next and the previous one, past blank lines', async () => {
    const document = await openText(
      'go.jsonl',
      `${withSoundRecords(soundRecord)}\n\n${soundRecord}`,
    );
    assert.equal(document.lineCount, 13);
    moveTo(10);
    assert.equal(await lineAfter('nextRecord'), 12);
    assert.equal(await lineAfter('previousRecord'), 10);
  });

  it('moves onto the next and the previous problem, and stays where there is no more', async () => {
    const other = imageAt('https://example.com/other.png', 'fine');
    const text = withSoundRecords(wrong, soundRecord, other);
    const document = await openText('problems.jsonl', text);
    await findings(document, 2);
    moveTo(0);
    assert.equal(await lineAfter('nextProblem'), 2);
    const { selection } = activeEditor();
    assert.equal(
      document.getText(document.getWordRangeAtPosition(selection.active.translate(0, 1))),
      'fine',
    );
    assert.equal(await lineAfter('nextProblem'), 2);
    assert.equal(await lineAfter('previousProblem'), 0);
  });

  it('moves onto a problem that is about the whole file', async () => {
    const text = withSoundRecords(soundRecord, wrong, soundRecord);
    const document = await openText('whole-file.jsonl', text);
    assert.deepEqual(rulesOf(await findings(document, 2)), ['image-detail', 'duplicate-example']);
    moveTo(1);
    assert.equal(await lineAfter('nextProblem'), 2);
    moveTo(12);
    assert.equal(await lineAfter('previousProblem'), 2);
    assert.equal(await lineAfter('previousProblem'), 1);
  });
});

describe('a record as formatted JSON', () => {
  it('opens beside its file, with the same findings, and goes back as one line', async () => {
    const text = withSoundRecords(soundRecord, wrong);
    const source = await openText('edit.jsonl', text);
    await findings(source, 1);
    const record = await openRecord(1);
    assert.equal(record.languageId, 'json');
    assert.equal(record.getText(), `${JSON.stringify(JSON.parse(wrong), undefined, 2)}\n`);
    assert.deepEqual(rulesOf(await findings(record, 1)), ['image-detail']);
    await replaceText(record, '"fine"', '"low"');
    await findings(record, 0);
    assert.ok(await record.save());
    assert.equal(source.lineAt(1).text, wrong.replace('"fine"', '"low"'));
    assert.equal(source.getText(), text.replace('"fine"', '"low"'));
    await findings(source, 0);
    await vscode.window.showTextDocument(source);
    await vscode.commands.executeCommand('undo');
    assert.equal(source.getText(), text);
    await until('the record to follow', () => record.getText().includes('"fine"') || undefined);
  });

  it('keeps the style of its line and what is written in its strings', async () => {
    const line =
      '{"messages":[{"role":"user","content":"\\u0041 \\/ {: ,}"},{"role":"assistant","content":"Hi"}]}';
    const source = await openText('style.jsonl', withSoundRecords(line));
    const record = await openRecord(0);
    await replaceText(record, '"Hi"', '"Hello"');
    assert.ok(await record.save());
    assert.equal(source.lineAt(0).text, line.replace('"Hi"', '"Hello"'));
  });

  it('follows its line when others come before it', async () => {
    const source = await openText('follow.jsonl', withSoundRecords(soundRecord, high));
    const record = await openRecord(1);
    await replace(source, new vscode.Range(0, 0, 0, 0), `${soundRecord}\n${soundRecord}\n`);
    await replaceText(record, '"high"', '"low"');
    assert.ok(await record.save());
    assert.equal(source.lineAt(3).text, high.replace('"high"', '"low"'));
    assert.equal(source.lineAt(1).text, soundRecord);
  });

  it('shows what is changed in its file', async () => {
    const source = await openText('outside.jsonl', withSoundRecords(high));
    const record = await openRecord(0);
    await replaceText(source, '"high"', '"auto"');
    await until('the change', () => record.getText().includes('"auto"') || undefined);
  });

  it('is not saved over a change of its line that it has not seen', async () => {
    const source = await openText('conflict.jsonl', withSoundRecords(high));
    const record = await openRecord(0);
    await replaceText(record, '"high"', '"low"');
    await replaceText(source, '"high"', '"auto"');
    assert.equal(await record.save().then(Boolean, () => false), false);
    assert.ok(source.lineAt(0).text.includes('"auto"'));
    await vscode.window.showTextDocument(record);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('is not saved over another record when its line is gone', async () => {
    const source = await openText('gone.jsonl', withSoundRecords(high, soundRecord));
    const record = await openRecord(0);
    await replaceText(record, '"high"', '"low"');
    await replace(source, new vscode.Range(0, 0, 1, 0), '');
    assert.equal(await record.save().then(Boolean, () => false), false);
    assert.equal(source.lineAt(0).text, soundRecord);
    await vscode.window.showTextDocument(record);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('goes back into its file also when that has been closed, which opens with the change', async () => {
    const { uri, record } = await openAndClose('closed.jsonl', withSoundRecords(high, soundRecord));
    await replaceText(record, '"high"', '"low"');
    assert.ok(await record.save());
    const source = await vscode.workspace.openTextDocument(uri);
    assert.equal(source.lineAt(0).text, high.replace('"high"', '"low"'));
    assert.ok(source.isDirty);
    assert.ok(await source.save());
  });

  it('is not saved, and keeps what is written in it, when its file is no more', async () => {
    const { record } = await openAndClose('deleted.jsonl', withSoundRecords(high));
    await removeFile('deleted.jsonl');
    await replaceText(record, '"high"', '"low"');
    assert.equal(await record.save().then(Boolean, () => false), false);
    assert.ok(record.getText().includes('"low"'));
    await vscode.window.showTextDocument(record);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('that is broken opens as it is', async () => {
    const broken = high.slice(0, -1);
    await openText('broken-record.jsonl', withSoundRecords(broken));
    const record = await openRecord(0);
    assert.equal(record.getText(), broken);
  });
});

function activeEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor, 'a file is shown');
  return editor;
}

function moveTo(line: number): void {
  activeEditor().selection = new vscode.Selection(line, 0, line, 0);
}

async function lineAfter(command: string): Promise<number> {
  await vscode.commands.executeCommand(`visionFinetune.${command}`);
  return activeEditor().selection.active.line;
}

/** Opens a record of the active file. */
async function openRecord(line: number): Promise<vscode.TextDocument> {
  moveTo(line);
  await vscode.commands.executeCommand('visionFinetune.editRecord');
  const { document } = activeEditor();
  assert.equal(document.uri.scheme, 'vision-finetune-record');
  return document;
}

/** Opens the first record of a file, and closes the file. */
async function openAndClose(
  name: string,
  text: string,
): Promise<{ uri: vscode.Uri; record: vscode.TextDocument }> {
  await writeText(name, text);
  const uri = vscode.Uri.joinPath(folder(), name);
  // Not by `openTextDocument`, which keeps a document for minutes.
  await vscode.commands.executeCommand('vscode.open', uri);
  const source = activeEditor().document;
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  assert.ok(tab);
  const record = await openRecord(0);
  await vscode.window.tabGroups.close(tab);
  await until('the file to close', () => source.isClosed || undefined);
  return { uri, record };
}

async function replaceText(document: vscode.TextDocument, text: string, by: string): Promise<void> {
  const start = document.getText().indexOf(text);
  assert.ok(start >= 0, `${text} is there`);
  const range = new vscode.Range(
    document.positionAt(start),
    document.positionAt(start + text.length),
  );
  await replace(document, range, by);
}
