import { describe, it } from 'node:test';
import { checkRule, noFinding } from '../helpers/checkRule.ts';

const rule = 'image-format';

describe(rule, () => {
  it('accepts JPEG, PNG and WEBP in data URIs', () => {
    noFinding(`
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(jpeg 8x8)","detail":"low"}}]}]}
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(png 8x8)","detail":"low"}}]}]}
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(webp 8x8)","detail":"low"}}]}]}
    `);
  });

  it('goes by the content: a PNG is accepted whatever its data URI claims', () => {
    for (const declared of ['data:image/gif;base64', 'data:;base64', 'DATA:text/html;BASE64']) {
      const text = record(tinyPng.replace('data:image/png;base64', declared));
      checkRule(rule, text, { alongside: ['image-media-type'] });
    }
  });

  it('does not judge an address, not even by the name of its file', () => {
    noFinding(record('https://example.com/a.gif'));
  });

  it('accepts an image in slashes escaped as JSON allows', () => {
    noFinding(record(tinyPng).replaceAll('/', String.raw`\/`));
  });

  it('reports what is no image as what it is', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,UEsDBBQAAAAIAA==","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Image is a ZIP archive; the service takes JPEG, PNG or WEBP and skips this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,PD94bWwgdmVyc2lvbj0iMS4wIj8+PEVycm9yLz4=","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Image is an XML page; the service takes JPEG, PNG or WEBP and skips this example.
    `,
    );
  });

  it('reports other formats by name and size, on the first characters of the address', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(gif 640x480)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^ error Image is a 640×480 GIF; the service takes JPEG, PNG or WEBP and skips this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(bmp 8x16)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^ error Image is an 8×16 BMP; the service takes JPEG, PNG or WEBP and skips this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(gif 18x8)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^ error Image is an 18×8 GIF; the service takes JPEG, PNG or WEBP and skips this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(gif 110x8)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^ error Image is a 110×8 GIF; the service takes JPEG, PNG or WEBP and skips this example.
      `,
    );
  });

  it('reports a page of HTML and a drawing, encoded or not', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:text/html,<html>","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^ error Image is HTML; the service takes JPEG, PNG or WEBP and skips this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,PGh0bWw+","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Image is HTML; the service takes JPEG, PNG or WEBP and skips this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/svg+xml,<svg/>","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Image is SVG; the service takes JPEG, PNG or WEBP and skips this example.
      `,
    );
  });

  it('reports bytes that are nothing', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAECAwQF","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Image is in no known format; the service takes JPEG, PNG or WEBP and skips this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,A","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^ error Image has no bytes; the service takes JPEG, PNG or WEBP and skips this example.
      `,
    );
  });

  it('leaves a data URI without a payload to image-data', () => {
    for (const url of ['data:image/png;base64,', 'data:image/png;base64']) {
      checkRule(rule, record(url), { alongside: ['image-data'] });
    }
  });

  it('reports the image of an image_url given as a string', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":"$image(gif 9x9)"}]}]}
                                                                             ^^^^^^^^^^^^^^^^ error Image is a 9×9 GIF; the service takes JPEG, PNG or WEBP and skips this example.
      `,
      { alongside: ['content-part'] },
    );
  });

  it('has the severity that the settings give it', () => {
    const fixture = `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(gif 9x9)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^ warning Image is a 9×9 GIF; the service takes JPEG, PNG or WEBP and skips this example.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'warning' } });
    noFinding(record('data:,x'), { severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"url":"$image(gif 9x9)
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(gif 9x9)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^ error Image is a 9×9 GIF; the service takes JPEG, PNG or WEBP and skips this example.
      $image(gif 9x9)"}
      `,
      { alongside: ['json-syntax'] },
    );
  });
});

const tinyPng =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

function record(url: string): string {
  const part = { type: 'image_url', image_url: { url, detail: 'low' } };
  return JSON.stringify({ messages: [{ role: 'user', content: [part] }] });
}
