import type { Account } from '../account.ts';
import type { ReceivedBody, ReceivedFile } from '../http/body.ts';
import type { Reply } from '../http/reply.ts';
import { Refusal } from '../refusal.ts';
import type { SurfaceName } from '../surface.ts';

/** A request that the contract has nothing against. */
export interface Call {
  readonly surface: SurfaceName;
  readonly account: Account;
  /** Of the path: `job_id`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: ReceivedBody;
}

/** Does what an operation says. Throws a `Refusal` where it cannot. */
export type Operation = (call: Call) => Reply | Promise<Reply>;

export function parameterOf({ parameters }: Call, name: string): string {
  return parameters[name] ?? '';
}

/** The members of a body, of the types that the contract has made sure of. */
export function bodyOf({ body }: Call): unknown {
  return body.value ?? {};
}

/** The one file of a form. The contract cannot see that it is missing. */
export function fileOf({ body, surface }: Call, name: string): ReceivedFile {
  const file = body.files.get(name);
  if (!file) throw new Refusal('badRequest', `'${name}' is a required property`, { param: name });
  if (surface !== 'openai' && (file.contentType ?? '') === '') {
    throw new Refusal('badRequest', 'The file has no or an empty content type specified.');
  }
  return file;
}

/** `after` and `limit`, which the contract has found to be in range. */
export function pageQueryOf({ query }: Call, limit: number) {
  return { after: query.get('after') ?? undefined, limit: Number(query.get('limit') ?? limit) };
}
