import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFix, checkRule, fixTitles, noFinding } from '../helpers/checkRule.ts';

const rule = 'record-shape';

describe(rule, () => {
  it('accepts one message, and text without images', () => {
    noFinding('{"messages":[{"role":"user","content":"Hi"}]}');
  });

  it('accepts an empty "tools", and leaves other keys beside "messages" to another rule', () => {
    noFinding(
      '{"messages":[{"role":"user","content":"Hi"}],"tools":[],"parallel_tool_calls":false}',
    );
    checkRule(
      rule,
      '{"id":7,"messages":[{"role":"assistant","content":"Hi"}],"__proto__":{"messages":1}}',
      { alongside: ['unknown-key'] },
    );
  });

  it('accepts "messages" spelled with escapes', () => {
    noFinding(String.raw`{"\u006dessages":[{"role":"user","content":"Hi"}]}`);
  });

  it('reports a record that is not an object, on its bracket or on the whole of a short value', () => {
    checkRule(
      rule,
      `
      [{"role":"user","content":"Hi"}]
      ^ error Record is an array; expected an object with "messages"; the service refuses the file.
      "Hi"
      ^^^^ error Record is a string; expected an object with "messages"; the service refuses the file.
      null
      ^^^^ error Record is null; expected an object with "messages"; the service refuses the file.
      7
      ^ error Record is a number; expected an object with "messages"; the service refuses the file.
      `,
    );
  });

  it('reports a record without "messages" and without the form of another method', () => {
    checkRule(
      rule,
      `
      {}
      ^ error Record has no "messages"; expected an array of messages; the service refuses the file.
      {"prompt":"Hi"}
      ^ error Record has no "messages"; expected an array of messages; the service refuses the file.
      `,
    );
  });

  it('reports "messages" that is not an array on its value', () => {
    checkRule(
      rule,
      `
      {"messages":{"role":"user","content":"Hi"}}
                  ^ error "messages" is an object; expected an array of messages; the service refuses the file.
      {"messages":null}
                  ^^^^ error "messages" is null; expected an array of messages; the service refuses the file.
      `,
    );
  });

  it('judges the last of two "messages"', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi"}],"messages":[]}
                                                              ^ error "messages" is empty; expected at least one message; the service refuses the file.
      `,
      { alongside: ['duplicate-key'] },
    );
  });

  it('reports every message that is not an object, and no other rule speaks of it', () => {
    checkRule(
      rule,
      `
      {"messages":["Hi",{"role":"user","content":"Hi"},[]]}
                   ^^^^ error Message 1 is a string; expected an object with "role" and "content"; the service refuses the file.
                                                       ^ error Message 3 is an array; expected an object with "role" and "content"; the service refuses the file.
      `,
    );
  });

  it('renames the only key that is like "messages" and holds some', () => {
    const record = (key: string): string => `{"id":1,"${key}":[{"role":"user","content":"Hi"}]}`;
    for (const key of ['message', 'Messages', 'msgs', 'conversation']) {
      checkFix(rule, record(key), record('messages'));
    }
  });

  it('renames nothing else, and nothing where two are like it', () => {
    deepEqual(fixTitles(rule, '{"message":{"role":"user","content":"Hi"}}'), []);
    deepEqual(fixTitles(rule, '{"conversations":[{"from":"human","value":"Hi"}]}'), []);
    deepEqual(fixTitles(rule, '{"items":[{"role":"user","content":"Hi"}]}'), []);
    deepEqual(fixTitles(rule, '{"message":[{"role":"user"}],"chat":[{"role":"user"}]}'), []);
  });

  it('marks no more than the first 80 characters of a long value', () => {
    checkRule(rule, `"${'a'.repeat(200)}"\n${'^'.repeat(80)} error ${notAnObject}`);
  });

  it('reports on a record nested 100,000 deep like on any other', () => {
    const record = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    checkRule(
      rule,
      `${record}\n^ error Record is an array; expected an object with "messages"; the service refuses the file.`,
    );
  });

  it('has the severity that the settings give it', () => {
    const fixture =
      '{}\n^ info Record has no "messages"; expected an array of messages; the service refuses the file.';
    checkRule(rule, fixture, { severities: { [rule]: 'info' } });
    noFinding('{}', { severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"messages":
      {}
      ^ error Record has no "messages"; expected an array of messages; the service refuses the file.
      {"messages":
      `,
      { alongside: ['json-syntax'] },
    );
  });
});

const notAnObject =
  'Record is a string; expected an object with "messages"; the service refuses the file.';
