import type { IncomingMessage } from 'node:http';
import { refuseWithoutKey } from './access.ts';
import type { Account } from './account.ts';
import type { Fault, Faults } from './faults.ts';
import { readJsonBody } from './http/body.ts';
import { jsonReply, type Reply } from './http/reply.ts';
import { Refusal } from './refusal.ts';
import type { RequestLog } from './requestLog.ts';
import { readFault } from './readFault.ts';

/** Where requests begin that are no fine-tuning, and that no real service has. */
export const controlPath = '/practice/';

export interface Controls {
  readonly key: string;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly accounts: readonly Account[];
}

/**
 * `GET /practice/faults`, `POST /practice/faults` with one fault, `DELETE /practice/faults`;
 * `POST /practice/expire-uploads`; `GET /practice/requests`.
 */
export async function control(
  request: IncomingMessage,
  path: string,
  { key, faults, log, accounts }: Controls,
): Promise<Reply> {
  refuseWithoutKey(request, key, 'azure-dated');
  switch (`${request.method ?? ''} ${path}`) {
    case 'GET /practice/faults':
      return jsonReply({ faults: faults.planned });
    case 'POST /practice/faults':
      return jsonReply({ fault: await plan(request, faults) }, 201);
    case 'DELETE /practice/faults':
      faults.clear();
      return { status: 204 };
    case 'POST /practice/expire-uploads':
      for (const { uploads } of accounts) uploads.expireAll();
      return { status: 204 };
    case 'GET /practice/requests':
      return jsonReply({ requests: log.all });
    default:
      throw new Refusal('notFound', `The practice service has no ${path.slice(0, 60)}.`);
  }
}

async function plan(request: IncomingMessage, faults: Faults): Promise<Fault> {
  const { value } = await readJsonBody(request);
  const fault = readFault(value);
  faults.add(fault);
  return fault;
}
