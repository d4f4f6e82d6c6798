import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redact } from '../../client/service/redact.ts';
import { Credential } from '../../core/service/credential.ts';

const azureKey = '0123456789abcdef0123456789ABCDEF';
const longAzureKey = 'Ab3'.repeat(28);

describe('redact', () => {
  for (const text of [
    'sk-proj-abcdefghijklmnop',
    'Bearer abc.def-ghi',
    'api-key: 0f0f0f',
    '"Authorization":"Bearer secret"',
    'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl',
    azureKey,
    longAzureKey,
  ]) {
    it(`leaves no key of ${text.slice(0, 12)}… in a line`, () => {
      const redacted = redact(`failed with ${text} at 12:00`);
      assert.match(redacted, /^failed with .*\[credential\].* at 12:00$/);
      for (const piece of text.match(/[\w-]{6,}/g) ?? []) {
        if (!/^(?:api-key|Authorization|Bearer)$/.test(piece)) {
          assert.ok(!redacted.includes(piece), redacted);
        }
      }
    });
  }

  it('takes out a key that is known, whatever it looks like', () => {
    const endpoint = { base: new URL('https://contoso.openai.azure.com/openai/v1/') };
    const known = new Credential(endpoint, 'api-key', 'plain words');
    assert.equal(redact('it said plain words', [known]), 'it said [credential]');
  });

  it('keeps what is no key: jobs, tuned models, hashes, hosts', () => {
    const text = `ftjob-abc123 gpt-4.1-2025-04-14.ft-${azureKey} at https://api.openai.com, SHA-256 ${'a1'.repeat(32)}`;
    assert.equal(redact(text), text);
  });
});
