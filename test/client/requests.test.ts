import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { questionOf } from '../../client/service/question.ts';
import { deploymentCall, readyRequests } from '../../client/service/requests.ts';
import { parseEndpoint, type Endpoint } from '../../core/service/endpoint.ts';

function endpoint(text: string, provider: 'azure' | 'openai'): Endpoint {
  const parsed = parseEndpoint(text, provider);
  assert.ok(!('problem' in parsed));
  return parsed;
}

const azure = endpoint('contoso', 'azure');
const dated = endpoint('https://contoso.openai.azure.com/?api-version=2024-10-21', 'azure');
const openai = endpoint('https://api.openai.com/v1', 'openai');

describe('a ready request', () => {
  it('goes to the endpoint of the job and takes its key from the environment', () => {
    const [python, typescript, curl] = readyRequests(azure, 'tuned').map(({ text }) => text);
    for (const text of [python, typescript, curl]) {
      assert.match(text ?? '', /https:\/\/contoso\.openai\.azure\.com\/openai\/v1\//);
      assert.match(text ?? '', /AZURE_OPENAI_API_KEY/);
    }
    assert.match(curl ?? '', /api-key: \$AZURE_OPENAI_API_KEY/);
  });

  it('presents an OpenAI key as a bearer', () => {
    const curl = readyRequests(openai, 'tuned').at(-1)?.text ?? '';
    assert.match(curl, /Authorization: Bearer \$OPENAI_API_KEY/);
  });

  it('names the deployment in the path, and the version, on the dated surface of Azure', () => {
    const curl = readyRequests(dated, 'tuned').at(-1)?.text ?? '';
    assert.match(curl, /\/openai\/deployments\/tuned\/chat\/completions\?api-version=2024-10-21'/);
  });

  it('lets the name of a model end no string', () => {
    for (const { text } of readyRequests(openai, `a'b"c\\`))
      assert.doesNotMatch(text, /[^\\"']a'b"c\\['"]/);
    const { text } = deploymentCall(azure, `a'b`);
    assert.match(text, /"name":"a'\\''b"/);
  });
});

describe('the call that deploys a model', () => {
  const { text } = deploymentCall(azure, 'tuned');

  it('names the resource and the model, and leaves to its owner what only its owner knows', () => {
    assert.match(text, /accounts\/contoso\/deployments\/DEPLOYMENT\?api-version=2024-10-21'/);
    assert.match(text, /subscriptions\/SUBSCRIPTION\/resourceGroups\/GROUP\//);
    const [, body = ''] = /--body '(.*)'\n$/.exec(text) ?? [];
    assert.deepEqual(JSON.parse(body), {
      sku: { name: 'developertier', capacity: 50 },
      properties: { model: { format: 'OpenAI', name: 'tuned', version: '1' } },
    });
  });

  it('tells what each tier costs, and that the cheapest is deleted after a day', () => {
    assert.match(text, /developer tier costs nothing by the hour and is deleted after 24 hours/);
    assert.match(text, /every other tier costs \$1\.70 an hour until it is deleted/);
  });

  it('is a comment but for one command', () => {
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    assert.match(
      lines.join('\n'),
      /^az rest --method put \\\n {2}--url '[^']*' \\\n {2}--body '[^']*'$/,
    );
  });
});

describe('a record as a question', () => {
  it('is without its last answer, and without weights', () => {
    const record = {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Yes?', weight: 0 },
        { role: 'user', content: 'Go' },
        { role: 'assistant', content: 'Gone' },
      ],
    };
    assert.deepEqual(questionOf(JSON.stringify(record)), {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Yes?' },
        { role: 'user', content: 'Go' },
      ],
      expected: 'Gone',
    });
  });

  it('is none where no answer ends it', () => {
    for (const text of ['', '[]', '{"messages": []}', '{"messages": [{"role": "user"}]}']) {
      assert.equal(questionOf(text), undefined);
    }
  });
});
