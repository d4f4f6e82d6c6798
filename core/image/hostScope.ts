/**
 * Whether a host is one that a service on the internet can reach, from what its name or address says. One table for
 * findings and for whoever fetches: it must never be asked of a name alone that is then resolved.
 */
export interface HostScope {
  /** As it reads in a sentence: `a private address`. */
  readonly name: string;
  /** Where that is written. */
  readonly source: string;
}

/**
 * Why a host is out of reach; undefined for one that is on the internet. `hostname` is `URL.hostname`, which has
 * turned every spelling of an IPv4 address (`127.1`, `0x7f.1`, `2130706433`, full-width digits) into dotted decimals.
 */
export function privateHost(hostname: string): HostScope | undefined {
  if (hostname.startsWith('[')) return privateAddress(hostname.slice(1, -1));
  return readIpv4(hostname) ? privateAddress(hostname) : privateName(hostname);
}

/**
 * Why an IP address is not on the internet; undefined for one that is. Takes what a resolver gives: dotted decimals, or
 * any spelling of an IPv6 address without brackets. What is no address counts as out of reach.
 */
export function privateAddress(address: string): HostScope | undefined {
  const ipv4 = readIpv4(address);
  if (ipv4) return findRange(ipv4Ranges, ipv4);
  const ipv6 = readIpv6(address);
  if (!ipv6) return { name: 'no IP address', source: 'RFC 4291' };
  if (startsWith(ipv6, mapped)) return findRange(ipv4Ranges, ipv6.slice(12));
  return (
    findRange(ipv6Ranges, ipv6) ??
    (startsWith(ipv6, globalUnicast)
      ? undefined
      : { name: 'a reserved address', source: 'RFC 4291' })
  );
}

function privateName(hostname: string): HostScope | undefined {
  const suffix = localName.exec(hostname)?.[1];
  if (suffix !== undefined) return { name: 'a local name', source: localNames[suffix] ?? '' };
  return isDotless.test(hostname) ? { name: 'a local name', source: 'no dot in it' } : undefined;
}

/** Names that no resolver of the internet knows, each with all names below it. */
const localNames: Readonly<Record<string, string>> = {
  localhost: 'RFC 6761',
  test: 'RFC 6761',
  invalid: 'RFC 6761',
  local: 'RFC 6762',
  'home.arpa': 'RFC 8375',
  onion: 'RFC 7686',
  alt: 'RFC 9476',
  internal: 'ICANN resolution 2024.07.29.06',
  // RFC 6762, appendix G: in use on private networks, and never to be delegated.
  intranet: 'RFC 6762',
  private: 'RFC 6762',
  corp: 'RFC 6762',
  home: 'RFC 6762',
  lan: 'RFC 6762',
  localdomain: 'hosts(5)',
};

const localName = new RegExp(`(?:^|\\.)(${Object.keys(localNames).join('|')})\\.?$`);
const isDotless = /^[^.]*\.?$/;

interface Range {
  readonly prefix: readonly number[];
  /** Leading bits that must be equal. */
  readonly bits: number;
  readonly scope: HostScope;
}

/** IANA IPv4 Special-Purpose Address Registry, without what is globally reachable, and two more. */
const ipv4Ranges = readRanges([
  ['0.0.0.0/8', 'an address of this host', 'RFC 1122'],
  ['10.0.0.0/8', 'a private address', 'RFC 1918'],
  ['100.64.0.0/10', 'an address behind carrier-grade NAT', 'RFC 6598'],
  ['127.0.0.0/8', 'a loopback address', 'RFC 1122'],
  [
    '168.63.129.16/32',
    'an address inside Azure',
    'Microsoft Learn, "What is IP address 168.63.129.16?"',
  ],
  ['169.254.0.0/16', 'a link-local address', 'RFC 3927'],
  ['172.16.0.0/12', 'a private address', 'RFC 1918'],
  ['192.0.0.0/24', 'a reserved address', 'RFC 6890'],
  ['192.0.2.0/24', 'an address for documentation', 'RFC 5737'],
  ['192.88.99.0/24', 'a reserved address', 'RFC 7526'],
  ['192.168.0.0/16', 'a private address', 'RFC 1918'],
  ['198.18.0.0/15', 'an address for benchmarks', 'RFC 2544'],
  ['198.51.100.0/24', 'an address for documentation', 'RFC 5737'],
  ['203.0.113.0/24', 'an address for documentation', 'RFC 5737'],
  ['224.0.0.0/4', 'a multicast address', 'RFC 5771'],
  ['240.0.0.0/4', 'a reserved address', 'RFC 1112'],
]);

/** Only 2000::/3 is on the internet (RFC 4291); named are what people write, and what is out of reach inside it. */
const ipv6Ranges = readRanges([
  ['::/128', 'an address of this host', 'RFC 4291'],
  ['::1/128', 'a loopback address', 'RFC 4291'],
  ['::/96', 'an IPv4-compatible address', 'RFC 4291'],
  ['::ffff:0:0:0/96', 'a translated address', 'RFC 2765'],
  ['64:ff9b::/96', 'a translated address', 'RFC 6052'],
  ['64:ff9b:1::/48', 'a translated address', 'RFC 8215'],
  ['fc00::/7', 'a private address', 'RFC 4193'],
  ['fe80::/10', 'a link-local address', 'RFC 4291'],
  ['fec0::/10', 'a private address', 'RFC 3879'],
  ['ff00::/8', 'a multicast address', 'RFC 4291'],
  ['2001::/23', 'a reserved address', 'RFC 2928'],
  ['2001:db8::/32', 'an address for documentation', 'RFC 3849'],
  ['2002::/16', 'a 6to4 address', 'RFC 7526'],
  ['3fff::/20', 'an address for documentation', 'RFC 9637'],
]);

const mapped = readRange('::ffff:0:0/96');
const globalUnicast = readRange('2000::/3');

function readRanges(rows: readonly (readonly [string, string, string])[]): readonly Range[] {
  return rows.map(([range, name, source]) => ({ ...readRange(range), scope: { name, source } }));
}

function readRange(range: string): Omit<Range, 'scope'> {
  const [address = '', bits = ''] = range.split('/');
  return { prefix: readIpv4(address) ?? readIpv6(address) ?? [], bits: Number(bits) };
}

function findRange(ranges: readonly Range[], address: readonly number[]): HostScope | undefined {
  return ranges.find((range) => startsWith(address, range))?.scope;
}

function startsWith(address: readonly number[], { prefix, bits }: Omit<Range, 'scope'>): boolean {
  return prefix.every((byte, index) => {
    const counted = Math.min(Math.max(bits - 8 * index, 0), 8);
    const ignored = 8 - counted;
    return byte >> ignored === (address[index] ?? 0) >> ignored;
  });
}

/** The four bytes of an address in dotted decimals. */
function readIpv4(address: string): readonly number[] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  const bytes = match?.slice(1).map(Number);
  return bytes?.every((byte) => byte < 256) ? bytes : undefined;
}

/** The sixteen bytes of an address, which `URL` writes in eight groups of hexadecimal digits and at most one `::`. */
function readIpv6(address: string): readonly number[] | undefined {
  // A zone, as in fe80::1%eth0, names an interface of this host.
  const text = address.replace(/%.*$/s, '');
  const url = /^[\da-f:.]+$/i.test(text) ? URL.parse(`http://[${text}]/`) : undefined;
  if (!url) return undefined;
  const [left = [], right = []] = url.hostname
    .slice(1, -1)
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':')));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
