import { inspect } from 'node:util';
import type { Endpoint, Surface } from './endpoint.ts';

/** How a secret is presented: an API key in Azure's header, or a bearer token (an OpenAI key is one). */
export type CredentialScheme = 'api-key' | 'bearer';

/**
 * A secret together with the one origin that it may be sent to. It has no form as text: whatever prints, logs or
 * serialises it gets a placeholder.
 */
export class Credential {
  /** `https://contoso.openai.azure.com` */
  readonly origin: string;
  readonly #scheme: CredentialScheme;
  readonly #secret: string;

  constructor(endpoint: Pick<Endpoint, 'base'>, scheme: CredentialScheme, secret: string) {
    this.origin = endpoint.base.origin;
    this.#scheme = scheme;
    this.#secret = secret.trim();
  }

  /** The header that carries it, for a request to `url`. Throws where that is another origin. */
  headerFor(url: URL): Readonly<Record<string, string>> {
    if (url.origin !== this.origin) {
      throw new Error(`The credential for ${this.origin} is not sent to ${url.origin}`);
    }
    return this.#scheme === 'api-key'
      ? { 'api-key': this.#secret }
      : { authorization: `Bearer ${this.#secret}` };
  }

  /** A text without the secret in it. */
  redact(text: string): string {
    return this.#secret === '' ? text : text.replaceAll(this.#secret, placeholder);
  }

  toString(): string {
    return placeholder;
  }

  toJSON(): string {
    return placeholder;
  }

  [inspect.custom](): string {
    return placeholder;
  }
}

const placeholder = '[credential]';

/** How an API key is presented on a surface. */
export function keySchemeOf(surface: Surface): CredentialScheme {
  return surface === 'openai' ? 'bearer' : 'api-key';
}
