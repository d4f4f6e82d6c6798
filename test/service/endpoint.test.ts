import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Provider } from '../../core/profile/profile.ts';
import { openaiEndpoint, parseEndpoint, urlOf } from '../../core/service/endpoint.ts';

/** What people have at hand, and the operations' base address and surface that it stands for. */
const understood: readonly [Provider, string, string][] = [
  ['azure', 'contoso-ai', 'azure-v1 https://contoso-ai.openai.azure.com/openai/v1/'],
  [
    'azure',
    'https://contoso-ai.openai.azure.com',
    'azure-v1 https://contoso-ai.openai.azure.com/openai/v1/',
  ],
  [
    'azure',
    ' https://contoso-ai.openai.azure.com/openai/v1/ ',
    'azure-v1 https://contoso-ai.openai.azure.com/openai/v1/',
  ],
  [
    'azure',
    'https://contoso-ai.openai.azure.com/openai/v1/?api-version=preview',
    'azure-v1 https://contoso-ai.openai.azure.com/openai/v1/',
  ],
  [
    'azure',
    'https://contoso-ai.openai.azure.com/openai/fine_tuning/jobs?api-version=2025-04-01-preview',
    'azure-dated https://contoso-ai.openai.azure.com/openai/',
  ],
  [
    'azure',
    'https://c.services.ai.azure.com/api/projects/p1',
    'azure-project-v1 https://c.services.ai.azure.com/api/projects/p1/openai/v1/',
  ],
  [
    'azure',
    'https://c.services.ai.azure.com/api/projects/p1/openai/v1',
    'azure-project-v1 https://c.services.ai.azure.com/api/projects/p1/openai/v1/',
  ],
  ['azure', 'http://127.0.0.1:8080', 'azure-v1 http://127.0.0.1:8080/openai/v1/'],
  ['openai', 'https://api.openai.com', 'openai https://api.openai.com/v1/'],
  ['openai', 'https://eu.api.openai.com/v1', 'openai https://eu.api.openai.com/v1/'],
  ['openai', 'http://localhost:8080/v1/', 'openai http://localhost:8080/v1/'],
];

const refused: readonly [Provider, string, RegExp][] = [
  ['azure', 'http://contoso-ai.openai.azure.com', /https:\/\//],
  ['azure', 'https://me:secret@contoso-ai.openai.azure.com', /user name/],
  ['azure', 'contoso ai', /not an address/],
  ['azure', '', /not an address/],
  ['openai', 'contoso-ai', /not an address/],
  ['openai', 'http://127.0.0.1.example.org/v1', /https:\/\//],
  ['openai', 'file:///etc/hosts', /https:\/\//],
];

describe('an endpoint', () => {
  for (const [provider, text, expected] of understood) {
    it(`of ${provider} is understood from "${text}"`, () => {
      const endpoint = parseEndpoint(text, provider);
      assert.ok(!('problem' in endpoint));
      assert.equal(`${endpoint.surface} ${endpoint.base.href}`, expected);
    });
  }

  for (const [provider, text, problem] of refused) {
    it(`of ${provider} is refused as "${text}"`, () => {
      const endpoint = parseEndpoint(text, provider);
      assert.ok('problem' in endpoint);
      assert.match(endpoint.problem, problem);
    });
  }

  it('keeps the api-version of a dated address for every request', () => {
    const endpoint = parseEndpoint(
      'https://c.openai.azure.com/openai?api-version=2024-10-21',
      'azure',
    );
    assert.ok(!('problem' in endpoint));
    assert.equal(
      urlOf(endpoint, 'files', { purpose: 'fine-tune', after: undefined }).href,
      'https://c.openai.azure.com/openai/files?purpose=fine-tune&api-version=2024-10-21',
    );
  });

  it('makes no other host of a path that somebody else has written', () => {
    const url = urlOf(openaiEndpoint, `files/${encodeURIComponent('//example.org/../x')}`);
    assert.equal(url.origin, 'https://api.openai.com');
    assert.equal(url.pathname, '/v1/files/%2F%2Fexample.org%2F..%2Fx');
  });
});
