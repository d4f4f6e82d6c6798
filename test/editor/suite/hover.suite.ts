import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../scripts/editor/until.ts';
import { dataUri, makeImage } from '../../helpers/makeImage.ts';
import { imagePart, recordOf, withSoundRecords } from '../../helpers/trainingText.ts';
import { openFile, openText, rangeOf } from './documents.ts';
import { describe, it } from './runner.ts';

const hostileAddresses = [
  '[x](command:workbench.action.quit)',
  '![](https://example.com/beacon)',
  '<img src="https://example.com/beacon">',
  '```\n![](https://example.com/beacon)\n```',
  '\n\n![](https://example.com/beacon)\n\n',
  '| a | b |\n|---|---|\n| $(alert) | `x` |',
  'https://example.com/)![](https://example.com/beacon)',
  'https://example.com/`![](https://example.com/beacon)`',
  'command:workbench.action.quit',
  'data:image/png;base64](command:workbench.action.quit)',
  'javascript:alert(1)',
];

describe('hover', () => {
  it('shows a small picture as a data URI, with its facts and its cost', async () => {
    const url = dataUri('png', makeImage('png', 640, 400));
    const document = await openImage('small.jsonl', imagePart(url, 'low'));
    // What it costs is said once the server has told who would train on it.
    const value = await until('the cost', async () => {
      const shown = await hoverAt(document, new vscode.Position(0, 0));
      return shown.includes('tokens') ? shown : undefined;
    });
    assert.match(value, /!\[[^\]]*\]\(data:image\/png;base64,[^)]+\|width=230,height=144\)/);
    assert.match(words(value), /PNG · 640 × 400 · .* · RGB\s+detail low: 85 tokens \(high: 425\)/);
  });

  it('shows a picture under the format that its bytes have', async () => {
    const url = dataUri('png', makeImage('gif', 8, 8));
    const document = await openImage('claims.jsonl', imagePart(url, 'low'));
    assert.match(await hoverAt(document, new vscode.Position(0, 0)), /\(data:image\/gif;base64,/);
  });

  it('shows of a large picture a smaller copy, in its text or from a file of the extension', async () => {
    const document = await openFile('clean.jsonl');
    const value = await hoverAt(document, new vscode.Position(0, 0));
    const [, address = ''] = /!\[[^\]]*\]\(([^|]+)\|width=230,height=144\)/.exec(value) ?? [];
    const [, base64 = ''] = /base64,([^"]+)/.exec(document.lineAt(0).text) ?? [];
    assert.match(
      address,
      /^data:image\/(?:webp|jpeg|png);base64,|\/vision-finetune\.vision-finetune\/pictures\/[0-9a-f]{64}-640\.\w+$/,
    );
    assert.ok(!address.includes(base64.slice(0, 1000)), 'not the bytes of the record');
  });

  it('shows all pictures of a record at its beginning, and behind it the one pointed at', async () => {
    const document = await openFile('clean.jsonl');
    const count = (value: string): number => value.split('![').length - 1;
    assert.equal(count(await hoverAt(document, new vscode.Position(10, 0))), 2);
    const first = rangeOf(document, 11, '"image_url"').start;
    assert.equal(count(await hoverAt(document, first)), 1);
  });

  it('shows nothing where there is no image', async () => {
    const document = await openFile('clean.jsonl');
    assert.equal(await hoverAt(document, new vscode.Position(14, 0)), '');
  });

  it('shows of a web address the address, a link and the cost, and no picture', async () => {
    const url = 'https://example.com/a_(1).png?x=1&y=*2*';
    const document = await openImage('web.jsonl', imagePart(url, 'low'));
    const value = await hoverAt(document, new vscode.Position(0, 0));
    assert.ok(value.includes(url), value);
    assert.ok(value.includes('(https://example.com/a_%281%29.png?x=1&y=*2*)'), value);
    assert.ok(!value.includes('!['), value);
  });

  it('takes nothing from a record for markdown', async () => {
    const records = hostileAddresses.map((url) => recordOf(imagePart(url, url)));
    const document = await openText('hostile.jsonl', withSoundRecords(...records));
    for (const [line, url] of hostileAddresses.entries()) {
      const value = await hoverAt(document, new vscode.Position(line, 0));
      const html = await vscode.commands.executeCommand<string>('markdown.api.render', value);
      assert.doesNotMatch(
        html,
        /<img|<table|<a [^>]*href="(?!https:\/\/example\.com\/|command:visionFinetune)/,
        url,
      );
      // All that is said of it stands in one block of code.
      assert.equal(html.split('<pre').length, 2, url);
    }
  });
});

const ownLink = String.raw`\[[A-Z][A-Za-z ]+…?\]\(command:visionFinetune\.\w+\?%5B%22picture-\d+%22%5D\)`;
const ownLinks = new RegExp(`^${ownLink}(?: · ${ownLink})*$`);

async function openImage(name: string, part: string): Promise<vscode.TextDocument> {
  return openText(name, withSoundRecords(recordOf(part)));
}

/** What this extension says there, which no code of a window may run on; empty if nothing. */
async function hoverAt(document: vscode.TextDocument, at: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    at,
  );
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents
    .map((content) => {
      assert.ok(content instanceof vscode.MarkdownString);
      assert.ok(!content.supportHtml && !content.supportThemeIcons);
      // Only what holds nothing but links of the extension has live ones.
      if (content.isTrusted) assert.match(content.value, ownLinks);
      return content.value;
    })
    .join('\n\n');
}

/** As a person reads it: markdown's escapes and non-breaking spaces undone. */
function words(markdown: string): string {
  return markdown.replaceAll('&nbsp;', ' ').replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '');
}
