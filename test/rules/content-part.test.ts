import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFix, checkRule, fixTitles, noFinding } from '../helpers/checkRule.ts';

const rule = 'content-part';

describe(rule, () => {
  it('accepts texts and images from the user, and a refusal from the assistant', () => {
    noFinding(`
      {"messages":[{"role":"user","content":[{"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}]}]}
      {"messages":[{"role":"assistant","content":[{"type":"refusal","refusal":"No."}]}]}
    `);
  });

  it('accepts an empty text, and leaves keys that it does not know to another rule', () => {
    checkRule(
      rule,
      '{"messages":[{"role":"user","content":[{"type":"text","text":"","cache_control":null}]}]}',
      { alongside: ['unknown-key'] },
    );
  });

  it('accepts keys spelled with escapes', () => {
    noFinding(
      String.raw`{"messages":[{"role":"user","content":[{"typ\u0065":"te\u0078t","\u0074ext":"Hi"}]}]}`,
    );
  });

  it('reports a part that is not an object', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":["Hi",null,[]]}]}
                                             ^^^^ error Part is a string; expected an object with "type"; the service refuses the file.
                                                  ^^^^ error Part is null; expected an object with "type"; the service refuses the file.
                                                       ^ error Part is an array; expected an object with "type"; the service refuses the file.
      `,
    );
  });

  it('reports a part without a type on its brace, and says which types its role may have', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"text":"Hi"}]}]}
                                             ^ error Part has no "type"; expected text or image_url; the service refuses the file.
      {"messages":[{"role":"system","content":[{"text":"Hi"}]}]}
                                               ^ error Part has no "type"; expected text; the service refuses the file.
      {"messages":[{"role":"assistant","content":[{"text":"Hi"}]}]}
                                                  ^ error Part has no "type"; expected text or refusal; the service refuses the file.
      `,
    );
  });

  it('reports types of other interfaces, and of sounds and files', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"input_image","image_url":"https://example.com/a.png"}]}]}
                                                     ^^^^^^^^^^^^^ error Part of type "input_image" is not taken for training; expected text or image_url; the service refuses the file.
      {"messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{}},{"type":"file","file":{}}]}]}
                                                     ^^^^^^^^^^^^^ error Part of type "input_audio" is not taken for training; expected text or image_url; the service refuses the file.
                                                                                             ^^^^^^ error Part of type "file" is not taken for training; expected text or image_url; the service refuses the file.
      {"messages":[{"role":"assistant","content":[{"type":"output_text","text":"Hi"}]}]}
                                                          ^^^^^^^^^^^^^ error Part of type "output_text" is not taken for training; expected text or refusal; the service refuses the file.
      `,
    );
  });

  it('reports a type that is not a string', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":null,"text":"Hi"}]}]}
                                                     ^^^^ error Type of the part is null; expected text or image_url; the service refuses the file.
      `,
    );
  });

  it('reports a refusal from anybody but the assistant', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"refusal","refusal":"No."}]}]}
                                                     ^^^^^^^^^ error Part of type "refusal" is not taken from anybody but the assistant; expected text or image_url; the service refuses the file.
      `,
    );
  });

  it('warns of a refusal beside other parts, once in a message', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"text","text":"No."},{"type":"refusal","refusal":"No."}]}]}
                                                                                                                      ^^^^^^^^^ warning Part of type refusal stands beside other parts; expected it alone, else the record may be refused.
      {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"refusal","refusal":"No."},{"type":"refusal","refusal":"No."}]}]}
                                                                                                                            ^^^^^^^^^ warning Part of type refusal stands beside other parts; expected it alone, else the record may be refused.
      `,
    );
  });

  it('reports a text or refusal that is missing or not a string', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"text"},{"type":"text","text":["Hi"]}]}]}
                                             ^ error Part of type text has no "text"; expected a string; the service refuses the file.
                                                                                   ^ error "text" is an array; expected a string; the service refuses the file.
      {"messages":[{"role":"assistant","content":[{"type":"refusal"}]}]}
                                                  ^ error Part of type refusal has no "refusal"; expected a string; the service refuses the file.
      `,
    );
  });

  it('reports an image_url that is missing or neither object nor string', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url"},{"type":"image_url","image_url":null}]}]}
                                             ^ error Part of type image_url has no "image_url"; expected an object with "url"; the service refuses the file.
                                                                                                  ^^^^ error "image_url" is null; expected an object with "url"; the service refuses the file.
      `,
    );
  });

  it('reports a url that is missing, not a string or empty, and nothing else of that image', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"detail":"high"}}]}]}
                                                                             ^ error "image_url" has no "url"; expected an address or a data URI; the service refuses the file.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":null}}]}]}
                                                                                    ^^^^ error "url" is null; expected an address or a data URI; the service refuses the file.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":""}}]}]}
                                                                                    ^^ error "url" is empty; expected an address or a data URI; the service refuses the file.
      `,
    );
  });

  it('reports an image_url given as a string, on its first 80 characters', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":"https://example.com/a.png"}]}]}
                                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error "image_url" is a string; expected an object with the address under "url"; the service refuses the file.
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":"$image(png 8x8)"}]}]}
                                                                             ^^^^^^^^^^^^^^^^ error "image_url" is a string; expected an object with the address under "url"; the service refuses the file.
      `,
    );
  });

  it('wraps the string in an object, in the style of the record', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":"https://example.com/a.png"}]}]}',
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}',
    );
    checkFix(
      rule,
      '{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url" : "$image(png 8x8)" }]}]}',
      '{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url" : {"url": "$image(png 8x8)"} }]}]}',
    );
  });

  it('wraps the last of two image_urls, which is the one that counts', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":"a","image_url":"https://example.com/b.png"}]}]}',
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":"a","image_url":{"url":"https://example.com/b.png"}}]}]}',
    );
  });

  it('moves a detail beside the string into the object, from either side', () => {
    const after =
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"low"}}]}]}';
    checkFix(
      rule,
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":"a","detail":"low"}]}]}',
      after,
    );
    checkFix(
      rule,
      '{"messages":[{"role":"user","content":[{"type":"image_url","detail":"low","image_url":"a"}]}]}',
      after,
    );
  });

  it('turns the parts of the Responses interface into those of chat', () => {
    const part = (json: string): string => `{"messages": [{"role": "user", "content": [${json}]}]}`;
    checkFix(
      rule,
      part('{"type": "input_image", "image_url": "$image(png 8x8)", "detail": "low"}'),
      part('{"type": "image_url", "image_url": {"url": "$image(png 8x8)", "detail": "low"}}'),
    );
    checkFix(
      rule,
      part('{"detail": "low", "image_url": "a", "type": "input_image"}'),
      part('{"image_url": {"url": "a", "detail": "low"}, "type": "image_url"}'),
    );
    checkFix(
      rule,
      part('{"type": "input_image", "image_url": {"url": "a"}}'),
      part('{"type": "image_url", "image_url": {"url": "a"}}'),
    );
    checkFix(
      rule,
      part('{"type": "input_text", "text": "Hi"}'),
      part('{"type": "text", "text": "Hi"}'),
    );
    checkFix(
      rule,
      '{"messages":[{"role":"assistant","content":[{"type":"output_text","text":"Hi"}]}]}',
      '{"messages":[{"role":"assistant","content":[{"type":"text","text":"Hi"}]}]}',
    );
  });

  it('leaves parts of the Responses interface that lack what chat needs', () => {
    const part = (json: string): string => `{"messages":[{"role":"user","content":[${json}]}]}`;
    deepEqual(fixTitles(rule, part('{"type":"input_image","file_id":"file-1"}')), []);
    deepEqual(fixTitles(rule, part('{"type":"input_text","text":null}')), []);
    deepEqual(fixTitles(rule, part('{"type":"input_audio","input_audio":{}}')), []);
  });

  it('offers no object around an empty address', () => {
    const record = '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":""}]}]}';
    deepEqual(fixTitles(rule, record), []);
  });

  it('has the severity that the settings give it', () => {
    const fixture = `
      {"messages":[{"role":"user","content":[{"type":"text"}]}]}
                                             ^ warning Part of type text has no "text"; expected a string; the service refuses the file.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'warning' } });
    noFinding('{"messages":[{"role":"user","content":[1]}]}', { severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"text"
      {"messages":[{"role":"user","content":[{"type":"text"}]}]}
                                             ^ error Part of type text has no "text"; expected a string; the service refuses the file.
      "text":"Hi"}]}]}
      `,
      { alongside: ['json-syntax'] },
    );
  });
});
