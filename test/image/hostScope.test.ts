import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { privateAddress, privateHost } from '../../core/image/hostScope.ts';
import { outOfReach } from '../helpers/outOfReach.ts';

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
