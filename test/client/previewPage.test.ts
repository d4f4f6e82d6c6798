import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { previewPage } from '../../client/preview/previewPage.ts';
import { readFromPage, readMemento } from '../../webview/protocol.ts';
import { readText, repositoryFiles } from '../helpers/repository.ts';

const page = previewPage({
  source: 'https://own.example',
  script: 'https://own.example/preview.js',
  style: 'https://own.example/preview.css',
  nonce: 'abc-123',
});

describe('the page of the preview', () => {
  it('may run its own script and show bytes that it was sent, and nothing else', () => {
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    assert.deepEqual(policy.split('; '), [
      "default-src 'none'",
      'img-src blob:',
      'style-src https://own.example',
      "script-src 'nonce-abc-123'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    assert.ok(!/unsafe|https?:(?!\/\/own\.example)|\*/.test(policy));
  });

  it('has one script, which carries the nonce, and nothing inline', () => {
    assert.deepEqual(page.match(/<script[^>]*>/g), [
      '<script nonce="abc-123" src="https://own.example/preview.js">',
    ]);
    assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|javascript:/);
  });

  it('makes no element of a text: nothing in its script takes HTML or runs code', () => {
    const sources = repositoryFiles().filter((path) => /^webview\/.*\.ts$/.test(path));
    const dangerous =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTML|DOMParser|createContextualFragment|\beval\b|new Function|\bhref\b|srcdoc/;
    assert.deepEqual(
      sources.filter((path) => dangerous.test(readText(path))),
      [],
    );
    assert.ok(sources.includes('webview/main.ts') && sources.includes('webview/records.ts'));
  });

  it('takes files of the built extension only, and no command in a link', () => {
    const shown = readText('client/preview/showPage.ts');
    assert.match(shown, /enableCommandUris: false,\s+localResourceRoots: \[folder\]/);
    for (const panel of ['client/preview/recordPreview.ts', 'client/disk/recordsPanel.ts']) {
      assert.match(readText(panel), /showPage\(/);
      assert.doesNotMatch(readText(panel), /webview\.(?:html|options) =/);
    }
  });
});

describe('a message of the page', () => {
  it('is read when each part is what it should be', () => {
    const messages = [
      { kind: 'ready' },
      { kind: 'go', step: 'nextProblem' },
      { kind: 'picture', revision: 1, index: 0, isWhole: true },
      { kind: 'moreText', revision: 1, id: 2, from: 4000 },
      { kind: 'moreMessages', revision: 1 },
      { kind: 'reveal', revision: 1, offset: 12 },
      { kind: 'act', revision: 1, index: 0, action: 'copy' },
    ];
    for (const message of messages) assert.deepEqual(readFromPage(message), message);
  });

  it('is left alone when anything in it is not', () => {
    const messages: unknown[] = [
      undefined,
      null,
      'ready',
      [],
      {},
      { kind: 'go', step: 'away' },
      { kind: 'go', step: ['next'] },
      { kind: 'picture', revision: 1, index: -1, isWhole: true },
      { kind: 'picture', revision: 1, index: 0.5, isWhole: true },
      { kind: 'picture', revision: 1, index: 0, isWhole: 1 },
      { kind: 'picture', revision: '1', index: 0, isWhole: true },
      { kind: 'moreText', revision: 1, id: 2, from: Infinity },
      { kind: 'moreMessages' },
      { kind: 'reveal', revision: 1, offset: NaN },
      { kind: 'act', revision: 1, index: 0, action: 'upload' },
      { kind: 'act', revision: 1, index: 0, action: 'toString' },
      { kind: '__proto__', revision: 1 },
    ];
    for (const message of messages) assert.equal(readFromPage(message), undefined);
  });

  it('loses what does not belong to it', () => {
    assert.deepEqual(readFromPage({ kind: 'ready', command: 'x' }), { kind: 'ready' });
  });
});

describe('what a page of the preview has kept', () => {
  it('is where its record stands, and nothing else that it may hold', () => {
    const kept = { uri: 'file:///train.jsonl', line: 3 };
    assert.deepEqual(readMemento({ ...kept, more: 1 }), kept);
  });

  it('is nothing where it is of another shape', () => {
    const line = 3;
    for (const value of [
      undefined,
      null,
      'x',
      {},
      { line },
      { uri: 1, line },
      { uri: '', line: -1 },
    ])
      assert.equal(readMemento(value), undefined);
  });
});
