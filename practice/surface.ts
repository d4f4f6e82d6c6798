import type { Provider } from '../core/profile/profile.ts';
import { Refusal } from './refusal.ts';

/** What a client speaks to: OpenAI, Azure under `/openai/v1`, or Azure with an `api-version` that is a date. */
export type SurfaceName = 'openai' | 'azure-v1' | 'azure-dated';

export const surfaceNames: readonly SurfaceName[] = ['openai', 'azure-v1', 'azure-dated'];

export function providerOf(surface: SurfaceName): Provider {
  return surface === 'openai' ? 'openai' : 'azure';
}

/** Where each surface begins. Azure's projects have a longer one besides. */
export const basePaths: Readonly<Record<SurfaceName, string>> = {
  openai: '/v1',
  'azure-v1': '/openai/v1',
  'azure-dated': '/openai',
};

export interface SurfaceAddress {
  readonly surface: SurfaceName;
  /** Within the surface: `/fine_tuning/jobs`. */
  readonly path: string;
}

/** In the order in which they are tried: the shortest beginning last. */
const patterns: readonly (readonly [SurfaceName, RegExp])[] = [
  ['openai', /^\/v1(?=\/)/],
  ['azure-v1', /^(?:\/api\/projects\/[\w-]{1,64})?\/openai\/v1(?=\/)/],
  ['azure-dated', /^\/openai(?=\/)/],
];

/** The surface that a path belongs to; undefined for one of none. */
export function findSurface(path: string): SurfaceAddress | undefined {
  for (const [surface, pattern] of patterns) {
    const base = pattern.exec(path)?.[0];
    if (base !== undefined) return { surface, path: path.slice(base.length) };
  }
  return undefined;
}

/** `2024-10-21`, `2025-04-01-preview` */
const date = /^\d{4}-\d{2}-\d{2}(?:-preview)?$/;

/** Takes `api-version` out of the query and refuses one that does not belong to the surface. */
export function takeApiVersion(surface: SurfaceName, query: URLSearchParams): void {
  if (surface === 'openai') return;
  const version = query.get('api-version');
  query.delete('api-version');
  if (surface === 'azure-dated') {
    if (version === null) throw new Refusal('notFound', 'Resource not found');
    if (!date.test(version)) throw new Refusal('badRequest', 'API version not supported');
  } else if (version !== null && version !== 'v1' && version !== 'preview') {
    throw new Refusal(
      'badRequest',
      'api-version query parameter is not allowed when using /v1 path',
    );
  }
}
