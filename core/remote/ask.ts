import http, { STATUS_CODES, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import { guardAddress, guardedLookup, guardUrl, withoutBrackets } from './addressGuard.ts';
import type { Network } from './network.ts';
import { Unfetchable } from './unfetchable.ts';

/** How images are fetched. */
export interface AskOptions {
  readonly network: Network;
  readonly maxRedirects: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

export interface Answer {
  /** Where it came from, after all redirects. */
  readonly url: URL;
  /** Its body has not been read; whoever gets it has to read it or destroy it. */
  readonly response: IncomingMessage;
}

/** The same for everyone: nothing says who asks, for what, or from where. */
const headers: OutgoingHttpHeaders = {
  Accept: '*/*',
  // A body that has to be unpacked first may be a thousand times as long as what is sent.
  'Accept-Encoding': 'identity',
  'User-Agent': 'vision-finetune (checks images)',
};

/**
 * Asks a server for bytes, and the next one where it redirects. Each is guarded anew. Cookies, credentials and the referring
 * address are never sent: a redirect is a new request that knows nothing of the one before.
 */
export async function askFollowing(
  first: URL,
  range: string | undefined,
  options: AskOptions,
): Promise<Answer> {
  let url = first;
  for (let redirects = 0; ; redirects++) {
    const response = await ask(url, range, options);
    if (!isRedirect(response)) return { url, response };
    response.destroy();
    if (redirects === options.maxRedirects) {
      throw new Unfetchable('redirect', `it redirects more than ${options.maxRedirects} times`);
    }
    url = redirectOf(url, response);
  }
}

/** Asks one server, without following it anywhere. */
export function ask(
  url: URL,
  range: string | undefined,
  { network, signal }: AskOptions,
): Promise<IncomingMessage> {
  guardUrl(url, network);
  // By its module at the time of the call: VS Code puts functions there that know of its proxy.
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const asking = request({
      protocol: url.protocol,
      hostname: withoutBrackets(url.hostname),
      port: url.port,
      path: url.pathname + url.search,
      headers: range === undefined ? headers : { ...headers, Range: range },
      lookup: guardedLookup(url, network),
      signal,
    });
    asking.on('response', resolve);
    asking.on('error', reject);
    asking.on('socket', ({ remoteAddress }) => {
      // A connection that somebody else opened before was not looked up by the guard.
      if (!asking.reusedSocket) return;
      try {
        guardAddress(remoteAddress ?? '', url, network);
      } catch (error) {
        asking.destroy(error as Error);
      }
    });
    asking.end();
  });
}

/** `404 Not Found`, in the words of the standard, whatever words the server has for it. */
export function describeStatus({ statusCode = 0 }: IncomingMessage): string {
  return [statusCode, STATUS_CODES[statusCode]].filter(Boolean).join(' ');
}

function isRedirect({ statusCode = 0, headers: { location } }: IncomingMessage): boolean {
  return [301, 302, 303, 307, 308].includes(statusCode) && location !== undefined;
}

function redirectOf(from: URL, { headers: { location = '' } }: IncomingMessage): URL {
  const url = URL.parse(location, from.href);
  if (!url) throw new Unfetchable('redirect', 'it redirects to what is no address');
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb)
    throw new Unfetchable('redirect', 'it redirects to an address that is not on the web');
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    throw new Unfetchable('redirect', 'it redirects from https to plain http');
  }
  return url;
}
