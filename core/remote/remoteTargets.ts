import { privateHost } from '../image/hostScope.ts';
import { readAddress } from '../image/webAddress.ts';

/** An image to be fetched, which may have been written in several ways. */
export interface RemoteTarget {
  /** Without credentials and fragment. */
  readonly href: string;
  readonly hostname: string;
  /** As they stand in records. */
  readonly addresses: Set<string>;
}

/** What there is to fetch of the addresses of a file, and what is left alone. */
export interface RemoteTargets {
  readonly targets: readonly RemoteTarget[];
  /** Images on plain http, unless that is allowed. */
  readonly plainHttp: number;
}

export interface TargetOptions {
  /** Whether plain http is fetched too. A redirect from https to it is never followed. */
  readonly allowHttp: boolean;
}

/** A longer one is cut where addresses are read. */
const longestAddress = 8192;

/** Takes the addresses of images on the web out of those of all images, each image once. */
export function readTargets(
  addresses: Iterable<string>,
  { allowHttp }: TargetOptions,
): RemoteTargets {
  const targets = new Map<string, RemoteTarget>();
  const left = new Set<string>();
  for (const address of addresses) {
    const read = address.length > longestAddress ? undefined : readAddress(address);
    if (read?.kind !== 'web') continue;
    const { url } = read;
    url.username = url.password = url.hash = '';
    const { href, hostname, protocol } = url;
    if (protocol === 'http:' && !allowHttp) {
      left.add(href);
      continue;
    }
    const known = targets.get(href);
    if (known) known.addresses.add(address);
    else targets.set(href, { href, hostname, addresses: new Set([address]) });
  }
  return { targets: [...targets.values()], plainHttp: left.size };
}

/** How many images there are on each host that will be asked, those with most first: a host out of reach is not. */
export function countByHost(targets: readonly RemoteTarget[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { hostname } of targets) {
    if (!privateHost(hostname)) counts.set(hostname, (counts.get(hostname) ?? 0) + 1);
  }
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}
