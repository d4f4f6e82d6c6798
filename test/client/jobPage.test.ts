import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jobPage } from '../../client/service/jobPage.ts';
import { readFromJobPage } from '../../webview/jobProtocol.ts';

describe('the page of jobs', () => {
  const page = jobPage({ source: 'https://own', script: 's.js', style: 's.css', nonce: 'once' });
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';

  it('can load nothing but its own script and style, and send nothing', () => {
    assert.deepEqual(policy.split('; ').sort(), [
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      "script-src 'nonce-once'",
      'style-src https://own',
    ]);
  });
});

describe('a message of the page of jobs', () => {
  it('is read where it is one', () => {
    assert.deepEqual(readFromJobPage({ kind: 'ready', more: 1 }), { kind: 'ready' });
    const act = { kind: 'act', job: 1, action: 'cancelJob' } as const;
    assert.deepEqual(readFromJobPage(act), act);
    const copy = { kind: 'copyCheckpoint', job: 0, checkpoint: 2 } as const;
    assert.deepEqual(readFromJobPage(copy), copy);
  });

  for (const message of [
    null,
    'ready',
    {},
    { kind: 'act', job: 0, action: 'submitJob' },
    { kind: 'act', job: -1, action: 'cancelJob' },
    { kind: 'act', job: '0', action: 'cancelJob' },
    { kind: 'copyCheckpoint', job: 0 },
    { kind: 'copyCheckpoint', job: 0, checkpoint: 0.5 },
  ]) {
    it(`is none: ${JSON.stringify(message)}`, () => {
      assert.equal(readFromJobPage(message), undefined);
    });
  }
});
