import { describe, it } from 'node:test';
import { checkRule, noFinding } from '../helpers/checkRule.ts';

const rule = 'message-content';

describe(rule, () => {
  it('accepts a string or an array of parts in every role', () => {
    noFinding(`
      {"messages":[{"role":"system","content":[{"type":"text","text":"Be brief."}]},{"role":"user","content":[{"type":"text","text":"Hi"}]}]}
      {"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":[{"type":"text","text":"3"}]},{"role":"assistant","content":[{"type":"text","text":"Hi"}]}]}
    `);
  });

  it('accepts an assistant that calls tools, with content null, empty or absent', () => {
    noFinding(`
      {"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}],"tools":[]}
      {"messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}]}
      {"messages":[{"role":"assistant","content":"","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}]}
      {"messages":[{"role":"assistant","function_call":{"name":"f","arguments":"{}"}}]}
    `);
  });

  it('accepts an assistant that refuses, and one with a weight', () => {
    noFinding(`
      {"messages":[{"role":"assistant","refusal":"No."},{"role":"assistant","content":null,"refusal":"No."}]}
      {"messages":[{"role":"assistant","content":"Hi","refusal":null,"weight":0},{"role":"assistant","content":"Hi","weight":1}]}
    `);
  });

  it('accepts null from a function', () => {
    noFinding('{"messages":[{"role":"function","name":"f","content":null}]}');
  });

  it('leaves keys that it does not know to another rule', () => {
    checkRule(rule, '{"messages":[{"role":"user","name":"Ann","content":"Hi","annotations":[]}]}', {
      alongside: ['unknown-key'],
    });
  });

  it('reports missing content on the brace of its message', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi"},{"role":"user"}]}
                                                  ^ error Message 2 has no "content"; expected a string or an array of parts; the service refuses the file.
      `,
    );
  });

  it('tells an assistant without content that it could call tools', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant"}]}
                   ^ error Message 1 has no "content"; expected a string or an array of parts, or "tool_calls" instead; the service refuses the file.
      {"messages":[{"role":"assistant","content":null,"tool_calls":null}]}
                                                 ^^^^ error Content is null; expected a string or an array of parts, or "tool_calls" instead; the service refuses the file.
      `,
    );
  });

  it('does not let anybody else call tools instead of saying something', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","tool_calls":[{"id":"1"}]}]}
                   ^ error Message 1 has no "content"; expected a string or an array of parts; the service refuses the file.
      `,
      { alongside: ['unknown-key'] },
    );
  });

  it('reports null, a number and an object on the value', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":null},{"role":"user","content":2.5},{"role":"user","content":{"type":"text"}}]}
                                            ^^^^ error Content is null; expected a string or an array of parts; the service refuses the file.
                                                                           ^^^ error Content is a number; expected a string or an array of parts; the service refuses the file.
                                                                                                         ^ error Content is an object; expected a string or an array of parts; the service refuses the file.
      `,
    );
  });

  it('reports an empty array', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[ ]}]}
                                            ^ error Content is an empty array; expected at least one part; the service refuses the file.
      `,
    );
  });

  it('only warns of an empty string', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":""}]}
                                                 ^^ warning Content is an empty string, which may be refused; expected some text.
      `,
    );
  });

  it('judges the last of two contents', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi","content":7}]}
                                                           ^ error Content is a number; expected a string or an array of parts; the service refuses the file.
      `,
      { alongside: ['duplicate-key'] },
    );
  });

  it('reports a message without anything beside its missing role: they are two causes', () => {
    checkRule(
      rule,
      `
      {"messages":[{}]}
                   ^ error Message 1 has no "content"; expected a string or an array of parts; the service refuses the file.
      `,
      { alongside: ['message-role'] },
    );
  });

  it('takes nothing but a string or null from a function', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"function","name":"f","content":null},{"role":"function","name":"f","content":[{"type":"text","text":"3"}]}]}
                                                                                                         ^ error Content is an array; expected a string or null; the service refuses the file.
      `,
      { alongside: ['message-order'] },
    );
  });

  it('reports a refusal of the assistant that is neither a string nor null, and no other key of that name', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi","refusal":5},{"role":"assistant","content":"Hi","refusal":false}]}
                                                                                                           ^^^^^ error "refusal" is false; expected a string or null; the service refuses the file.
      `,
      { alongside: ['unknown-key'] },
    );
  });

  it('has the severity that the settings give it', () => {
    const fixture = `
      {"messages":[{"role":"user"}]}
                   ^ hint Message 1 has no "content"; expected a string or an array of parts; the service refuses the file.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'hint' } });
    noFinding('{"messages":[{"role":"user"}]}', { severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":
      {"messages":[{"role":"user","content":[]}]}
                                            ^ error Content is an empty array; expected at least one part; the service refuses the file.
      null}]}
      `,
      { alongside: ['json-syntax', 'record-shape'] },
    );
  });
});
