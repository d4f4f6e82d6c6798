import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { checkFix, checkRule, noFinding, reportingRules } from '../helpers/checkRule.ts';

const rule = 'image-media-type';
const tiny =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNgYGAAAAAEAAHI6uv5AAAAAElFTkSuQmCC';

describe(rule, () => {
  it('accepts the type of the image in any case and with parameters', () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      noFinding(record(dataUri(format, makeImage(format, 8, 8))));
    }
    noFinding(record(`DATA:Image/PNG;charset=utf-8;BASE64,${tiny}`));
    noFinding(record(`data: image/png ;base64,${tiny}`));
  });

  it('does not judge an address by its name', () => {
    noFinding(record('https://example.com/a.gif'));
  });

  it('warns of a type that the image does not have, or of none', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,${tiny}","detail":"low"}}]}]}
                                                                                          ^^^^^^^^^^ warning Media type is "image/jpeg", but the image is a PNG; expected image/png, else the service may skip this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:text/html;base64,${tiny}","detail":"low"}}]}]}
                                                                                          ^^^^^^^^^ warning Media type is "text/html", but the image is a PNG; expected image/png, else the service may skip this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:;base64,${tiny}","detail":"low"}}]}]}
                                                                                     ^^^^^ warning Data URI declares no media type, but the image is a PNG; expected image/png, else the service may skip this example.
      `,
    );
  });

  it('tells the popular name of JPEG as information', () => {
    const jpeg = dataUri('jpg', makeImage('jpeg', 8, 8));
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"${jpeg}","detail":"low"}}]}]}
                                                                                          ^^^^^^^^^ info Media type image/jpg is not registered, though widely understood; expected image/jpeg.
      `,
    );
  });

  it('leaves an image that is not taken to image-format, whatever it is declared to be', () => {
    const gif = record(dataUri('png', makeImage('gif', 8, 8)));
    assert.deepEqual(reportingRules(gif, {}, rule), ['image-format']);
  });

  it('finds the type behind escapes', () => {
    checkRule(
      rule,
      String.raw`
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"d\u0061ta:image\/jpeg;base64,${tiny}","detail":"low"}}]}]}
                                                                                               ^^^^^^^^^^^ warning Media type is "image/jpeg", but the image is a PNG; expected image/png, else the service may skip this example.
      `,
    );
  });

  it('declares what the image is', () => {
    checkFix(
      rule,
      record(`data:image/jpeg;base64,${tiny}`),
      record(`data:image/png;base64,${tiny}`),
    );
    checkFix(rule, record(`data:;base64,${tiny}`), record(`data:image/png;base64,${tiny}`));
    checkFix(
      rule,
      record(String.raw`data:image\/gif;x=1;base64,${tiny}`),
      record(`data:image/png;x=1;base64,${tiny}`),
    );
  });

  it('has the severity that the settings give it', () => {
    const fixture = `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:a;base64,${tiny}","detail":"low"}}]}]}
                                                                                          ^ error Media type is "a", but the image is a PNG; expected image/png, else the service may skip this example.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'error' } });
    noFinding(record(`data:a;base64,${tiny}`), { severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"url":"data:image/jpeg;base64,${tiny}
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:a;base64,${tiny}","detail":"low"}}]}]}
                                                                                          ^ warning Media type is "a", but the image is a PNG; expected image/png, else the service may skip this example.
      data:image/jpeg;base64,${tiny}"}
      `,
      { alongside: ['json-syntax'] },
    );
  });
});

function record(url: string): string {
  const part = `{"type":"image_url","image_url":{"url":"${url}","detail":"low"}}`;
  return `{"messages":[{"role":"user","content":[${part}]}]}`;
}
