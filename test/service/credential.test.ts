import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { format, inspect } from 'node:util';
import { Credential, keySchemeOf } from '../../core/service/credential.ts';
import { openaiEndpoint } from '../../core/service/endpoint.ts';

const secret = 'sk-canary-0123456789';
const credential = new Credential(openaiEndpoint, 'bearer', ` ${secret}\n`);

describe('a credential', () => {
  it('is presented to the origin that it was entered for', () => {
    const url = new URL('https://api.openai.com/v1/files');
    assert.deepEqual(credential.headerFor(url), { authorization: `Bearer ${secret}` });
    const key = new Credential(openaiEndpoint, 'api-key', secret);
    assert.deepEqual(key.headerFor(url), { 'api-key': secret });
  });

  for (const address of [
    'https://api.openai.com.example.org/',
    'https://api.openai.com:8443/',
    'http://api.openai.com/',
    'https://openai.com/',
  ]) {
    it(`is not sent to ${address}`, () => {
      assert.throws(() => credential.headerFor(new URL(address)), /not sent to/);
    });
  }

  it('has no form as text', () => {
    const forms = [
      String(credential),
      JSON.stringify({ credential }),
      inspect(credential, { showHidden: true, depth: null }),
      format('%o %O %j %s', credential, credential, credential, credential),
      JSON.stringify(Object.entries(credential)),
    ];
    for (const form of forms) assert.ok(!form.includes('canary'), form);
  });

  it('is taken out of texts', () => {
    assert.equal(
      credential.redact(`key ${secret} and ${secret}.`),
      'key [credential] and [credential].',
    );
    assert.equal(new Credential(openaiEndpoint, 'bearer', '').redact('text'), 'text');
  });

  it("is presented in the surface's own header", () => {
    assert.equal(keySchemeOf('openai'), 'bearer');
    assert.equal(keySchemeOf('azure-v1'), 'api-key');
  });
});
