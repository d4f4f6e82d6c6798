import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../scripts/editor/until.ts';
import {
  imagePart,
  recordOf,
  soundRecord,
  webPicture,
  withSoundRecords,
} from '../../helpers/trainingText.ts';
import { findings, openText, rangeOf } from './documents.ts';
import { describe, it } from './runner.ts';

const image = recordOf(imagePart(webPicture, 'low'));

describe('completion', () => {
  it('offers the roles inside a one-line record', async () => {
    const document = await openText('roles.jsonl', withSoundRecords());
    await findings(document, 0);
    const at = rangeOf(document, 1, '"user"').start.translate(0, 1);
    const labels = await completionLabels(document, at, 'assistant');
    for (const role of ['system', 'user', 'assistant', 'tool']) assert.ok(labels.includes(role));
  });

  it('writes a whole example into an empty file, on one line', async () => {
    const document = await openText('new.jsonl', '');
    const start = new vscode.Position(0, 0);
    await completionLabels(document, start, 'example with an image');
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await until('the example', async () => {
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      return document.getText() === '' ? undefined : document.getText();
    });
    await vscode.commands.executeCommand('leaveSnippet');
    assert.equal(document.lineCount, 1);
    const { messages } = JSON.parse(document.getText()) as { messages: { role: string }[] };
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['system', 'user', 'assistant'],
    );
  });
});

describe('the outline', () => {
  it('has records, messages and images', async () => {
    const document = await openText('outline.jsonl', withSoundRecords(image));
    await findings(document, 0);
    const symbols = await until('symbols', async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      return found?.length === 11 ? found : undefined;
    });
    assert.equal(symbols[0]?.name, 'Record 1');
    assert.deepEqual(
      symbols[0].children.map(({ name, children }) => [name, children.length]),
      [
        ['user', 1],
        ['assistant', 0],
      ],
    );
  });
});

describe('a link', () => {
  it('is made of the address of an image', async () => {
    const document = await openText('links.jsonl', withSoundRecords(image));
    await findings(document, 0);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    assert.deepEqual(
      links.map(({ target }) => target?.toString(true)),
      [webPicture],
    );
  });
});

describe('selections', () => {
  it('grow by the structure of the record', async () => {
    const document = await openText('selection.jsonl', withSoundRecords(soundRecord));
    await findings(document, 0);
    const at = rangeOf(document, 1, 'Hi').start.translate(0, 1);
    const range = await until('the structure', async () => {
      const [first] = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
        'vscode.executeSelectionRangeProvider',
        document.uri,
        [at],
      );
      return document.getText(first?.parent?.range).length < soundRecord.length ? first : undefined;
    });
    const texts: string[] = [];
    for (let each: vscode.SelectionRange | undefined = range; each; each = each.parent)
      texts.push(document.getText(each.range));
    for (const text of [
      '"Hi"',
      '"content": "Hi"',
      '{"role": "user", "content": "Hi"}',
      soundRecord,
    ])
      assert.ok(texts.includes(text), text);
  });
});

describe('the hover over a key', () => {
  it('explains it, below the pictures of the record', async () => {
    const document = await openText('keys.jsonl', withSoundRecords(image));
    await findings(document, 0);
    const at = rangeOf(document, 1, '"messages"').start.translate(0, 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((each) => (each instanceof vscode.MarkdownString ? each.value : '')),
    );
    const [words, links, key] = texts;
    assert.equal(texts.length, 3, texts.join('\n---\n'));
    assert.match(words ?? '', /photo\.png/);
    assert.match(links ?? '', /^\[Set Detail…\].*\[Check Address…\]/);
    assert.match(key ?? '', /up to \*\*64 images\*\*/);
  });
});

describe('formatting', () => {
  it('makes the spaces between values alike, and never breaks a record over lines', async () => {
    const loose = soundRecord.replaceAll('": ', '"  :').replaceAll(', ', ',');
    const document = await openText('format.jsonl', withSoundRecords(loose));
    await findings(document, 0);
    await until('the formatted text', async () => {
      await vscode.commands.executeCommand('editor.action.formatDocument');
      return document.getText() === withSoundRecords(soundRecord) || undefined;
    });
  });

  it('is not done on save unless that is wanted of these files', async () => {
    const setting = 'editor.formatOnSave';
    const ofUser = vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration().update(setting, true, ofUser);
    const of = (languageId: string): unknown =>
      vscode.workspace.getConfiguration(undefined, { languageId }).get(setting);
    assert.deepEqual([of('json'), of('jsonl')], [true, false]);
    await vscode.workspace.getConfiguration().update(setting, undefined, ofUser);
  });
});

/** What is offered, once `wanted` is among it. */
async function completionLabels(
  document: vscode.TextDocument,
  at: vscode.Position,
  wanted: string,
): Promise<string[]> {
  return until(`the completion ${wanted}`, async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      at,
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    return labels.includes(wanted) ? labels : undefined;
  });
}
