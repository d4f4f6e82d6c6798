import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFix, checkRule, fixTitles, noFinding } from '../helpers/checkRule.ts';

const rule = 'tool-call';

describe(rule, () => {
  it('accepts a call and its answer, several at once, and an id that is used again', () => {
    noFinding(`
      {"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"2","type":"function","function":{"name":"g-1_A","arguments":"{\\"a\\": [1]}"}}]},{"role":"tool","tool_call_id":"2","content":"3"},{"role":"tool","tool_call_id":"1","content":"3"},{"role":"assistant","content":"3"}],"tools":[{"type":"function","function":{"name":"f","parameters":{}}}]}
      {"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":"3"},{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}]}
    `);
  });

  it('accepts a call of a function that is not among the tools, and one as the last message', () => {
    noFinding(
      '{"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}],"tools":[]}',
    );
  });

  it('accepts the older functions and function_call, and null where there is no call', () => {
    noFinding(`
      {"messages":[{"role":"assistant","function_call":{"name":"f","arguments":"{}"}},{"role":"function","name":"f","content":"3"}],"functions":[{"name":"f","parameters":{"type":"object"}}]}
      {"messages":[{"role":"assistant","content":"Hi","tool_calls":null,"function_call":null}]}
    `);
  });

  it('reports tool_calls that is not an array, and a call that is not an object', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":"a","tool_calls":{"id":"1"}},{"role":"assistant","content":"b","tool_calls":["f"]}]}
                                                                  ^ error "tool_calls" is an object; expected an array of calls; the service refuses the file.
                                                                                                                              ^^^ error Call is a string; expected an object with "id", "type" and "function"; the service refuses the file.
      `,
    );
  });

  it('only warns of an empty tool_calls', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":"a","tool_calls":[]}]}
                                                                  ^ warning "tool_calls" is empty; expected at least one call, else the record may be refused.
      `,
    );
  });

  it('reports each thing that a call lacks', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","tool_calls":[{}]}]}
                                                     ^ error Call has no "id"; expected a string, which its answer repeats; the service refuses the file.
                                                     ^ error Call has no "type"; expected "function"; the service refuses the file.
                                                     ^ error Call has no "function"; expected an object with "name" and "arguments"; the service refuses the file.
      {"messages":[{"role":"assistant","tool_calls":[{"id":1,"type":"retrieval","function":"f"},{"id":"","type":null,"function":{}}]}]}
                                                           ^ error Id of the call is a number; expected a string, which its answer repeats; the service refuses the file.
                                                                    ^^^^^^^^^^^ error Type of the call is "retrieval"; expected "function"; the service refuses the file.
                                                                                           ^^^ error "function" is a string; expected an object with "name" and "arguments"; the service refuses the file.
                                                                                                      ^^ warning Id of the call is empty, and the record may be refused; expected a string, which its answer repeats.
                                                                                                                ^^^^ error Type of the call is null; expected "function"; the service refuses the file.
                                                                                                                                ^ error Function has no "name"; expected 1 to 64 letters, digits, underscores or dashes; the service refuses the file.
                                                                                                                                ^ error Called function has no "arguments"; expected a string of JSON; the service refuses the file.
      {"messages":[{"role":"assistant","function_call":"f"},{"role":"assistant","function_call":{"name":"f"}}]}
                                                       ^^^ error "function_call" is a string; expected an object with "name" and "arguments"; the service refuses the file.
                                                                                                ^ error Called function has no "arguments"; expected a string of JSON; the service refuses the file.
      `,
    );
  });

  it('reports a name with other characters than the documented, or of more than 64', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"log pressure","arguments":"{}"}}]}]}
                                                                                                    ^^^^^^^^^^^^^^ error Name of the function is "log pressure"; expected 1 to 64 letters, digits, underscores or dashes; the service refuses the file.
      {"messages":[{"role":"assistant","function_call":{"name":"","arguments":"{}"}},{"role":"assistant","function_call":{"name":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","arguments":"{}"}}]}
                                                               ^^ error Name of the function is ""; expected 1 to 64 letters, digits, underscores or dashes; the service refuses the file.
                                                                                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Name of the function is "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" of 65 characters; expected 1 to 64 letters, digits, underscores or dashes; the service refuses the file.
      `,
    );
  });

  it('reports arguments that are not a string, and only warns of a string that is not JSON', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","function_call":{"name":"f","arguments":{"a":1}}},{"role":"assistant","function_call":{"name":"f","arguments":null}}]}
                                                                               ^ error "arguments" is an object; expected a string of JSON; the service refuses the file.
                                                                                                                                                     ^^^^ error "arguments" is null; expected a string of JSON; the service refuses the file.
      {"messages":[{"role":"assistant","function_call":{"name":"f","arguments":"{'a': 1}"}},{"role":"assistant","function_call":{"name":"f","arguments":""}}]}
                                                                               ^^^^^^^^^^ warning "arguments" is "{'a': 1}", which is not JSON; expected a string of JSON.
                                                                                                                                                        ^^ warning "arguments" is "", which is not JSON; expected a string of JSON.
      `,
    );
  });

  it('reports an answer without the id of a call, and warns of one to no call before it', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"tool","content":"3"},{"role":"tool","tool_call_id":7,"content":"3"}]}
                   ^ error Message 1 has no "tool_call_id"; expected the id of the call that it answers; the service refuses the file.
                                                                               ^ error "tool_call_id" is a number; expected the id of the call that it answers; the service refuses the file.
      {"messages":[{"role":"tool","tool_call_id":"1","content":"3"},{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}]}
                                                 ^^^ warning No call before has the id "1", and the record may be refused; expected that of a call.
      `,
    );
  });

  it('warns of a call that nobody answers although the conversation goes on', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"2","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":"3"},{"role":"user","content":"Well?"}]}
                                                                                                                                 ^^^ warning Call "2" has no answer, and the record may be refused; expected a tool message with its id.
      `,
    );
  });

  it('warns once of an answer whose id is not that of the call before it', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"l","content":"3"},{"role":"user","content":"Well?"}]}
                                                                                                                                                           ^^^ warning No call before has the id "l", and the record may be refused; expected that of a call.
      `,
    );
  });

  it('warns of an id that a call without an answer has already', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":"3"}]}
                                                                                                                                 ^^^ warning Id "1" is that of a call before without an answer, and the record may be refused; expected one of its own.
      `,
    );
  });

  it('reports tools and functions that are not arrays of the documented objects', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi"}],"tools":{"type":"function"},"functions":"f"}
                                                           ^ error "tools" is an object; expected an array of tools; the service refuses the file.
                                                                                           ^^^ error "functions" is a string; expected an array of functions; the service refuses the file.
      {"messages":[{"role":"user","content":"Hi"}],"tools":["f",{},{"type":"web_search","function":[]},{"type":"function","function":{"name":"a b","parameters":[]}}],"functions":[1,{"description":"f"}]}
                                                            ^^^ error Tool is a string; expected an object with "type" and "function"; the service refuses the file.
                                                                ^ error Tool has no "type"; expected "function"; the service refuses the file.
                                                                ^ error Tool has no "function"; expected an object with "name"; the service refuses the file.
                                                                           ^^^^^^^^^^^^ error Type of the tool is "web_search"; expected "function"; the service refuses the file.
                                                                                                   ^ error "function" is an array; expected an object with "name"; the service refuses the file.
                                                                                                                                             ^^^^^ error Name of the function is "a b"; expected 1 to 64 letters, digits, underscores or dashes; the service refuses the file.
                                                                                                                                                                ^ error "parameters" is an array; expected an object, a JSON Schema; the service refuses the file.
                                                                                                                                                                                   ^ error Function is a number; expected an object with "name"; the service refuses the file.
                                                                                                                                                                                     ^ error Function has no "name"; expected 1 to 64 letters, digits, underscores or dashes; the service refuses the file.
      {"messages":[{"role":"user","content":"Hi"}],"parallel_tool_calls":"false"}
                                                                         ^^^^^^^ error "parallel_tool_calls" is "false"; expected true or false; the service refuses the file.
      `,
    );
  });

  it('only warns of null beside "messages", which may count as absent', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi"}],"tools":null,"functions":null,"parallel_tool_calls":null}
                                                           ^^^^ warning "tools" is null; expected an array of tools, else it may be refused.
                                                                            ^^^^ warning "functions" is null; expected an array of functions, else it may be refused.
                                                                                                       ^^^^ warning "parallel_tool_calls" is null; expected true or false, else it may be refused.
      `,
    );
  });

  it('looks at calls under a role that is unknown, but not under another one', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"bot","content":"a","tool_calls":[1]}]}
                                                             ^ error Call is a number; expected an object with "id", "type" and "function"; the service refuses the file.
      {"messages":[{"role":"user","content":"a","tool_calls":[1]},{"role":"user","content":"b","tool_call_id":"1"}]}
      `,
      { alongside: ['message-role', 'unknown-key'] },
    );
  });

  it('writes arguments as a string, with the text that they have', () => {
    const record = (given: string): string =>
      `{"messages": [{"role": "assistant", "function_call": {"name": "f", "arguments": ${given}}}]}`;
    checkFix(
      rule,
      record(String.raw`{"a" : "\u00e9\"",  "b": [1.0]}`),
      record(String.raw`"{\"a\" : \"\\u00e9\\\"\",  \"b\": [1.0]}"`),
    );
    deepEqual(fixTitles(rule, record('[1]')), []);
  });

  it('reports an answer of the older form that names no function, and an empty list of functions', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"function","content":"3"},{"role":"function","name":null,"content":"3"},{"role":"function","name":"","content":"3"}],"functions":[]}
                   ^ error Message 1 has no "name"; expected the name of the function that it answers for; the service refuses the file.
                                                                               ^^^^ error "name" is null; expected the name of the function that it answers for; the service refuses the file.
                                                                                                                             ^^ error "name" is ""; expected the name of the function that it answers for; the service refuses the file.
                                                                                                                                                            ^ warning "functions" is empty; expected at least one, else the record may be refused.
      `,
      { alongside: ['message-order'] },
    );
  });

  it('only warns of more functions than the description of the format has', () => {
    const withFunctions = (count: number): string =>
      `{"messages":[{"role":"assistant","content":"3"}],"functions":[${Array.from({ length: count }, () => '{"name":"f"}').join()}]}`;
    noFinding(withFunctions(128));
    const record = withFunctions(129);
    const place = record.indexOf('"functions":') + '"functions":'.length;
    const message =
      '"functions" has 129 entries; expected at most 128, else the record may be refused.';
    checkRule(rule, `${record}\n${' '.repeat(place)}^ warning ${message}`);
  });

  it('is not slowed by calls that nobody answers', { timeout: 10_000 }, () => {
    const calls = Array.from({ length: 50_000 }, (_, id) => ({
      id: String(id),
      type: 'function',
      function: { name: 'f', arguments: '{}' },
    }));
    const messages = [{ role: 'assistant', tool_calls: calls }];
    checkRule(rule, JSON.stringify({ messages }), { alongside: ['example-too-long'] });
  });

  it('has the severity that the settings give it, also where its own differs', () => {
    const fixture = `
      {"messages":[{"role":"assistant","content":"a","tool_calls":[]}]}
                                                                  ^ info "tool_calls" is empty; expected at least one call, else the record may be refused.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'info' } });
    noFinding('{"messages":[{"role":"tool","content":"3"}]}', { severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"tool"
      {"messages":[{"role":"tool","content":"3"}]}
                   ^ error Message 1 has no "tool_call_id"; expected the id of the call that it answers; the service refuses the file.
      ]}
      `,
      { alongside: ['json-syntax'] },
    );
  });
});
