import { azureCosts, sourced } from '../../core/profile/sources.ts';
import type { Endpoint } from '../../core/service/endpoint.ts';

/** A text to paste somewhere else, and how it is called. */
export interface ReadyRequest {
  readonly title: string;
  readonly text: string;
}

/** Where the key is taken from, as the SDKs do. */
const variables = { openai: 'OPENAI_API_KEY', azure: 'AZURE_OPENAI_API_KEY' } as const;

/**
 * Requests to a tuned model in several languages, none with a key in it. At Azure a model answers under the name of its
 * deployment, which is taken to be `model` until it is replaced.
 */
export function readyRequests(endpoint: Endpoint, model: string): readonly ReadyRequest[] {
  return [python(endpoint, model), typescript(endpoint, model), curl(endpoint, model)];
}

/** Azure's dated surface has clients, paths and versions of its own; its v1 surface is spoken to as OpenAI is. */
function isDated({ surface }: Endpoint): boolean {
  return surface === 'azure-dated';
}

function python(endpoint: Endpoint, model: string): ReadyRequest {
  const { provider, base, apiVersion } = endpoint;
  const key = `os.environ[${JSON.stringify(variables[provider])}]`;
  const client = isDated(endpoint)
    ? `AzureOpenAI(\n    azure_endpoint=${JSON.stringify(base.origin)},\n    api_version=${JSON.stringify(apiVersion ?? '')},\n    api_key=${key},\n)`
    : `OpenAI(base_url=${JSON.stringify(base.href)}, api_key=${key})`;
  const name = isDated(endpoint) ? 'AzureOpenAI' : 'OpenAI';
  return {
    title: 'Python',
    text: `import os
from openai import ${name}

client = ${client}
answer = client.chat.completions.create(
    model=${JSON.stringify(model)},
    messages=[
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is on this picture?"},
                {"type": "image_url", "image_url": {"url": "https://example.com/picture.png"}},
            ],
        }
    ],
)
print(answer.choices[0].message.content)
`,
  };
}

function typescript(endpoint: Endpoint, model: string): ReadyRequest {
  const { provider, base, apiVersion } = endpoint;
  const key = `process.env.${variables[provider]}`;
  const client = isDated(endpoint)
    ? `new AzureOpenAI({\n  endpoint: ${quoted(base.origin)},\n  apiVersion: ${quoted(apiVersion ?? '')},\n  apiKey: ${key},\n})`
    : `new OpenAI({ baseURL: ${quoted(base.href)}, apiKey: ${key} })`;
  return {
    title: 'TypeScript',
    text: `import ${isDated(endpoint) ? '{ AzureOpenAI }' : 'OpenAI'} from 'openai';

const client = ${client};
const answer = await client.chat.completions.create({
  model: ${quoted(model)},
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is on this picture?' },
        { type: 'image_url', image_url: { url: 'https://example.com/picture.png' } },
      ],
    },
  ],
});
console.log(answer.choices[0]?.message.content);
`,
  };
}

function curl(endpoint: Endpoint, model: string): ReadyRequest {
  const variable = variables[endpoint.provider];
  const header =
    endpoint.provider === 'azure' ? `api-key: $${variable}` : `Authorization: Bearer $${variable}`;
  const body = {
    ...(!isDated(endpoint) && { model }),
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is on this picture?' },
          { type: 'image_url', image_url: { url: 'https://example.com/picture.png' } },
        ],
      },
    ],
  };
  const json = JSON.stringify(body, null, 2).replaceAll("'", String.raw`'\''`);
  return {
    title: 'curl',
    text: `curl ${shellQuoted(completionsUrl(endpoint, model))} \\
  -H "${header}" \\
  -H 'Content-Type: application/json' \\
  -d '${json}'
`,
  };
}

/** Where a model is asked; at Azure's dated surface the deployment is in the path. */
export function completionsPath(endpoint: Endpoint, model: string): string {
  return isDated(endpoint)
    ? `deployments/${encodeURIComponent(model)}/chat/completions`
    : 'chat/completions';
}

function completionsUrl(endpoint: Endpoint, model: string): string {
  const url = new URL(completionsPath(endpoint, model), endpoint.base);
  if (endpoint.apiVersion !== undefined) url.searchParams.set('api-version', endpoint.apiVersion);
  return url.href;
}

/** US dollars for each hour that a deployment of a tuned model stands, whether it is asked or not. */
const hostingPrice = sourced(1.7, azureCosts);
/** Of the developer tier, which is charged by token alone: hours until it is deleted, used or not. */
const developerLifetime = sourced(24, azureCosts);
/** Thousands of tokens a minute, as in the documents' own sample: one picture may take more than one thousand. */
const capacity = 50;

/** What a person should know before a tuned model is deployed at Azure. */
export const deploymentTerms = `The developer tier costs nothing by the hour and is deleted after ${developerLifetime.value} hours; every other tier costs $${hostingPrice.value.toFixed(2)} an hour until it is deleted. Tokens are charged in all of them.`;

/**
 * What makes a deployment of a tuned model at Azure: a call of its management interface by whoever is signed in to the Azure
 * CLI, with what only its owner knows. The tier decides about the price.
 */
export function deploymentCall(endpoint: Endpoint, model: string): ReadyRequest {
  const [account = 'RESOURCE'] = endpoint.base.hostname.split('.');
  const body = {
    sku: { name: 'developertier', capacity },
    properties: { model: { format: 'OpenAI', name: model, version: '1' } },
  };
  const url = `https://management.azure.com/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.CognitiveServices/accounts/${account}/deployments/DEPLOYMENT?api-version=2024-10-21`;
  return {
    title: 'Azure CLI: deploy the model',
    text: `# Sign in with "az login" and replace SUBSCRIPTION, GROUP and DEPLOYMENT.
# ${deploymentTerms}
# Those are "Standard" and "GlobalStandard"; price as of ${hostingPrice.date}, from ${hostingPrice.source}.
az rest --method put \\
  --url ${shellQuoted(url)} \\
  --body ${shellQuoted(JSON.stringify(body))}
`,
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
