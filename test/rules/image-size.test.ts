import { describe, it } from 'node:test';
import { checkRule, noFinding } from '../helpers/checkRule.ts';

const rule = 'image-size';

describe(rule, () => {
  it('accepts 10,000,000 bytes, however "10 MB" is read', () => {
    noFinding(
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(png 8x8 byteLength=10000000)","detail":"low"}}]}]}',
    );
  });

  it('warns from 10,000,001 bytes up to 10 × 1024²', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(png 8x8 byteLength=10000001)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning Image is 10,000,001 bytes; the service may take at most 10,000,000 and skip this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(png 8x8 byteLength=10485760)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning Image is 10,485,760 bytes; the service may take at most 10,000,000 and skip this example.
      `,
    );
  });

  it('reports a byte more as an error', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(png 8x8 byteLength=10485761)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Image is 10,485,761 bytes; the service takes at most 10,485,760 and skips this example.
      `,
    );
  });

  it('says nothing of an image that is somewhere else', () => {
    noFinding(
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/20MB.png","detail":"low"}}]}]}',
    );
  });

  it('goes by the limits of the settings', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(png 8x8 byteLength=1999)","detail":"low"}}]}]}
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(png 8x8 byteLength=2000)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning Image is 2,000 bytes; the service may take at most 1,999 and skip this example.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(png 8x8 byteLength=3001)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Image is 3,001 bytes; the service takes at most 3,000 and skips this example.
      `,
      { limits: { maxImageBytes: 3000, warnImageBytes: 2000 } },
    );
  });

  it('has the severity that the settings give it, also where its own differs', () => {
    const limits = { maxImageBytes: 3000, warnImageBytes: 2000 };
    const fixture = `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(png 8x8 byteLength=2001)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Image is 2,001 bytes; the service may take at most 1,999 and skip this example.
    `;
    checkRule(rule, fixture, { limits, severities: { [rule]: 'error' } });
    noFinding(fixture.replace(/ +\^.*/, ''), { limits, severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"url":"$image(png 8x8 byteLength=4000)
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(png 8x8 byteLength=4000)","detail":"low"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Image is 4,000 bytes; the service takes at most 3,000 and skips this example.
      $image(png 8x8 byteLength=4000)"}
      `,
      { limits: { maxImageBytes: 3000 }, alongside: ['json-syntax'] },
    );
  });
});
