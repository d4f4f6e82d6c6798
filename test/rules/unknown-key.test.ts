import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findRepairs } from '../../core/check/checkRecord.ts';
import { combineFixes } from '../../core/fixes/combineFixes.ts';
import { applyEdits } from '../../core/fixes/jsonEdits.ts';
import { checkFix, checkRule, fixTitles, fixtureContext, noFinding } from '../helpers/checkRule.ts';

const rule = 'unknown-key';

describe(rule, () => {
  it('accepts every documented key in its place', () => {
    noFinding(`
      {"messages":[{"role":"system","name":"s","content":"Be brief."},{"role":"user","name":"u","content":[{"type":"text","text":"Hi"},{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}]},{"role":"assistant","name":"a","content":[{"type":"refusal","refusal":"No."}],"refusal":null,"weight":1,"audio":null,"tool_calls":null,"function_call":null}],"tools":[],"parallel_tool_calls":true,"functions":[{"name":"f"}]}
      {"messages":[{"role":"user","content":"Pressure?"},{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","name":"f","tool_call_id":"1","content":"3"},{"role":"function","name":"f","content":"3"}]}
    `);
  });

  it('accepts keys spelled with escapes', () => {
    noFinding(String.raw`{"m\u0065ssages":[{"r\u006fle":"user","\u0063ontent":"Hi"}]}`);
  });

  it('warns of a key beside "messages" for Azure OpenAI, whose reaction is not known', () => {
    checkRule(
      rule,
      `
      {"id":7,"messages":[{"role":"assistant","content":"Hi"}],"__proto__":{"messages":1}}
       ^^^^ warning Key "id" beside "messages" is not documented and may be refused; expected only messages, tools, parallel_tool_calls and functions.
                                                               ^^^^^^^^^^^ warning Key "__proto__" beside "messages" is not documented and may be refused; expected only messages, tools, parallel_tool_calls and functions.
      `,
    );
  });

  it('is an error beside "messages" for OpenAI, which was seen to refuse it', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":"Hi"}],"source":"crawl"}
                                                        ^^^^^^^^ error Key "source" beside "messages" makes OpenAI refuse the file; expected only messages, tools, parallel_tool_calls and functions.
      `,
      { profile: 'openai' },
    );
  });

  it('warns of a key that no message has, and of one that the role does not have', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi","timestamp":1},{"role":"assistant","content":"Hi","annotations":[]}]}
                                                 ^^^^^^^^^^^ warning Key "timestamp" is not documented for a message of role user and may be refused; expected only role, content and name.
                                                                                                   ^^^^^^^^^^^^^ warning Key "annotations" is not documented for a message of role assistant and may be refused; expected only role, content, name, weight, refusal, audio, tool_calls and function_call.
      {"messages":[{"role":"user","content":"Hi","tool_calls":[]},{"role":"system","content":"Hi","tool_call_id":"1"}]}
                                                 ^^^^^^^^^^^^ warning Key "tool_calls" is not documented for a message of role user and may be refused; expected only role, content and name.
                                                                                                  ^^^^^^^^^^^^^^ warning Key "tool_call_id" is not documented for a message of role system and may be refused; expected only role, content and name.
      `,
    );
  });

  it('warns only of keys that nobody has where the role is missing or unknown', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"constructor","content":"Hi","refusal":null,"mood":1}]}
                                                                       ^^^^^^ warning Key "mood" is not documented for a message and may be refused; expected only role, content, name, weight, refusal, audio, tool_calls, function_call and tool_call_id.
      `,
      { alongside: ['message-role'] },
    );
  });

  it('warns of a key in a part and in an image_url, but not in a part of unknown type', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"text","text":"Hi","cache_control":{}},{"type":"image_url","image_url":{"url":"https://a.de/b.png","alt":"A cat."}}]}]}
                                                                        ^^^^^^^^^^^^^^^ warning Key "cache_control" is not documented for a part of type text and may be refused; expected only type and text.
                                                                                                                                                        ^^^^^ warning Key "alt" is not documented in "image_url" and may be refused; expected only url and detail.
      {"messages":[{"role":"user","content":[{"type":"constructor","cache_control":{}}]}]}
      `,
      { alongside: ['content-part'] },
    );
  });

  it('leaves a weight in the wrong place to another rule, and a record without "messages" too', () => {
    checkRule(
      rule,
      `
      {"weight":1,"messages":[{"role":"user","content":"Hi","weight":1},{"role":"assistant","content":"Hi"}]}
      {"message":[],"id":1}
      `,
      { alongside: ['assistant-weight', 'record-shape'] },
    );
  });

  it('reports a key that stands there several times once, without duplicate-key', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","id":1,"content":"Hi","id":2}]}
                                  ^^^^ warning Key "id" is not documented for a message of role user and may be refused; expected only role, content and name.
      `,
    );
  });

  it('says nothing where something is missing, which the key may be', () => {
    checkRule(
      rule,
      `
      {"messages":[{"from":"user","content":"Hi"},{"role":"user","text":"Hi"},{"role":"assistant","content":"Hi"}]}
      {"messages":[{"role":"user","content":[{"type":"text","content":"Hi"},{"type":"image_url","url":"https://example.com/a.png"}]}]}
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"uri":"https://example.com/a.png"}}]}]}
      `,
      { alongside: ['message-role', 'message-content', 'content-part'] },
    );
  });

  it('takes a key out wherever its object has it', () => {
    const good = '{"messages": [{"role": "user", "content": "Hi"}]}';
    checkFix(
      rule,
      '{"messages": [{"a": 1, "role": "user", "a": 2, "content": "Hi", "a": 3}]}',
      good,
    );
    const image = '{"type": "image_url", "image_url": {"url": "a"}, "detail": 1, "detail": "low"}';
    deepEqual(fixTitles(rule, `{"messages":[{"role":"user","content":[${image}]}]}`), [
      'Remove the unknown key',
    ]);
  });

  it('shows at most 40 characters of a key', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi","a key that goes on for more than forty characters":1}]}
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning Key "a key that goes on for more than forty …" is not documented for a message of role user and may be refused; expected only role, content and name.
      `,
    );
  });

  it('takes a key out with one comma, whether it stands first, between others or last', () => {
    const good = '{"messages": [{"role": "user", "content": "Hi"}]}';
    checkFix(rule, '{"messages": [{"id": {"a": [1]}, "role": "user", "content": "Hi"}]}', good);
    checkFix(rule, '{"messages": [{"role": "user", "id": 1, "content": "Hi"}]}', good);
    checkFix(rule, '{"messages": [{"role": "user", "content": "Hi", "id": 1}]}', good);
  });

  it('takes all unknown keys of a record out at once', () => {
    const text =
      '{"a":1,"messages": [{"b": 1, "c": 2, "role": "assistant", "d": 3, "content": "Hi" , "e": 4, "f": 5 }], "g": 6}';
    const fixes = findRepairs(text, fixtureContext()).flatMap((finding) => finding.fixes);
    equal(fixes.length, 7);
    const after = applyEdits(text, combineFixes(fixes));
    equal(after, '{"messages": [{"role": "assistant", "content": "Hi" }]}');
  });

  it('moves a detail into the image_url that it stands beside', () => {
    checkFix(
      rule,
      '{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "a"}, "detail": "low"}]}]}',
      '{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "a", "detail": "low"}}]}]}',
      'Move detail into "image_url"',
    );
    checkFix(
      rule,
      '{"messages":[{"role":"user","content":[{"detail":"low","type":"image_url","image_url":{"url":"a"}}]}]}',
      '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"low"}}]}]}',
      'Move detail into "image_url"',
    );
  });

  it('moves no detail where image_url has one', () => {
    const image = '{"type":"image_url","image_url":{"url":"a","detail":"low"},"detail":"high"}';
    deepEqual(fixTitles(rule, `{"messages":[{"role":"user","content":[${image}]}]}`), [
      'Remove the unknown key',
    ]);
  });

  it('has the severity that the settings give it, also where its own differs', () => {
    const record = '{"messages":[{"role":"assistant","content":"Hi"}],"id":1}';
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":"Hi"}],"id":1}
                                                        ^^^^ info Key "id" beside "messages" makes OpenAI refuse the file; expected only messages, tools, parallel_tool_calls and functions.
      `,
      { profile: 'openai', severities: { [rule]: 'info' } },
    );
    noFinding(record, { severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","id":1
      {"messages":[{"role":"user","content":"Hi","id":1}]}
                                                 ^^^^ warning Key "id" is not documented for a message of role user and may be refused; expected only role, content and name.
      ]}
      `,
      { alongside: ['json-syntax'] },
    );
  });
});
