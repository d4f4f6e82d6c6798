import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFix, checkRule, fixTitles, noFinding } from '../helpers/checkRule.ts';

const rule = 'assistant-weight';

describe(rule, () => {
  it('accepts 0 and 1 from the assistant, and none', () => {
    noFinding(
      '{"messages":[{"role":"assistant","content":"a","weight":0},{"role":"assistant","content":"b","weight":1},{"role":"assistant","content":"c"}]}',
    );
  });

  it('accepts 1.0, which is 1 in JSON', () => {
    noFinding('{"messages":[{"role":"assistant","content":"a","weight":1.0}]}');
  });

  it('reports any other value on it', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":"a","weight":0.5},{"role":"assistant","content":"b","weight":-1},{"role":"assistant","content":"c","weight":1e400}]}
                                                              ^^^ error Weight is 0.5; expected 0 or 1, else the file is refused.
                                                                                                              ^^ error Weight is -1; expected 0 or 1, else the file is refused.
                                                                                                                                                             ^^^^^ error Weight is 1e400; expected 0 or 1, else the file is refused.
      {"messages":[{"role":"assistant","content":"a","weight":"1"},{"role":"assistant","content":"b","weight":true},{"role":"assistant","content":"c","weight":[1]}]}
                                                              ^^^ error Weight is "1"; expected 0 or 1, else the file is refused.
                                                                                                              ^^^^ error Weight is true; expected 0 or 1, else the file is refused.
                                                                                                                                                               ^ error Weight is an array; expected 0 or 1, else the file is refused.
      `,
    );
  });

  it('shows at most 40 characters of a number', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":"a","weight":0.333333333333333333333333333333333333333333333333333333333333}]}
                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error Weight is 0.3333333333333333333333333333333333333…; expected 0 or 1, else the file is refused.
      `,
    );
  });

  it('only warns of null, which may count as none', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":"a","weight":null}]}
                                                              ^^^^ warning Weight is null, which may be refused; expected 0 or 1, or no weight.
      `,
    );
  });

  it('warns of a weight in another message, whatever its value, on the key', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"a","weight":1},{"role":"system","weight":7,"content":"b"}]}
                                                ^^^^^^^^ warning Weight in a message of role user may be refused; expected in messages of the assistant.
                                                                             ^^^^^^^^ warning Weight in a message of role system may be refused; expected in messages of the assistant.
      `,
    );
  });

  it('looks at the value alone where the role is missing or unknown', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"bot","content":"a","weight":0},{"content":"a","weight":2}]}
                                                                                   ^ error Weight is 2; expected 0 or 1, else the file is refused.
      `,
      { alongside: ['message-role'] },
    );
  });

  it('warns of a weight beside "messages" for Azure OpenAI, whose reaction is not known', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":"a"}],"weight":1}
                                                       ^^^^^^^^ warning Weight beside "messages" may be refused; expected in messages of the assistant.
      `,
    );
  });

  it('is an error beside "messages" for OpenAI, which was seen to refuse it, and the only one', () => {
    checkRule(
      rule,
      `
      {"weight":1,"messages":[{"role":"assistant","content":"a"}]}
       ^^^^^^^^ error Weight beside "messages" makes OpenAI refuse the file; expected in messages of the assistant.
      `,
      { profile: 'openai' },
    );
  });

  it('warns where nothing is learned, on the last weight', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":"a","weight":0},{"role":"user","content":"b"},{"role":"assistant","content":"c","weight":0}]}
                                                                                                                                          ^ warning Weight is 0 in every message of the assistant, so that nothing is learned; expected 1 in at least one.
      `,
    );
  });

  it('sets what was certainly meant', () => {
    const before = (weight: string): string =>
      `{"messages":[{"role":"assistant","content":"a"},{"role":"assistant","weight":${weight},"content":"b"}]}`;
    checkFix(rule, before('true'), before('1'));
    checkFix(rule, before('"1"'), before('1'));
    checkFix(rule, before('false'), before('0'));
    checkFix(rule, before('" 0 "'), before('0'));
  });

  it('lets one choose for another value', () => {
    const record = '{"messages":[{"role":"assistant","content":"a","weight":0.5}]}';
    deepEqual(fixTitles(rule, record), ['Set weight to 1', 'Set weight to 0']);
    checkFix(rule, record, record.replace('0.5', '1'), 'Set weight to 1');
  });

  it('takes the weight away where it is null, of another role, or at the top', () => {
    checkFix(
      rule,
      '{"messages": [{"weight": null, "role": "assistant", "content": "a"}]}',
      '{"messages": [{"role": "assistant", "content": "a"}]}',
    );
    checkFix(
      rule,
      '{"messages": [{"role": "user", "content": "a", "weight": 1}]}',
      '{"messages": [{"role": "user", "content": "a"}]}',
    );
    checkFix(
      rule,
      '{"messages": [{"role": "user", "content": "a"}], "weight": 1}',
      '{"messages": [{"role": "user", "content": "a"}]}',
    );
  });

  it('lets the last answer be learned where none is', () => {
    checkFix(
      rule,
      '{"messages":[{"role":"assistant","content":"a","weight":0},{"role":"assistant","content":"b","weight":0}]}',
      '{"messages":[{"role":"assistant","content":"a","weight":0},{"role":"assistant","content":"b","weight":1}]}',
    );
  });

  it('has the severity that the settings give it, also where its own differs', () => {
    const fixture = `
      {"messages":[{"role":"user","content":"a","weight":1}]}
                                                ^^^^^^^^ hint Weight in a message of role user may be refused; expected in messages of the assistant.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'hint' } });
    noFinding('{"messages":[{"role":"assistant","content":"a","weight":2}]}', {
      severities: { [rule]: 'off' },
    });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"messages":[{"weight":2
      {"messages":[{"role":"assistant","content":"a","weight":2}]}
                                                              ^ error Weight is 2; expected 0 or 1, else the file is refused.
      ]}
      `,
      { alongside: ['json-syntax'] },
    );
  });
});
