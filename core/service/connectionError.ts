import { makeVisible } from '../text/quote.ts';
import type { ExchangeState } from './send.ts';
import { ServiceError, type ErrorKind } from './serviceError.ts';

/** What to say of a request that got no complete answer. Errors of reading the body are passed on as they are. */
export function connectionError(error: unknown, state: ExchangeState): unknown {
  const kind = kindOf(error, state);
  if (!kind) return error;
  const outcome = state.wasConnected ? 'unknown' : 'not-sent';
  return new ServiceError(kind, messages[kind](state), { outcome });
}

export function tooLongReply(host: string): ServiceError {
  return new ServiceError(
    'not-the-service',
    `The answer of ${makeVisible(host)} is far longer than the service's are. Check the endpoint's address.`,
    { outcome: 'unknown' },
  );
}

type ConnectionKind = Extract<
  ErrorKind,
  'no-network' | 'no-connection' | 'bad-certificate' | 'timeout' | 'cut' | 'cancelled'
>;

function kindOf(error: unknown, state: ExchangeState): ConnectionKind | undefined {
  if (state.wasCancelled) return 'cancelled';
  if (state.wasSilent) return 'timeout';
  const code = codeOf(error);
  if (nameCodes.has(code)) return 'no-network';
  if (certificateCode.test(code)) return 'bad-certificate';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (!connectionCodes.has(code) && !code.startsWith(parserPrefix)) return undefined;
  return state.wasConnected ? 'cut' : 'no-connection';
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  // Of several addresses that were tried, the first tells as much as any.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const { code } = (first ?? error) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

const nameCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'ENETUNREACH', 'ENETDOWN']);
/** OpenSSL's and Node's names for a certificate that is not believed. */
const certificateCode = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|HOSTNAME_MISMATCH/;
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EPIPE',
  'EPROTO',
  'EADDRNOTAVAIL',
  'ENETRESET',
  'ERR_STREAM_PREMATURE_CLOSE',
]);
/** Of all that Node's parser has against an answer: what it cannot read never came. */
const parserPrefix = 'HPE_';

const messages: Readonly<Record<ConnectionKind, (state: ExchangeState) => string>> = {
  'no-network': ({ host }) =>
    `${makeVisible(host)} was not found. Check the network, and the endpoint's address for a typing error.`,
  'no-connection': ({ host }) =>
    `${makeVisible(host)} takes no connection. Check the endpoint's address, and whether a proxy or firewall is in the way.`,
  'bad-certificate': ({ host }) =>
    `The certificate of ${makeVisible(host)} is not valid here. Check this machine's clock, and whether a proxy needs its own certificate.`,
  timeout: ({ host, patience }) =>
    `${makeVisible(host)} said nothing for ${Math.round(patience / 1000)} seconds. Try again in a few minutes.`,
  cut: ({ host }) => `The connection to ${makeVisible(host)} ended before its answer was complete.`,
  cancelled: ({ host }) => `The request to ${makeVisible(host)} was cancelled.`,
};
