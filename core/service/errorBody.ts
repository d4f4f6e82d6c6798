import type { Reply } from './send.ts';

/** What the body of an error tells, in either provider's form. */
export interface ErrorBody {
  readonly code?: string;
  readonly message?: string;
  /** Whether it has the form of the service's errors, and not of some web server's. */
  readonly isOurs: boolean;
}

/** Reads `{"error":{"code":…,"message":…}}`, and the flat form that Azure's gateways answer with. */
export function readErrorBody({ body }: Reply): ErrorBody {
  const parsed = parse(body);
  const error = isObject(parsed) && isObject(parsed['error']) ? parsed['error'] : parsed;
  if (!isObject(error)) return { isOurs: false };
  const { code, message } = error;
  return {
    isOurs: typeof message === 'string',
    ...(typeof code === 'string' && { code }),
    ...(typeof code === 'number' && { code: String(code) }),
    ...(typeof message === 'string' && { message }),
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
