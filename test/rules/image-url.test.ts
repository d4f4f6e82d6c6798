import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFix, checkRule, fixTitles, noFinding, reportingRules } from '../helpers/checkRule.ts';

const rule = 'image-url';

describe(rule, () => {
  it('accepts public addresses of all sorts, and data URIs', () => {
    for (const url of [
      'https://example.com/a.png',
      'https://example.com',
      'https://user-photos.example.com:8443/a%20b.png?size=large#top',
      'https://bücher.example/ä.png',
      'https://8.8.8.8/a.png',
      'https://[2606:4700::1111]/a.png',
      'https://example.com/a.png?next=http://localhost/',
      'https://example.com/@me/a:b.png',
      'https://example.com/a.png?se=north&expires=never',
      `https://example.com/${'a'.repeat(10_000)}.png`,
    ]) {
      assert.deepEqual(reported(url), [], url.slice(0, 60));
    }
    noFinding(record('$image(png 8x8)'));
  });

  it('leaves an empty address to content-part', () => {
    assert.deepEqual(reported(''), ['content-part']);
  });

  it('reports what has another scheme', () => {
    checkRule(
      rule,
      String.raw`
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"s3://photos/a.png","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^^^^^^^ error Address begins with "s3:"; the service takes public https or http addresses and data URIs, and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"file:///etc/passwd","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^^^^^^^^ error Address begins with "file:"; the service takes public https or http addresses and data URIs, and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"blob:https://example.com/1","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Address begins with "blob:"; the service takes public https or http addresses and data URIs, and skips this example.
      `,
    );
  });

  it('reports a path, of whichever system', () => {
    checkRule(
      rule,
      String.raw`
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"harbour.png","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^ error Address is a path, "harbour.png"; the service takes public https or http addresses and data URIs, and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"../photos/a.png","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^^^^^ error Address is a path, "../photos/a.png"; the service takes public https or http addresses and data URIs, and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"C:\\photos\\a.png","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^^^^^^^ error Address is a path, "C:\photos\a.png"; the service takes public https or http addresses and data URIs, and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"\\\\server\\a.png","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^^^^^^^ error Address is a path, "\\server\a.png"; the service takes public https or http addresses and data URIs, and skips this example.
      `,
    );
  });

  it('reports an address without its beginning', () => {
    checkRule(
      rule,
      String.raw`
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"example.com/a.png","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^^^^^^^ error Address has no https:// before it; the service takes public https or http addresses and data URIs, and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"//example.com/a.png","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^^^^^^^^^ error Address has no https: before it; the service takes public https or http addresses and data URIs, and skips this example.
      `,
    );
  });

  it('reports what is no URL', () => {
    checkRule(
      rule,
      String.raw`
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^ error Address is not a valid URL; the service takes public https or http addresses and data URIs, and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com:99999/a.png","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Address is not a valid URL; the service takes public https or http addresses and data URIs, and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://exa mple.com/a.png","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Address is not a valid URL; the service takes public https or http addresses and data URIs, and skips this example.
      `,
    );
  });

  it('reports a host that is not on the internet, once, on its name as written', () => {
    checkRule(
      rule,
      String.raw`
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://me:secret@0x7f.1:8080/a.png","detail":"low"}}]}]}
                                                                                                        ^^^^^^ error Host "127.0.0.1" is a loopback address (RFC 1122); the service fetches only from public hosts and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://192.168.0.10/a.png?se=2020-01-01","detail":"low"}}]}]}
                                                                                               ^^^^^^^^^^^^ error Host "192.168.0.10" is a private address (RFC 1918); the service fetches only from public hosts and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://[::ffff:a9fe:a9fe]/a.png","detail":"low"}}]}]}
                                                                                               ^^^^^^^^^^^^^^^^^^ error Host "[::ffff:a9fe:a9fe]" is a link-local address (RFC 3927); the service fetches only from public hosts and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://localhost/a.png","detail":"low"}}]}]}
                                                                                               ^^^^^^^^^ error Host "localhost" is a local name (RFC 6761); the service fetches only from public hosts and skips this example.
      `,
    );
  });

  it('finds the host behind escapes', () => {
    checkRule(
      rule,
      String.raw`
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https:\/\/n\u0061s\/a.png","detail":"low"}}]}]}
                                                                                                 ^^^^^^^^ error Host "nas" is a local name (no dot in it); the service fetches only from public hosts and skips this example.
      `,
    );
  });

  it('reports white space alone once', () => {
    assert.deepEqual(reported(' '), [rule]);
    assert.deepEqual(reported(String.raw`\r\n`), [rule]);
  });

  it('warns of an address that only browsers can read', () => {
    checkRule(
      rule,
      String.raw`
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https:/example.com/a.png","detail":"low"}}]}]}
                                                                                       ^^^^^^^ warning Address has not // behind its scheme; not every program can read it, and the service may skip this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https:example.com/a.png","detail":"low"}}]}]}
                                                                                       ^^^^^^ warning Address has not // behind its scheme; not every program can read it, and the service may skip this example.
      `,
    );
    for (const slashes of ['', '/', '///', String.raw`\\`, String.raw`\/`]) {
      checkFix(
        rule,
        record(`https:${slashes}example.com/a.png`),
        record('https://example.com/a.png'),
      );
    }
  });

  it('tells plain http as information', () => {
    checkRule(
      rule,
      String.raw`
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://example.com/a.png","detail":"low"}}]}]}
                                                                                       ^^^^ info Address is plain http, so that the image can be changed on its way; expected https where the host has it.
      `,
    );
  });

  it('warns of credentials, and never shows them', () => {
    checkRule(
      rule,
      String.raw`
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://me:secret@example.com/a.png","detail":"low"}}]}]}
                                                                                               ^^^^^^^^^^ warning Address holds credentials; whoever gets the file can read them, and the service may not send them and skip this example.
      `,
    );
  });

  it('warns of white space around an address', () => {
    checkRule(
      rule,
      String.raw`
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":" https://example.com/a.png\n","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning Address has white space around it; the service may not fetch it and skip this example.
      `,
    );
  });

  describe('of signed addresses', () => {
    it('warns of one that expires within 7 days, on the parameter', () => {
      checkRule(
        rule,
        `
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a.blob.core.windows.net/c/a.png?sv=1&se=2026-11-28T23%3A59%3A59Z&sr=b&sig=x","detail":"low"}}]}]}
                                                                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning Signed address expires on 2026-11-28, within 7 days; from then on the service cannot fetch it and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://b.s3.amazonaws.com/a.png?X-Amz-Date=20261120T000000Z&X-Amz-Expires=604800&X-Amz-Signature=x","detail":"low"}}]}]}
                                                                                                                                                    ^^^^^^^^^^^^^^^^^^^^ warning Signed address expires on 2026-11-27, within 7 days; from then on the service cannot fetch it and skips this example.
        `,
      );
    });

    it('is silent on one that is good for longer', () => {
      assert.deepEqual(reported(signed('2026-11-29T00:00:00Z')), []);
    });

    it('reports one that has expired everywhere as an error', () => {
      checkRule(
        rule,
        `
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a.blob.core.windows.net/c/a.png?se=2026-11-20T10:00:00Z&sig=x","detail":"low"}}]}]}
                                                                                                                               ^^^^^^^^^^^^^^^^^^^^^^^ error Signed address expired on 2026-11-20; the service cannot fetch it and skips this example.
        `,
      );
    });

    it('warns where it has expired unless the day began early here, or is not signed', () => {
      checkRule(
        rule,
        `
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a.blob.core.windows.net/c/a.png?se=2026-11-20T10:00:01Z&sig=x","detail":"low"}}]}]}
                                                                                                                               ^^^^^^^^^^^^^^^^^^^^^^^ warning Signed address expired on 2026-11-20; from then on the service cannot fetch it and skips this example.
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png?Expires=1600000000","detail":"low"}}]}]}
                                                                                                                 ^^^^^^^^^^^^^^^^^^ warning Address without signature expired on 2020-09-13; from then on the service may not fetch it and skip this example.
        `,
      );
    });
  });

  it('tells base64 that lacks the beginning of a data URI, and writes it', () => {
    const base64 =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNgYGAAAAAEAAHI6uv5AAAAAElFTkSuQmCC';
    checkFix(rule, record(base64), record(`data:image/png;base64,${base64}`));
    const jpeg = record('/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoM');
    assert.deepEqual(fixTitles(rule, jpeg), ['Write data:image/jpeg;base64, before the image']);
  });

  it('removes white space around an address, escaped or not', () => {
    checkFix(
      rule,
      String.raw`{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":" \u0020https:\/\/example.com\/a.png\r\n"}}]}]}`,
      String.raw`{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https:\/\/example.com\/a.png"}}]}]}`,
    );
  });

  it('writes what is missing before an address', () => {
    checkFix(rule, record('example.com/a.png'), record('https://example.com/a.png'));
    checkFix(rule, record('//example.com/a.png'), record('https://example.com/a.png'));
  });

  it('offers that only where it gives an address without a fault', () => {
    assert.deepEqual(fixTitles(rule, record('//nas/a.png')), []);
  });

  it('makes http https, but not at a port of its own', () => {
    checkFix(rule, record('http://example.com/a.png'), record('https://example.com/a.png'));
    assert.deepEqual(fixTitles(rule, record('http://example.com:8080/a.png')), []);
  });

  it('removes credentials', () => {
    checkFix(rule, record('https://me:p@ss@example.com/a'), record('https://example.com/a'));
  });

  it('reports no cost of an image that is skipped', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"s3://bucket/a.png"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^ error Address begins with "s3:"; the service takes public https or http addresses and data URIs, and skips this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://10.0.0.1/a.png"}}]}]}
                                                                                             ^^^^^^^^ error Host "10.0.0.1" is a private address (RFC 1918); the service fetches only from public hosts and skips this example.
      `,
    );
  });

  it('has the severity that the settings give it', () => {
    const fixture = `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"harbour.png","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^ hint Address is a path, "harbour.png"; the service takes public https or http addresses and data URIs, and skips this example.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'hint' } });
    noFinding(record('harbour.png'), { severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
        {"url":"harbour.png
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"harbour.png","detail":"low"}}]}]}
                                                                                      ^^^^^^^^^^^^^ error Address is a path, "harbour.png"; the service takes public https or http addresses and data URIs, and skips this example.
        harbour.png"}
      `,
      { alongside: ['json-syntax'] },
    );
  });
});

function record(url: string): string {
  const part = `{"type":"image_url","image_url":{"url":"${url}","detail":"low"}}`;
  return `{"messages":[{"role":"user","content":[${part}]}]}`;
}

function reported(url: string): string[] {
  return reportingRules(record(url), {}, rule);
}

function signed(until: string): string {
  return `https://a.blob.core.windows.net/c/a.png?se=${until}&sig=x`;
}
