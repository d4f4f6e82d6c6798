import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFix, checkRule, fixTitles, noFinding } from '../helpers/checkRule.ts';

const rule = 'image-role';
const preceding = 'Move the image into the preceding user message';
const following = 'Move the image into the following user message';
const remove = 'Remove the image';

describe(rule, () => {
  it('accepts any number of images in user messages', () => {
    noFinding(
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}},{"type":"image_url","image_url":{"url":"https://example.com/b.png","detail":"low"}}]}]}',
    );
  });

  it('reports an image in every other role on the type of its part, and no cost', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}
                                                          ^^^^^^^^^^^ error Image is in an assistant message; the service takes images only in user messages and refuses the file.
      {"messages":[{"role":"system","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}
                                                       ^^^^^^^^^^^ error Image is in a system message; the service takes images only in user messages and refuses the file.
      {"messages":[{"role":"tool","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}
                                                     ^^^^^^^^^^^ error Image is in a tool message; the service takes images only in user messages and refuses the file.
      {"messages":[{"role":"developer","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}
                                                          ^^^^^^^^^^^ error Image is in a developer message; the service takes images only in user messages and refuses the file.
      `,
      { alongside: ['message-role', 'tool-call'] },
    );
  });

  it('reports each of two images', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"a"}},{"type":"image_url","image_url":{"url":"b"}}]}]}
                                                          ^^^^^^^^^^^ error Image is in an assistant message; the service takes images only in user messages and refuses the file.
                                                                                                       ^^^^^^^^^^^ error Image is in an assistant message; the service takes images only in user messages and refuses the file.
      `,
    );
  });

  it('reports nothing where the role is missing or unknown, for then it may be a user', () => {
    checkRule(
      rule,
      `
      {"messages":[{"content":[{"type":"image_url","image_url":{"url":"a"}}]},{"role":"usr","content":[{"type":"image_url","image_url":{"url":"b"}}]}]}
      `,
      { alongside: ['message-role'] },
    );
  });

  it('moves the image behind what the preceding user says', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"user","content":"Draw a cat."},{"role":"assistant","content":[{"type":"text","text":"Here."},{"type":"image_url","image_url":{"url":"a"}}]}]}',
      '{"messages":[{"role":"user","content":[{"type":"text","text":"Draw a cat."},{"type":"image_url","image_url":{"url":"a"}}]},{"role":"assistant","content":[{"type":"text","text":"Here."}]}]}',
      preceding,
    );
    checkFix(
      rule,
      '{"messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"} ]}, {"role": "assistant", "content": [{"type": "image_url", "image_url": {"url": "a"}}, {"type": "text", "text": "Here."}]}]}',
      '{"messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"}, {"type": "image_url", "image_url": {"url": "a"}} ]}, {"role": "assistant", "content": [{"type": "text", "text": "Here."}]}]}',
      preceding,
    );
  });

  it('moves the image of a system message into the user message that follows', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"system","content":[{"type":"text","text":"Be brief."},{"type":"image_url","image_url":{"url":"a"}}]},{"role":"user","content":"Hi"}]}',
      '{"messages":[{"role":"system","content":[{"type":"text","text":"Be brief."}]},{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"image_url","image_url":{"url":"a"}}]}]}',
      following,
    );
  });

  it('moves the image past messages of other roles, to the nearest user', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"user","content":"a"},{"role":"user","content":"b"},{"role":"assistant","content":"c"},{"role":"tool","content":[{"type":"image_url","image_url":{"url":"a"}}]},{"role":"user","content":"d"}]}',
      '{"messages":[{"role":"user","content":"a"},{"role":"user","content":[{"type":"text","text":"b"},{"type":"image_url","image_url":{"url":"a"}}]},{"role":"assistant","content":"c"},{"role":"tool","content":""},{"role":"user","content":"d"}]}',
      preceding,
    );
    checkFix(
      rule,
      '{"messages":[{"role":"system","content":[{"type":"image_url","image_url":{"url":"a"}}]},{"role":"assistant","content":"c"},{"role":"user","content":"a"},{"role":"user","content":"b"}]}',
      '{"messages":[{"role":"system","content":""},{"role":"assistant","content":"c"},{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"a"}}]},{"role":"user","content":"b"}]}',
      following,
    );
  });

  it('moves the image alone into a user message that is empty', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"user","content":""},{"role":"assistant","content":[{"type":"text","text":"Here."},{"type":"image_url","image_url":{"url":"a"}}]}]}',
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a"}}]},{"role":"assistant","content":[{"type":"text","text":"Here."}]}]}',
      preceding,
    );
    checkFix(
      rule,
      '{"messages":[{"role":"user","content":[ ]},{"role":"assistant","content":[{"type":"text","text":"Here."},{"type":"image_url","image_url":{"url":"a"}}]}]}',
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a"}} ]},{"role":"assistant","content":[{"type":"text","text":"Here."}]}]}',
      preceding,
    );
  });

  it('removes the image with the comma before or behind it', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"assistant","content":[{"type":"text","text":"a"} , {"type":"image_url","image_url":{"url":"a"}} , {"type":"text","text":"b"}]}]}',
      '{"messages":[{"role":"assistant","content":[{"type":"text","text":"a"} , {"type":"text","text":"b"}]}]}',
      remove,
    );
    checkFix(
      rule,
      '{"messages":[{"role":"assistant","content":[{"type":"text","text":"a"}, {"type":"image_url","image_url":{"url":"a"}} ]}]}',
      '{"messages":[{"role":"assistant","content":[{"type":"text","text":"a"} ]}]}',
      remove,
    );
  });

  it('leaves an empty text where the image is all there is', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"assistant","content":[ {"type":"image_url","image_url":{"url":"a"}} ]}]}',
      '{"messages":[{"role":"assistant","content":""}]}',
      remove,
    );
  });

  it('takes the one of two images that is meant', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"a"}},{"type":"<|>image_url","image_url":{"url":"b"}}]}]}',
      '{"messages":[{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"a"}}]}]}',
      remove,
    );
  });

  it('takes it from the last of two contents and "messages", which are the ones that count', () => {
    checkFix(
      rule,
      String.raw`{"messages":[{"content":[1,2]}],"m\u0065ssages":[{"role":"assistant","content":[1,2],"cont\u0065nt":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"a"}}]}]}`,
      String.raw`{"messages":[{"content":[1,2]}],"m\u0065ssages":[{"role":"assistant","content":[1,2],"cont\u0065nt":[{"type":"text","text":"a"}]}]}`,
      remove,
    );
  });

  it('takes it from a record nested 100,000 deep', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const record = (rest: string): string =>
      `{"messages":[{"role":"assistant","content":[{"type":"text","text":"a","x":${deep}}${rest}]}]}`;
    const image = ',{"type":"image_url","image_url":{"url":"a"}}';
    checkFix(rule, record(image), record(''), remove);
  });

  it('counts past elements of "messages" that are no messages', () => {
    checkFix(
      rule,
      '{"messages":[1,{"role":"user","content":"a"},2,3,{"role":"tool","content":[{"type":"image_url","image_url":{"url":"a"}}]},{"role":"user","content":"b"}]}',
      '{"messages":[1,{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"a"}}]},2,3,{"role":"tool","content":""},{"role":"user","content":"b"}]}',
      preceding,
    );
  });

  it('looks for a user message no further than 100 messages away', () => {
    const record = (between: number): string =>
      `{"messages":[{"role":"user","content":"a"},${'{"role":"assistant","content":"b"},'.repeat(between)}{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"a"}}]}]}`;
    deepEqual(fixTitles(rule, record(99)), [preceding, remove]);
    deepEqual(fixTitles(rule, record(100)), [remove]);
  });

  it('offers only removal where no user message could take the image', () => {
    const image = '{"type":"image_url","image_url":{"url":"a"}}';
    const noUser = `{"messages":[{"role":"assistant","content":[${image}]}]}`;
    const nullUser = `{"messages":[{"role":"user","content":null},{"role":"assistant","content":[${image}]}]}`;
    deepEqual(fixTitles(rule, noUser), [remove]);
    deepEqual(fixTitles(rule, nullUser), [remove]);
  });

  it('has the severity that the settings give it; switched off, the cost of the image is told', () => {
    const fixture = `
      {"messages":[{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"a","detail":"low"}}]}]}
                                                          ^^^^^^^^^^^ warning Image is in an assistant message; the service takes images only in user messages and refuses the file.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'warning' } });
    checkRule(
      'image-detail-cost',
      `
      {"messages":[{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"a","detail":"high"}}]}]}
                                                                                                      ^^^^^^ hint Detail is high; low costs 85 tokens, high 255 to 1,445 for an image of unknown size.
      `,
      { severities: { [rule]: 'off' } },
    );
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[
      {"messages":[{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"a"}}]}]}
                                                          ^^^^^^^^^^^ error Image is in an assistant message; the service takes images only in user messages and refuses the file.
      ]}]}
      `,
      { alongside: ['json-syntax'] },
    );
  });
});
