import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { checkFix, checkRule, fixTitles, noFinding, reportingRules } from '../helpers/checkRule.ts';

const rule = 'image-data';
/** A PNG of one pixel: 94 characters and two of padding. */
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** A WEBP with a slash and one character of padding. */
const webp = 'UklGRhgAAABXRUJQVlA4TAwAAAAvB8ABAChFFerR/wA=';

describe(rule, () => {
  it('accepts base64 in its standard form, of every length', () => {
    for (const byteLength of [2_000, 2_001, 2_002, 100_000]) {
      noFinding(record(dataUri('png', makeImage('png', 8, 8, { byteLength }))));
    }
  });

  it('accepts it in slashes escaped as JSON allows, and says nothing of an address', () => {
    noFinding(record(`data:image/webp;base64,${webp}`).replaceAll('/', String.raw`\/`));
    noFinding(record('https://example.com/data:,-_'));
  });

  it('warns of a foreign character where it stands', () => {
    warns(insert(png, 40, '*'), 40, 1, `has "*" at its character 41; ${alphabet}`);
    warns(insert(png, 40, '😀'), 40, 2, `has "😀" at its character 41; ${alphabet}`);
    warns(
      insert(png, 96, '"').replace('"', '\\"'),
      96,
      2,
      `has """ at its character 97; ${alphabet}`,
    );
    const long = makeImage('png', 300, 200, { byteLength: 300_000 });
    const payload = Buffer.from(long).toString('base64');
    warns(
      insert(payload, 200_001, 'é'),
      200_001,
      1,
      `has "é" at its character 200,002; ${alphabet}`,
    );
  });

  it('warns of padding before the end', () => {
    warns(`${png}QUJD`, 94, 1, `has "=" at its character 95; ${alphabet}`);
  });

  it('warns of white space, before anything and behind all', () => {
    warns(insert(png, 76, String.raw`\r\n`), 76, 4, 'has white space at its character 77');
    warns(` ${png}`, 0, 1, 'has white space at its character 1');
    warns(String.raw`${png}\n`, 96, 2, 'has white space at its character 97');
  });

  it('warns of percent-encoding', () => {
    warns(encodeURIComponent(webp), 40, 3, 'is percent-encoded at its character 41');
    warns(png.replaceAll('=', '%3D'), 94, 3, 'is percent-encoded at its character 95');
  });

  it('warns of the URL-safe alphabet', () => {
    const message = 'has "_" at its character 41, of the URL-safe alphabet; expected + and /';
    warns(webp.replace('/', '_'), 40, 1, message);
  });

  it('warns of too much or too little padding, and of a length that no bytes have', () => {
    warns(`${png}=`, 94, 3, 'ends with 3 "=" instead of 2');
    warns(png.slice(0, -1), 94, 1, 'ends with 1 "=" instead of 2');
    warns(png.slice(0, -2), 93, 1, 'ends with 0 "=" instead of 2');
    const message = 'has 93 characters, which no bytes give: one too many, or three too few';
    warns(png.slice(0, -3), 92, 1, message);
  });

  it('finds the place behind escapes', () => {
    const payload = String.raw`${webp.replace('/', String.raw`\/`)}\u0021`;
    const message = `has "!" at its character 45; ${alphabet}`;
    warns(payload, 45, 6, message);
  });

  it('warns of an image that is percent-encoded as a whole, and of base64 that is not declared', () => {
    for (const [payload, message] of [
      [percentEncode(png), 'Image is percent-encoded in its data URI; expected base64'],
      [png, 'Data URI does not say that its payload is base64; expected ;base64 before the comma'],
    ] as const) {
      const url = `data:image/png,${payload}`;
      const note = `${message}, else the service may skip this example.`;
      checkRule(rule, `${record(url)}\n${under(0, 15)} warning ${note}`);
    }
  });

  it('reports as an error what holds nothing', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^ error Data URI is empty; expected base64 after its comma, and the service skips this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:,","detail":"low"}}]}]}
                                                                                    ^^^^^^^^ error Data URI is empty; expected base64 after its comma, and the service skips this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^ error Data URI has no comma near its start, and so no image; expected data:image/png;base64, before it, and the service skips this example.
      `,
    );
  });

  it('reports as an error what no image can be read from', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,<svg/>","detail":"low"}}]}]}
                                                                                                           ^ error Base64 has "<" at its character 1; expected only A–Z, a–z, 0–9, + and /; no image can be read from it, and the service skips this example.
      `,
    );
  });

  it('leaves to image-format what is whole and no image', () => {
    for (const url of [
      'data:text/html,<html>',
      'data:image/png,garbage',
      'data:image/png;base64,AAECAwQFBg',
      'data:image/png;base64,AAEC AwQF',
      'data:image/png;base64,_____w==',
    ]) {
      assert.deepEqual(reportingRules(record(url), {}, rule), ['image-format'], url);
    }
  });

  it('is told beside the format of a GIF, being another cause', () => {
    const gif = Buffer.from(makeImage('gif', 8, 8)).toString('base64');
    const found = reportingRules(record(`data:image/gif;base64,${insert(gif, 8, ' ')}`), {}, rule);
    assert.deepEqual(found.sort(), [rule, 'image-format']);
  });

  it('writes base64 in its standard form, touching only what is wrong', () => {
    const good = record(`data:image/webp;base64,${webp}`);
    for (const bad of [
      webp.replace('/', '_'),
      insert(insert(webp, 43, ' '), 20, String.raw`\r\n`),
      encodeURIComponent(webp),
      `${webp}==`,
      `${webp}%3d%0A`,
      webp.replace('=', ''),
      String.raw`\t${webp.replace('=', '')} `,
    ]) {
      checkFix(rule, record(`data:image/webp;base64,${bad}`), good);
    }
    const escaped = String.raw`data:image\/webp;base64,${webp.replace('/', String.raw`\/`)}`;
    checkFix(rule, record(`${escaped}=`), record(escaped));
  });

  it('does so wherever lines are wrapped, in a long image too', () => {
    const bytes = makeImage('png', 300, 200, { byteLength: 20_000 });
    const good = dataUri('png', bytes);
    const wrapped = good.replaceAll(/.{76}/g, String.raw`$&\n`);
    checkFix(rule, record(wrapped), record(good));
  });

  it('does not call that certain for an image that is cut short: a blank may have been a plus', () => {
    const bytes = makeImage('png', 300, 200, { byteLength: 2_000 });
    const cut = dataUri('png', bytes.subarray(0, 1_500));
    assert.deepEqual(fixTitles(rule, record(insert(cut, 500, ' '))), [
      'Write the base64 in its standard form',
    ]);
  });

  it('offers nothing where characters are missing', () => {
    assert.deepEqual(fixTitles(rule, record(`data:image/png;base64,${png.slice(0, -3)}`)), []);
  });

  it('encodes an image that is percent-encoded as a whole', () => {
    checkFix(
      rule,
      record(`data:image/png,${percentEncode(png)}`),
      record(`data:image/png;base64,${png}`),
    );
  });

  it('declares base64', () => {
    checkFix(rule, record(`data:image/png,${png}`), record(`data:image/png;base64,${png}`));
  });

  it('removes what Python prints around bytes', () => {
    const good = record(`data:image/png;base64,${png}`);
    checkFix(rule, record(`data:image/png;base64,b'${png}'`), good);
    checkFix(rule, record(String.raw`data:image/png;base64,b\"${png}\"`), good);
  });

  it('removes foreign characters by choice', () => {
    const good = `data:image/webp;base64,${webp}`;
    checkFix(rule, record(insert(insert(good, 60, String.raw`\n\u0000`), 50, '***')), record(good));
  });

  it('has the severity that the settings give it', () => {
    const severities = { [rule]: 'hint' } as const;
    const note = `hint Base64 ends with 3 "=" instead of 2; ${effect}`;
    const fixture = `${record(`data:image/png;base64,${png}=`)}\n${under(22 + 94, 3)} ${note}`;
    checkRule(rule, fixture, { severities });
    noFinding(record(`data:image/png;base64,${png}=`), { severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    const bad = record(`data:image/png;base64,${png}=`);
    const note = `warning Base64 ends with 3 "=" instead of 2; ${effect}`;
    const broken = bad.slice(1);
    const fixture = [broken, bad, `${under(22 + 94, 3)} ${note}`, broken].join('\n');
    checkRule(rule, fixture, { alongside: ['json-syntax'] });
  });
});

const alphabet = 'expected only A–Z, a–z, 0–9, + and /';
const effect = 'the service may refuse it and skip this example.';

/** A warning on `length` characters of a payload as it stands in the record, from `start` on. */
function warns(payload: string, start: number, length: number, message: string): void {
  const type = payload.trimStart().startsWith('Ukl') ? 'webp' : 'png';
  const head = `data:image/${type};base64,`;
  const note = `warning Base64 ${message}; ${effect}`;
  checkRule(rule, `${record(head + payload)}\n${under(head.length + start, length)} ${note}`);
}

/** `url` as it is written in JSON. */
function record(url: string): string {
  return `${beforeUrl}${url}","detail":"low"}}]}]}`;
}

const beforeUrl = '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"';

function under(offset: number, length: number): string {
  return ' '.repeat(beforeUrl.length + offset) + '^'.repeat(length);
}

function insert(text: string, at: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at);
}

function percentEncode(base64: string): string {
  const hex = Buffer.from(base64, 'base64').toString('hex');
  return hex.replaceAll(/../g, '%$&');
}
