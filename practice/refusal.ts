import type { SurfaceName } from './surface.ts';

/** What kind of refusal it is, with the status and the code that either provider gives it. */
const kinds = {
  badRequest: { status: 400, openai: null, azure: 'invalidPayload' },
  state: { status: 400, openai: null, azure: 'unexpectedEntityState' },
  quota: { status: 400, openai: null, azure: 'quotaExceeded' },
  unauthorized: { status: 401, openai: 'invalid_api_key', azure: 'unauthorized' },
  trainingNotAvailable: { status: 403, openai: 'training_not_available', azure: 'forbidden' },
  notFound: { status: 404, openai: null, azure: 'notFound' },
  unknownModel: { status: 404, openai: 'model_not_found', azure: 'DeploymentNotFound' },
  unknownBaseModel: { status: 400, openai: 'model_not_available', azure: 'invalidPayload' },
  methodNotAllowed: { status: 405, openai: null, azure: 'notFound' },
  timeout: { status: 408, openai: null, azure: 'serviceUnavailable' },
  conflict: { status: 409, openai: null, azure: 'conflict' },
  lengthRequired: { status: 411, openai: null, azure: 'invalidPayload' },
  tooLarge: { status: 413, openai: null, azure: 'invalidPayload' },
  wrongHost: { status: 421, openai: null, azure: 'notFound' },
  rateLimit: { status: 429, openai: 'rate_limit_exceeded', azure: 'tooManyRequests' },
  internal: { status: 500, openai: null, azure: 'internalFailure' },
  unavailable: { status: 503, openai: null, azure: 'serviceUnavailable' },
} as const;

export type RefusalKind = keyof typeof kinds;

export interface RefusalDetails {
  /** The member of the request that it is about. */
  readonly param?: string;
  /** Instead of the status of the kind. */
  readonly status?: number;
  /** Instead of the code of the kind. */
  readonly code?: string;
}

/** What the service answers instead of doing what was asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  readonly #details: RefusalDetails;

  constructor(kind: RefusalKind, message: string, details: RefusalDetails = {}) {
    super(message);
    this.kind = kind;
    this.#details = details;
  }

  get status(): number {
    return this.#details.status ?? kinds[this.kind].status;
  }

  /** In the shape that the surface gives its errors. */
  toBody(surface: SurfaceName): object {
    const { message } = this;
    const { param = null } = this.#details;
    const code = this.#details.code ?? kinds[this.kind][surface === 'openai' ? 'openai' : 'azure'];
    switch (surface) {
      case 'openai':
        return { error: { message, type: this.#type(), param, code } };
      case 'azure-v1':
        return { error: { code, message, param, type: 'error', inner_error: {} } };
      case 'azure-dated':
        return { error: { code, message } };
    }
  }

  #type(): string {
    if (this.status === 429) return 'rate_limit_error';
    return this.status >= 500 ? 'server_error' : 'invalid_request_error';
  }
}

/** The kind whose status it is; of one that none has, the nearest in meaning. */
export function kindOfStatus(status: number): RefusalKind {
  const known = (Object.keys(kinds) as RefusalKind[]).find((kind) => kinds[kind].status === status);
  return known ?? (status >= 500 ? 'internal' : 'badRequest');
}

/** Refusals that depend on nothing in the request, as the services word them where somebody has seen them. */
export const knownRefusals = {
  'training-not-available': () =>
    new Refusal(
      'trainingNotAvailable',
      'OpenAI is winding down the fine-tuning platform and your organization is no longer able to create new fine-tuning training jobs. Learn more https://developers.openai.com/api/docs/deprecations#update-to-openais-self-serve-fine-tuning',
    ),
  // What Azure answers where trainingType is left out and it insists on it.
  'base-model': () =>
    new Refusal('unknownBaseModel', 'The specified base model does not support fine-tuning'),
  'quota-full': () => new Refusal('quota', 'The files that are stored already use up the quota.'),
  'rate-limit': () => new Refusal('rateLimit', 'Too many requests; wait before the next one.'),
} as const;

export type KnownRefusal = keyof typeof knownRefusals;
