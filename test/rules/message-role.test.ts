import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFix, checkRule, fixTitles, noFinding } from '../helpers/checkRule.ts';

const rule = 'message-role';

describe(rule, () => {
  it('accepts the five documented roles', () => {
    noFinding(`
      {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},{"role":"assistant","content":"Hi."}]}
      {"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":"3"},{"role":"function","name":"f","content":null}]}
    `);
  });

  it('accepts two user messages in a row, as in the example of both vendors', () => {
    noFinding(
      '{"messages":[{"role":"user","content":"What is it?"},{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}]}]}',
    );
  });

  it('accepts a role spelled with escapes', () => {
    noFinding(String.raw`{"messages":[{"r\u006fle":"us\u0065r","content":"Hi"}]}`);
  });

  it('reports an unknown role on its value, capitals and spaces included', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"robot","content":"Hi"}]}
                           ^^^^^^^ error Role "robot" is not known; expected system, user, assistant, tool or function; the service refuses the file.
      {"messages":[{"role":"User","content":"Hi"}]}
                           ^^^^^^ error Role "User" is not known; expected system, user, assistant, tool or function; the service refuses the file.
      {"messages":[{"role":"user ","content":"Hi"}]}
                           ^^^^^^^ error Role "user " is not known; expected system, user, assistant, tool or function; the service refuses the file.
      {"messages":[{"role":"","content":"Hi"}]}
                           ^^ error Role "" is not known; expected system, user, assistant, tool or function; the service refuses the file.
      `,
    );
  });

  it('warns of developer, which is a role elsewhere', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"developer","content":"Hi"}]}
                           ^^^^^^^^^^^ warning Role "developer" is not in the documented training format and may be refused; expected system, user, assistant, tool or function.
      `,
    );
  });

  it('reports a name that is no text, unless another rule says so', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","name":7,"content":"Hi"}]}
                                         ^ error Name of the user is a number; expected a string or no name; the service refuses the file.
      {"messages":[{"role":"assistant","name":null,"content":"Hi"}]}
                                              ^^^^ warning Name of the assistant is null; expected a string or no name, else it may be refused.
      {"messages":[{"role":"system","name":"guide","content":"Hi"},{"role":"function","name":7,"content":"3"}]}
      `,
      { alongside: ['tool-call'] },
    );
  });

  it('reports a missing role on the brace of its message', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi"},{"content":"Hi"}]}
                                                  ^ error Message 2 has no "role"; expected system, user, assistant, tool or function; the service refuses the file.
      `,
    );
  });

  it('reports a role that is not a string', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":null,"content":"Hi"},{"role":["user"],"content":"Hi"}]}
                           ^^^^ error Role is null; expected system, user, assistant, tool or function; the service refuses the file.
                                                        ^ error Role is an array; expected system, user, assistant, tool or function; the service refuses the file.
      `,
    );
  });

  it('judges the last of two roles', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","role":"bot","content":"Hi"}]}
                                         ^^^^^ error Role "bot" is not known; expected system, user, assistant, tool or function; the service refuses the file.
      `,
      { alongside: ['duplicate-key'] },
    );
  });

  it('sets the role that was certainly meant', () => {
    const record = (role: string): string =>
      `{"messages":[{"content":"Hi","role":${JSON.stringify(role)}}]}`;
    for (const name of ['User', ' user ', 'human', 'Human']) {
      checkFix(rule, record(name), record('user'));
    }
    for (const name of ['bot', 'AI', 'gpt', 'model', 'chatbot', 'asistant']) {
      checkFix(rule, record(name), record('assistant'));
    }
    checkFix(rule, record('SYSTEM'), record('system'));
  });

  it('lets one choose where it is not clear which was meant', () => {
    const record = '{"messages":[{"role":"robot","content":"Hi"}]}';
    deepEqual(fixTitles(rule, record), [
      'Set role to user',
      'Set role to assistant',
      'Set role to system',
    ]);
    checkFix(rule, record, record.replace('robot', 'assistant'), 'Set role to assistant');
  });

  it('offers no role that may not have what the message has', () => {
    const image = '{"type":"image_url","image_url":{"url":"a","detail":"low"}}';
    const titles = (message: string): string[] => fixTitles(rule, `{"messages":[${message}]}`);
    deepEqual(titles(`{"role":"robot","content":[${image}]}`), ['Set role to user']);
    deepEqual(titles(`{"role":"bot","content":[${image}]}`), []);
    deepEqual(titles('{"role":"robot","refusal":"No."}'), ['Set role to assistant']);
    deepEqual(titles('{"role":"Tool","content":"3"}'), []);
    deepEqual(titles('{"role":"Tool","content":"3","tool_call_id":"1"}'), ['Set role to tool']);
    deepEqual(titles('{"role":"Function","content":"3","name":"f"}'), ['Set role to function']);
    deepEqual(titles('{"role":"Function","content":"3"}'), []);
  });

  it('offers system for developer', () => {
    const record = '{"messages":[{"role":"developer","content":"Hi"}]}';
    checkFix(rule, record, record.replace('developer', 'system'));
  });

  it('shows at most 40 characters of a role', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"a role that goes on for more than forty characters","content":"Hi"}]}
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Role "a role that goes on for more than forty…" is not known; expected system, user, assistant, tool or function; the service refuses the file.
      `,
    );
  });

  it('alone reports a misspelt assistant that calls tools, refuses or has an image', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"asistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}]}
                           ^^^^^^^^^^ error Role "asistant" is not known; expected system, user, assistant, tool or function; the service refuses the file.
      {"messages":[{"role":"asistant","content":[{"type":"refusal","refusal":"No."}]}]}
                           ^^^^^^^^^^ error Role "asistant" is not known; expected system, user, assistant, tool or function; the service refuses the file.
      {"messages":[{"role":"asistant","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}]}]}
                           ^^^^^^^^^^ error Role "asistant" is not known; expected system, user, assistant, tool or function; the service refuses the file.
      `,
    );
  });

  it('has the severity that the settings give it, also where its own differs', () => {
    const fixture = `
      {"messages":[{"role":"developer","content":"Hi"}]}
                           ^^^^^^^^^^^ error Role "developer" is not in the documented training format and may be refused; expected system, user, assistant, tool or function.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'error' } });
    noFinding('{"messages":[{"role":"bot","content":"Hi"}]}', { severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"robot"
      {"messages":[{"role":"robot","content":"Hi"}]}
                           ^^^^^^^ error Role "robot" is not known; expected system, user, assistant, tool or function; the service refuses the file.
      ]}
      `,
      { alongside: ['json-syntax'] },
    );
  });
});
