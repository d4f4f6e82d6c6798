import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { privateHost } from '../../core/image/hostScope.ts';
import { plainHost, readAddress } from '../../core/image/webAddress.ts';

describe('readAddress', () => {
  const kinds: Record<string, readonly string[]> = {
    data: ['data:', 'DATA:image/png;base64,x'],
    web: [
      'https://example.com',
      'HTTP://example.com/a b',
      'https:example.com',
      String.raw`https:\\example.com\a`,
    ],
    other: [
      'ftp://example.com/a',
      'file:///etc/passwd',
      'blob:https://example.com/1',
      's3://b/k',
      'gs://b/k',
      'vscode-file://x',
      'javascript:0',
      'localhost:8000/a.png',
    ],
    path: [
      'a.png',
      './a.png',
      '../a.png',
      '/photos/a.png',
      'photos/a.png',
      'C:\\a.png',
      'c:/a.png',
      '\\\\server\\share\\a.png',
      '~/a.png',
      'bücher.png',
      '#',
    ],
    'no-scheme': [
      'example.com/a.png',
      'example.com:8080/a.png',
      'www.example.com',
      '//example.com/a.png',
    ],
    invalid: [
      'https://',
      'http://[::1',
      'https://exa mple.com',
      'https://example.com:99999',
      'https://1.2.3.256/',
      'https://[fe80::1%25eth0]/',
    ],
  };
  for (const [kind, addresses] of Object.entries(kinds)) {
    it(`tells what is of kind ${kind}`, () => {
      for (const address of addresses) assert.equal(readAddress(address).kind, kind, address);
    });
  }

  it('finds the parts where they are written', () => {
    const text = 'HTTPS://me:p@ss@Example.com:443/a@b?x=1&y=2#?z';
    const address = readAddress(text);
    assert.equal(address.kind, 'web');
    assert.ok(address.credentials);
    const { scheme, credentials, host, query } = address;
    const parts = [scheme, credentials, host, query].map(({ start, end }) =>
      text.slice(start, end),
    );
    assert.deepEqual(parts, ['HTTPS', 'me:p@ss@', 'Example.com', 'x=1&y=2']);
  });

  it('takes a time that grows with the length alone', () => {
    for (const piece of [':', '@', '/', '?', '1:', 'a@', '[', '\\', '.', 'a.']) {
      for (const start of ['https://', '', '//', 'https://['])
        readAddress(start + piece.repeat(3_000_000));
    }
  });
});

describe('plainHost', () => {
  it('is the host that URL finds, of an address without anything else to look at', () => {
    const usual = fc.constantFrom('a', 'B.', 'c', '.de', '/', '-', '1');
    const odd = fc.constantFrom(
      '@',
      ':',
      '?',
      '#',
      '%41',
      'xn--',
      '0x7f',
      '.local',
      '..',
      ' ',
      '\\',
      'é',
    );
    const piece = fc.oneof({ arbitrary: usual, weight: 12 }, odd);
    const anyAddress = fc
      .array(piece, { maxLength: 12 })
      .map((pieces) => `https://${pieces.join('')}.de/`);
    let plain = 0;
    fc.assert(
      fc.property(anyAddress, (text) => {
        const host = plainHost(text);
        if (host === undefined) return;
        plain++;
        const address = readAddress(text);
        assert.ok(address.kind === 'web');
        assert.equal(address.url.hostname, host);
        assert.equal(address.credentials, undefined);
        assert.equal(address.query.start, address.query.end);
        assert.equal(address.url.protocol, 'https:');
        assert.deepEqual(privateHost(host), privateHost(address.url.hostname));
      }),
      { seed: 20261121, numRuns: 50_000 },
    );
    assert.ok(plain > 500, `Only ${plain} were plain`);
  });
});
