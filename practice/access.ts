import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';
import type { SurfaceName } from './surface.ts';

/** A key for one run of the service. It opens nothing else, and begins so that nobody takes it for a real one. */
export function newKey(): string {
  return `practice-${randomBytes(24).toString('hex')}`;
}

/**
 * Refuses names other than those of this machine: a page in a browser may make a name of its own lead here (DNS
 * rebinding), and the browser would let it read what comes back.
 */
export function refuseForeignHost({ headers }: IncomingMessage, port: number): void {
  const host = headers.host ?? '';
  if ([`127.0.0.1:${port}`, `localhost:${port}`].includes(host.toLowerCase())) return;
  throw new Refusal('wrongHost', `This service answers to 127.0.0.1:${port} only.`);
}

/** `Authorization: Bearer` everywhere, at Azure also `api-key`. */
export function refuseWithoutKey(
  { headers }: IncomingMessage,
  key: string,
  surface: SurfaceName,
): void {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const apiKey = surface === 'openai' ? undefined : headers['api-key'];
  const given = bearer ?? (typeof apiKey === 'string' ? apiKey : undefined);
  if (given !== undefined && isSame(given, key)) return;
  if (surface !== 'openai') {
    throw new Refusal(
      'unauthorized',
      'Access denied due to invalid subscription key or wrong API endpoint.',
    );
  }
  throw given === undefined
    ? new Refusal('unauthorized', "You didn't provide an API key.", { code: 'missing_api_key' })
    : new Refusal('unauthorized', 'Incorrect API key provided.');
}

function isSame(given: string, key: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', key, 'buffer'));
}
