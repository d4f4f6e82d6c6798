/**
 * What became of a request that did not succeed. `not-sent`: no byte of it can have reached the service. `refused`:
 * the service answered, and did nothing. `unknown`: it may have been carried out.
 */
export type Outcome = 'not-sent' | 'refused' | 'unknown';

/** Each has its row in docs/service-errors.md. */
export const errorKinds = [
  'no-network',
  'no-connection',
  'bad-certificate',
  'timeout',
  'cut',
  'cancelled',
  'redirect',
  'not-the-service',
  'wrong-key',
  'forbidden',
  'training-closed',
  'not-found',
  'wrong-model',
  'quota-full',
  'rate-limited',
  'too-large',
  'conflict',
  'refused',
  'service-failed',
  'file-refused',
  'file-changed',
  'upload-expired',
  'being-submitted',
  'job-gone',
  'unknown-outcome',
] as const;

export type ErrorKind = (typeof errorKinds)[number];

export interface ServiceErrorDetails {
  readonly outcome: Outcome;
  /** HTTP, where there was an answer. */
  readonly status?: number;
  /** The service's own word: `training_not_available`. */
  readonly code?: string;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfter?: number;
}

/** A request or a step of a submission that failed. The message is for people, and names the next step. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly kind: ErrorKind;
  readonly outcome: Outcome;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(kind: ErrorKind, message: string, details: ServiceErrorDetails) {
    super(message);
    this.kind = kind;
    this.outcome = details.outcome;
    this.status = details.status;
    this.code = details.code;
    this.retryAfter = details.retryAfter;
  }
}
