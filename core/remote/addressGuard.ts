import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { privateAddress, privateHost, type HostScope } from '../image/hostScope.ts';
import { internet, type Network } from './network.ts';
import { Unfetchable } from './unfetchable.ts';

/**
 * Throws an `Unfetchable` for an address that must not be asked, by what is written in it: its scheme, its port, a host
 * that is not on the internet. Node looks up no literal address, so this is the only guard that those meet.
 */
export function guardUrl(url: URL, network: Network): void {
  const refusal = refusalOf(url, network);
  if (refusal) throw refusal;
}

/** The same for who wants to know beforehand. */
export function refusalOf(url: URL, network: Network = internet): Unfetchable | undefined {
  const { protocol, hostname } = url;
  if (protocol !== 'https:' && protocol !== 'http:') {
    return new Unfetchable('network', 'its address is not on the web');
  }
  const address = withoutBrackets(hostname);
  if (isTestListener(address, url, network)) return undefined;
  const scope = privateHost(hostname);
  if (scope) return refused(scope);
  // `URL` leaves out the port that belongs to the scheme.
  if (!['', '80', '443'].includes(url.port) && !network.testListener) {
    return new Unfetchable('network', 'only the ports 80 and 443 are asked');
  }
  return undefined;
}

/**
 * A look-up for `http.request` that gives only what was checked, so that the address connected to is the address checked,
 * however often a name changes its mind. One answer that is not on the internet refuses them all.
 */
export function guardedLookup(url: URL, network: Network): LookupFunction {
  return (hostname, { all, family }, callback) => {
    void resolveChecked(hostname, url, network)
      .then((addresses) => addresses.filter((each) => !isOtherFamily(each, family)))
      .then(
        (addresses) => {
          const [first] = addresses;
          if (!first) callback(notFound(), []);
          else if (all) callback(null, [...addresses]);
          else callback(null, first.address, first.family);
        },
        (error: unknown) => callback(error as NodeJS.ErrnoException, []),
      );
  };
}

/** Throws unless an address that a connection leads to may be asked. */
export function guardAddress(address: string, url: URL, network: Network): void {
  const scope = privateAddress(address);
  if (scope && !isTestListener(address, url, network)) throw refused(scope);
}

async function resolveChecked(
  hostname: string,
  url: URL,
  network: Network,
): Promise<readonly LookupAddress[]> {
  const addresses = await network.resolve(hostname);
  for (const { address } of addresses) guardAddress(address, url, network);
  return addresses;
}

function isTestListener(address: string, { port }: URL, { testListener }: Network): boolean {
  return (
    isIP(address) !== 0 && address === testListener?.address && port === String(testListener.port)
  );
}

function refused({ name, source }: HostScope): Unfetchable {
  return new Unfetchable('private-address', `its host is ${name} (${source})`);
}

function isOtherFamily({ family }: LookupAddress, wanted: number | string | undefined): boolean {
  return wanted !== undefined && [4, 6].includes(Number(wanted)) && family !== Number(wanted);
}

function notFound(): Error {
  return Object.assign(new Error('No address'), { code: 'ENOTFOUND' });
}

/** `URL.hostname` writes an IPv6 address in brackets, which no one else wants. */
export function withoutBrackets(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}
