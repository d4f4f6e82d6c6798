import type { Provider } from '../profile/profile.ts';

/** One of the forms in which the fine-tuning operations are offered; they differ in paths and in what they know. */
export type Surface = 'openai' | 'azure-v1' | 'azure-project-v1' | 'azure-dated';

/** Where requests go. */
export interface Endpoint {
  readonly provider: Provider;
  readonly surface: Surface;
  /** Ends with a slash; paths such as `files` are appended to it. */
  readonly base: URL;
  /** Of Azure's dated surface, which wants it with every request. */
  readonly apiVersion?: string;
}

/** An endpoint, or in words why a text is none. */
export type ParsedEndpoint = Endpoint | { readonly problem: string };

export const openaiEndpoint: Endpoint = {
  provider: 'openai',
  surface: 'openai',
  base: new URL('https://api.openai.com/v1/'),
};

/** A resource's name alone: `contoso-ai`. Azure's rule for names: letters, digits and hyphens, 2 to 64 of them. */
const resourceName = /^[a-z\d](?:[a-z\d-]{0,62}[a-z\d])$/i;

/**
 * Reads an endpoint as people have it at hand: an Azure resource's name or address, a project's address, or a base
 * address copied from code. An address with `api-version` is meant for the dated surface.
 */
export function parseEndpoint(text: string, provider: Provider): ParsedEndpoint {
  const trimmed = text.trim();
  const isName = provider === 'azure' && resourceName.test(trimmed);
  const address = isName ? `https://${trimmed}.openai.azure.com/` : trimmed;
  if (!URL.canParse(address)) return { problem: 'It is not an address such as https://…' };
  const url = new URL(address);
  const problem = problemOf(url);
  if (problem !== undefined) return { problem };
  return provider === 'azure' ? azureEndpoint(url) : plainEndpoint(url);
}

function problemOf(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') return 'It must hold no user name or password.';
  if (url.protocol === 'https:') return undefined;
  if (url.protocol === 'http:' && isLoopback(url)) return undefined;
  return 'It must start with https:// so that the key is not sent in the clear.';
}

/** The only hosts that are spoken to without encryption: the practice service is one. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost';
}

function plainEndpoint(url: URL): Endpoint {
  const path = url.pathname === '/' ? '/v1/' : withSlash(url.pathname);
  return { provider: 'openai', surface: 'openai', base: new URL(path, url.origin) };
}

function azureEndpoint(url: URL): Endpoint {
  const apiVersion = url.searchParams.get('api-version');
  const project = /^\/api\/projects\/[^/]+/.exec(url.pathname)?.[0];
  if (project !== undefined) {
    return azure('azure-project-v1', new URL(`${project}/openai/v1/`, url.origin));
  }
  // The v1 surface takes `api-version` too, with these two values; any other is a date.
  const isDated = apiVersion !== null && apiVersion !== 'v1' && apiVersion !== 'preview';
  if (!isDated) return azure('azure-v1', new URL('/openai/v1/', url.origin));
  return { ...azure('azure-dated', new URL('/openai/', url.origin)), apiVersion };
}

function azure(surface: Surface, base: URL): Endpoint {
  return { provider: 'azure', surface, base };
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

/** The address of an operation: `files`, `fine_tuning/jobs/ftjob-1/events`. Parameters that are undefined are left out. */
export function urlOf(
  { base, apiVersion }: Endpoint,
  path: string,
  parameters: Readonly<Record<string, string | number | undefined>> = {},
): URL {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  if (apiVersion !== undefined) url.searchParams.set('api-version', apiVersion);
  return url;
}
