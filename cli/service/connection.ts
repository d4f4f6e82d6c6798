import { providers, type Provider } from '../../core/profile/profile.ts';
import { quote } from '../../core/text/quote.ts';
import { Credential, keySchemeOf, type CredentialScheme } from '../../core/service/credential.ts';
import {
  openaiEndpoint,
  parseEndpoint,
  type Endpoint,
  type ParsedEndpoint,
} from '../../core/service/endpoint.ts';
import { Journal } from '../../core/service/journal.ts';
import { Receipts } from '../../core/service/receipts.ts';
import { ServiceClient } from '../../core/service/serviceClient.ts';
import { stateFolder } from '../../core/service/userFolder.ts';
import { oneOf } from '../arguments.ts';
import { UsageError, type Io } from '../io.ts';
import type { KeyVariable } from '../keyVariables.ts';

/** What every command of the service takes. There is none for a key: others can read a command line. */
export const connectionOptions = {
  provider: { type: 'string' },
  endpoint: { type: 'string' },
} as const;

export const connectionHelp = `  --provider NAME         ${providers.join(', ')} (default: as the endpoint, the
                          environment or vision-finetune.json tells)
  --endpoint ADDRESS      of the service; for Azure a resource's name will do
                          (default: AZURE_OPENAI_ENDPOINT or OPENAI_BASE_URL)`;

export const keyHelp = `The key is read from OPENAI_API_KEY, or for Azure from AZURE_OPENAI_API_KEY or
AZURE_OPENAI_AD_TOKEN. OPENAI_API_VERSION chooses Azure's dated API. Neither
endpoint nor key is ever taken from a file.
`;

export interface ConnectionArguments {
  readonly provider?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** Where requests go and what is remembered of them. */
export interface Connection {
  readonly client: ServiceClient;
  readonly endpoint: Endpoint;
  readonly journal: Journal;
  readonly receipts: Receipts;
  /** The flags that lead to the same place, ready for a shell; empty or with a space before each. */
  readonly flags: string;
}

/**
 * Puts together what flags and environment say. `configured` is the provider of vision-finetune.json: it chooses among
 * the addresses of this machine's owner, and names none. Throws a `UsageError` with the next step for what is missing.
 */
export function connect(
  given: ConnectionArguments,
  io: Pick<Io, 'env' | 'service'>,
  configured?: Provider,
): Connection {
  const { env } = io;
  const provider = chooseProvider(given, env, configured);
  const endpoint = readEndpoint(given.endpoint, provider, env);
  const credential = readCredential(endpoint, env);
  const [journal, receipts] = [stateFolder('submissions', env), stateFolder('receipts', env)];
  if (journal === undefined || receipts === undefined) {
    throw new UsageError(
      'there is no folder to remember submissions in; set HOME or XDG_STATE_HOME to one',
    );
  }
  return {
    client: new ServiceClient({ endpoint, credential, ...io.service }),
    endpoint,
    journal: new Journal(journal),
    receipts: new Receipts(receipts),
    flags: flagsOf(given),
  };
}

function chooseProvider(
  given: ConnectionArguments,
  env: Io['env'],
  configured: Provider | undefined,
): Provider {
  if (given.provider !== undefined) return oneOf('--provider', given.provider, providers);
  const chosen = (given.endpoint && providerOf(given.endpoint)) ?? configured;
  if (chosen) return chosen;
  if (env['AZURE_OPENAI_ENDPOINT']) return 'azure';
  if (env['OPENAI_BASE_URL'] || env['OPENAI_API_KEY']) return 'openai';
  throw new UsageError(
    'no provider given; add --provider azure with --endpoint, or --provider openai, and set the key in the environment (see --help)',
  );
}

/** As an address tells by itself; undefined for one that does not. */
function providerOf(address: string): Provider | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname, pathname } = new URL(address);
  if (hostname === openaiEndpoint.base.hostname) return 'openai';
  const isAzure = /\.azure\.(?:com|us)$/.test(hostname) || /^\/(?:openai|api)\b/.test(pathname);
  return isAzure ? 'azure' : undefined;
}

const endpointVariables = { azure: 'AZURE_OPENAI_ENDPOINT', openai: 'OPENAI_BASE_URL' } as const;

function readEndpoint(flag: string | undefined, provider: Provider, env: Io['env']): Endpoint {
  const variable = endpointVariables[provider];
  const given = flag ?? env[variable] ?? '';
  if (given === '' && flag === undefined) {
    if (provider === 'openai') return openaiEndpoint;
    throw new UsageError(
      `no endpoint given; add --endpoint with the resource's name or address, or set ${variable}`,
    );
  }
  const endpoint = withApiVersion(parseEndpoint(given, provider), given, env['OPENAI_API_VERSION']);
  if (!('problem' in endpoint)) return endpoint;
  const name = flag === undefined ? variable : '--endpoint';
  const problem = endpoint.problem.replace(/^It/, 'it').replace(/\.$/, '');
  throw new UsageError(`${name} is ${quote(given)}: ${problem}`);
}

/** The dated API is meant where the environment has a version, unless the address says otherwise. */
function withApiVersion(
  endpoint: ParsedEndpoint,
  given: string,
  version: string | undefined,
): ParsedEndpoint {
  if (!version || 'problem' in endpoint || endpoint.surface !== 'azure-v1') return endpoint;
  if (/\/v1\b|[?&]api-version=/.test(given)) return endpoint;
  const address = new URL(endpoint.base.origin);
  address.searchParams.set('api-version', version);
  return parseEndpoint(address.href, 'azure');
}

/** In the order in which they are looked for. */
function keysOf({ provider, surface }: Endpoint): readonly [KeyVariable, CredentialScheme][] {
  if (provider === 'openai') return [['OPENAI_API_KEY', keySchemeOf(surface)]];
  return [
    ['AZURE_OPENAI_API_KEY', keySchemeOf(surface)],
    ['AZURE_OPENAI_AD_TOKEN', 'bearer'],
  ];
}

function readCredential(endpoint: Endpoint, env: Io['env']): Credential {
  const keys = keysOf(endpoint);
  for (const [variable, scheme] of keys) {
    const secret = env[variable]?.trim() ?? '';
    if (secret === '') continue;
    // What a header cannot hold; the message must not hold it either.
    if (/[^!-~]/.test(secret)) {
      throw new UsageError(`${variable} holds characters that no key has; set it again`);
    }
    return new Credential(endpoint, scheme, secret);
  }
  const names = keys.map(([variable]) => variable).join(' or ');
  throw new UsageError(`no key for ${endpoint.base.host}; set ${names} in the environment`);
}

function flagsOf({ provider, endpoint }: ConnectionArguments): string {
  const flags = { provider, endpoint };
  return Object.entries(flags)
    .map(([name, value]) => (value === undefined ? '' : ` --${name} ${forShell(value)}`))
    .join('');
}

function forShell(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
