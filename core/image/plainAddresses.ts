import { standsAt, viewOf } from '../text/standsAt.ts';
import { privateHost } from './hostScope.ts';
import { plainHost } from './webAddress.ts';

/** More are told apart the long way. */
const maxHosts = 16;

/** Longer addresses are no plain ones. */
const longestAddress = 2000;

/** Characters of a path in which nothing can be wrong, by code. */
const pathCharacters = Uint8Array.from({ length: 256 }, (_, code) =>
  code < 0x80 && /[\w.~/-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Tells from their bytes addresses on public hosts with which nothing can be wrong: `plainHost`, once for each host. */
export class PlainAddresses {
  readonly #origins: DataView[] = [];

  has(view: DataView, start: number, end: number): boolean {
    if (end - start >= longestAddress) return false;
    for (const origin of this.#origins) {
      if (standsAt(origin, view, start, end)) return isPath(view, start + origin.byteLength, end);
    }
    return false;
  }

  /** Takes note of the host of an address, if that is a plain one. */
  learn(address: string): void {
    const host = plainHost(address);
    if (host === undefined || privateHost(host) || this.#origins.length === maxHosts) return;
    const origin = viewOf(address.slice(0, address.indexOf('/', 'https://'.length) + 1));
    this.#origins.push(origin);
  }
}

function isPath(view: DataView, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (pathCharacters[view.getUint8(at)] === 0) return false;
  return true;
}
