import type { SurfaceName } from '../surface.ts';

const extension = 'x-surfaces';

/** The document as it is for one surface: without what `x-surfaces` gives to others. Paths without an operation stay. */
export function surfaceDocument<T>(document: T, surface: SurfaceName): T {
  return keep(document, surface) as T;
}

function keep(value: unknown, surface: SurfaceName): unknown {
  if (Array.isArray(value)) {
    return value.filter((each) => isOn(each, surface)).map((each) => keep(each, surface));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, each]) => key !== extension && isOn(each, surface))
    .map(([key, each]) => [key, keep(each, surface)] as const);
  return Object.fromEntries(entries);
}

function isOn(value: unknown, surface: SurfaceName): boolean {
  if (typeof value !== 'object' || value === null || !(extension in value)) return true;
  const { [extension]: surfaces } = value;
  return Array.isArray(surfaces) && surfaces.includes(surface);
}
