import { describe, it } from 'node:test';
import { checkFix, checkRule, noFinding } from '../helpers/checkRule.ts';

const rule = 'image-detail-cost';

describe(rule, () => {
  it('says nothing of detail low, nor of records without images', () => {
    noFinding(`
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}]}]}
      {"messages":[{"role":"user","content":"Hi"}]}
    `);
  });

  it('tells what high costs for an image whose size is known, on the value of detail', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(png 1920x1080)","detail":"high"}}]}]}
                                                                                                                     ^^^^^^ hint Detail is high; low costs 85 tokens, high 1,105 for this 1920×1080 image.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(webp 600x1800)","detail":"auto"}}]}]}
                                                                                                                     ^^^^^^ hint Detail is auto; low costs 85 tokens, high 1,445 for this 600×1800 image.
      `,
    );
  });

  it('stands on the address where detail is left out', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(jpeg 512x512)"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^ hint Detail is left at auto; low costs 85 tokens, high 255 for this 512×512 image.
      `,
    );
  });

  it('gives the range of costs for an image that is somewhere else', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint Detail is left at auto; low costs 85 tokens, high 255 to 1,445 for an image of unknown size.
      `,
    );
  });

  it('says nothing of an image that another rule has refused', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(gif 8x8)"}}]}]}
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"x"}}]}]}
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":"a"},{"type":"image_url","image_url":{"url":""}}]}]}
      {"messages":[{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"a"}}]}]}
      `,
      { alongside: ['image-format', 'image-detail', 'content-part', 'image-role'] },
    );
  });

  it('sets detail to low in place of the value', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"detail":"high","url":"a"}}]}]}',
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"detail":"low","url":"a"}}]}]}',
    );
  });

  it('adds detail behind the last key where it is left out, in the style of the record', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a"}}]}]}',
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"low"}}]}]}',
    );
    checkFix(
      rule,
      '{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": { "url": "a" }}]}]}',
      '{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": { "url": "a", "detail": "low" }}]}]}',
    );
  });

  it('has the severity that the settings give it', () => {
    const fixture = `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a"}}]}]}
                                                                                    ^^^ info Detail is left at auto; low costs 85 tokens, high 255 to 1,445 for an image of unknown size.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'info' } });
    noFinding(
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a"}}]}]}',
      { severities: { [rule]: 'off' } },
    );
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"url":"a
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a"}}]}]}
                                                                                    ^^^ hint Detail is left at auto; low costs 85 tokens, high 255 to 1,445 for an image of unknown size.
      "detail":"high"}
      `,
      { alongside: ['json-syntax'] },
    );
  });
});
