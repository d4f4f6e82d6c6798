import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';

/** How hosts are found. No setting leads here: only tests have another than `internet`. */
export interface Network {
  /** All addresses of a name. */
  readonly resolve: (hostname: string) => Promise<readonly LookupAddress[]>;
  /** A listener of a test on its own machine: the guard lets through this address at this port, and no other. */
  readonly testListener?: { readonly address: string; readonly port: number };
}

/** As the operating system resolves names. */
export const internet: Network = { resolve: (hostname) => lookup(hostname, { all: true }) };
