import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { privateAddress, privateHost } from '../../core/image/hostScope.ts';

/** Spellings of hosts by what they are, as they may stand in an address. */
const outOfReach: Readonly<Record<string, readonly string[]>> = {
  'a loopback address': [
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '127.255.255.254',
    '127.0.0.1.',
    '0x7f.1',
    '0x7f.0x0.0x0.0x1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '0177.0.0.1',
    '00000177.1',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '１２７．０．０．１',
    '%31%32%37.0.0.1',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0000:0000:0000:0000:0000:FFFF:7F00:0001]',
  ],
  'an IPv4-compatible address': ['[::127.0.0.1]', '[::7f00:1]'],
  'a translated address': [
    '[64:ff9b::7f00:1]',
    '[64:ff9b::10.0.0.1]',
    '[64:ff9b:1::1]',
    '[::ffff:0:7f00:1]',
  ],
  'a 6to4 address': ['[2002:7f00:1::]', '[2002:a00:1::]'],
  'an address of this host': ['0', '0.0.0.0', '0.1.2.3', '[::]', '[::ffff:0.0.0.0]'],
  'a private address': [
    '10.0.0.1',
    '10.255.255.255',
    '012.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.168.257',
    '3232235777',
    '[::ffff:192.168.1.1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[fdff:ffff::1]',
    '[fec0::1]',
  ],
  'a link-local address': [
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '[::ffff:a9fe:a9fe]',
    '[fe80::1]',
    '[febf::1]',
  ],
  'an address behind carrier-grade NAT': ['100.64.0.1', '100.100.100.200', '100.127.255.255'],
  'an address inside Azure': ['168.63.129.16', '0xa83f8110'],
  'a reserved address': [
    '192.0.0.192',
    '240.0.0.1',
    '255.255.255.255',
    '[2001::1]',
    '[4000::1]',
    '[100::1]',
  ],
  'an address for documentation': [
    '192.0.2.1',
    '198.51.100.7',
    '203.0.113.7',
    '[2001:db8::1]',
    '[3fff::1]',
  ],
  'an address for benchmarks': ['198.18.0.1', '198.19.255.255'],
  'a multicast address': ['224.0.0.1', '239.255.255.255', '[ff02::1]'],
  'a local name': [
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'ⓛocalhost',
    'nas',
    'camera.local',
    'metadata.google.internal',
    'router.home.arpa',
    'wiki.corp',
    'printer.lan',
    'x.onion',
    'a.test',
  ],
};

const onTheInternet = [
  'example.com',
  'example.com.',
  'localhost.example.com',
  'local.example.com',
  'mylocal.de',
  'xn--bcher-kva.example',
  'bücher.example',
  '8.8.8.8',
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '168.63.129.15',
  '168.63.129.17',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '[2606:4700::1111]',
  '[2001:4860:4860::8888]',
  '[2001:200::1]',
  '[2003::1]',
  '[::ffff:8.8.8.8]',
];

describe('privateHost', () => {
  for (const [name, hosts] of Object.entries(outOfReach)) {
    it(`knows ${name} in any spelling`, () => {
      for (const host of hosts) assert.equal(scopeOf(host), name, host);
    });
  }

  it('takes what lies beside these for hosts on the internet', () => {
    for (const host of onTheInternet) assert.equal(scopeOf(host), undefined, host);
  });

  it('names where each range is set down', () => {
    assert.equal(privateHost('10.0.0.1')?.source, 'RFC 1918');
  });
});

describe('privateAddress', () => {
  it('takes what a resolver gives', () => {
    const scopes = [
      '127.0.0.1',
      '::1',
      '::ffff:10.0.0.1',
      'fe80::1%eth0',
      '8.8.8.8',
      '2606:4700::1',
    ];
    assert.deepEqual(
      scopes.map((address) => privateAddress(address)?.name),
      [
        'a loopback address',
        'a loopback address',
        'a private address',
        'a link-local address',
        undefined,
        undefined,
      ],
    );
  });

  it('never takes for reachable what is no address', () => {
    for (const text of [
      '',
      'example.com',
      '127.1',
      '1.2.3.256',
      '[::1]',
      '::1]/@8.8.8.8',
      '1::2::3',
    ]) {
      assert.equal(privateAddress(text)?.name, 'no IP address', text);
    }
  });
});

function scopeOf(host: string): string | undefined {
  return privateHost(new URL(`https://${host}/a.png`).hostname)?.name;
}
