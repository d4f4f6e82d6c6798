import { surfaces } from '../../core/service/surfaces.ts';
import { urlOf, type Endpoint } from '../../core/service/endpoint.ts';
import { findProfile } from '../../core/profile/profiles.ts';

/** A place to which jobs can be sent. */
export interface Connection {
  readonly endpoint: Endpoint;
  /** As it is listed: `Azure OpenAI · contoso`. */
  readonly name: string;
  readonly isPractice: boolean;
}

/** Tells places apart; with the id of a job, jobs. */
export function keyOf(endpoint: Endpoint): string {
  return urlOf(endpoint, '').href;
}

export function connectionTo(endpoint: Endpoint): Connection {
  const { hostname } = endpoint.base;
  const provider = providerName(endpoint);
  const [resource = ''] = hostname.split('.');
  const project = /\/projects\/([^/]+)/.exec(endpoint.base.pathname)?.[1];
  const isUsual = endpoint.provider === 'openai' && hostname === 'api.openai.com';
  const place = project ?? (endpoint.provider === 'azure' ? resource : endpoint.base.host);
  return { endpoint, name: isUsual ? provider : `${provider} · ${place}`, isPractice: false };
}

export function practiceConnection(endpoint: Endpoint): Connection {
  return { endpoint, name: `Practice · ${providerName(endpoint)}`, isPractice: true };
}

export function providerName({ provider, surface }: Endpoint): string {
  return findProfile(provider)?.providerName ?? surfaces[surface].name;
}
