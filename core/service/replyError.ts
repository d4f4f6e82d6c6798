import { makeVisible } from '../text/quote.ts';
import { readErrorBody, type ErrorBody } from './errorBody.ts';
import type { Reply } from './send.ts';
import { ServiceError, type ErrorKind, type Outcome } from './serviceError.ts';

/** What to say of an answer that is no success; undefined for one that is. */
export function replyError(reply: Reply, host: string, now: number): ServiceError | undefined {
  const { status } = reply;
  if (status >= 200 && status < 300) return undefined;
  const body = readErrorBody(reply);
  const kind = kindOf(status, body);
  const said = body.message === undefined ? '' : ` It said: ${cut(makeVisible(body.message))}`;
  return new ServiceError(kind, `${sentences[kind]({ host: makeVisible(host), status })}${said}`, {
    outcome: outcomeOf(status),
    status,
    ...(body.code !== undefined && { code: body.code }),
    ...retryAfterOf(reply, now),
  });
}

/**
 * A service that answers 5xx was seen to have done what it was asked; 408 and 409 tell as little. 303 is what a server
 * answers that has done it and shows it elsewhere (RFC 9110, 15.4.4). With every other redirect or error it has refused.
 */
function outcomeOf(status: number): Outcome {
  const isRefusal = status >= 300 && status < 500 && !tellsNothing.has(status);
  return isRefusal ? 'refused' : 'unknown';
}

const tellsNothing: ReadonlySet<number> = new Set([303, 408, 409]);

type ReplyKind = Extract<
  ErrorKind,
  | 'redirect'
  | 'not-the-service'
  | 'wrong-key'
  | 'forbidden'
  | 'training-closed'
  | 'not-found'
  | 'wrong-model'
  | 'quota-full'
  | 'rate-limited'
  | 'too-large'
  | 'conflict'
  | 'refused'
  | 'service-failed'
>;

function kindOf(status: number, { code, message, isOurs }: ErrorBody): ReplyKind {
  const byCode = code === undefined ? undefined : kindOfCode.get(code.toLowerCase());
  if (byCode) return byCode;
  if (status >= 300 && status < 400) return 'redirect';
  if (status < 200 || status >= 600) return 'not-the-service';
  if (status >= 500 || status === 408) return 'service-failed';
  if (status === 401) return 'wrong-key';
  if (!isOurs && (status === 404 || status === 405)) return 'not-the-service';
  // Azure answers so where `trainingType` is missing, too; ours is always there.
  if (/model.*(does not exist|not support|not found)|unsupported.*model/i.test(message ?? '')) {
    return 'wrong-model';
  }
  return kindOfStatus.get(status) ?? 'refused';
}

const kindOfCode: ReadonlyMap<string, ReplyKind> = new Map([
  ['training_not_available', 'training-closed'],
  ['invalid_api_key', 'wrong-key'],
  ['unauthorized', 'wrong-key'],
  ['model_not_found', 'wrong-model'],
  ['quotaexceeded', 'quota-full'],
  ['insufficient_quota', 'quota-full'],
  ['toomanyrequests', 'rate-limited'],
  ['rate_limit_exceeded', 'rate-limited'],
]);

const kindOfStatus: ReadonlyMap<number, ReplyKind> = new Map([
  [403, 'forbidden'],
  [404, 'not-found'],
  [409, 'conflict'],
  [413, 'too-large'],
  [429, 'rate-limited'],
]);

interface Words {
  readonly host: string;
  readonly status: number;
}

const sentences: Readonly<Record<ReplyKind, (words: Words) => string>> = {
  redirect: ({ host, status }) =>
    `${host} answered with a redirect (${status}), which is not followed so that the key stays where it belongs. Enter the final address as the endpoint.`,
  'not-the-service': ({ host, status }) =>
    `${host} answers ${status}, and not as the service does. Check the endpoint's address; for Azure it is that of the resource or project.`,
  'wrong-key': ({ host }) =>
    `${host} does not accept the key. Enter the key of this resource or project again.`,
  forbidden: ({ host }) =>
    `${host} does not permit this. Check the role that the key or account has on the resource.`,
  'training-closed': () =>
    `The provider takes no training jobs of this organization any more. The file can still be trained at Azure OpenAI.`,
  'not-found': ({ host }) =>
    `${host} does not know this file, job or upload. It may have been deleted, or belong to another resource.`,
  'wrong-model': ({ host }) =>
    `${host} does not train this model. Choose one of the models of the profile, in a region that trains it.`,
  'quota-full': ({ host }) =>
    `A quota of ${host} is used up. Delete files or jobs that are no longer needed, or ask for more.`,
  'rate-limited': ({ host }) =>
    `${host} takes no more requests for now. Wait a minute and try again.`,
  'too-large': ({ host }) =>
    `${host} does not take a file of this size. Make it smaller, or send it in parts where the surface can.`,
  conflict: ({ host }) =>
    `${host} reports a conflict with something that is already there. Look at the list of jobs before trying again.`,
  refused: ({ host, status }) => `${host} refused the request (${status}).`,
  'service-failed': ({ host, status }) =>
    `${host} failed to answer properly (${status}). Try again in a few minutes.`,
};

/** Most characters of the service's own words that are shown. */
const longestQuote = 500;

function cut(text: string): string {
  return text.length > longestQuote ? `${text.slice(0, longestQuote - 1)}…` : text;
}

/** From seconds, or from a date against `now`, in milliseconds since the epoch. */
function retryAfterOf({ headers }: Reply, now: number): { readonly retryAfter?: number } {
  const value = headers['retry-after'];
  if (value === undefined) return {};
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? { retryAfter: Math.max(0, wait) } : {};
}
