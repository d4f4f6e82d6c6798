import { describe, it } from 'node:test';
import { checkRule, noFinding } from '../helpers/checkRule.ts';

const rule = 'message-order';

describe(rule, () => {
  it('accepts any order that ends with the assistant and has a question', () => {
    accept('user assistant');
    accept('system user assistant user assistant');
    accept('user system assistant');
    accept('assistant user assistant');
    accept('user assistant assistant');
  });

  it('accepts two user messages in a row, as in the examples of both vendors', () => {
    accept('system user user assistant');
    accept('user user user assistant user user assistant');
  });

  it('accepts a call of a tool as the end', () => {
    checkRule(
      rule,
      '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}]}',
    );
  });

  it('warns of an end that is not the answer of the assistant', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi"}]}
                           ^^^^^^ warning Last message is of role user; expected the assistant's, which is what is learned, else the record may be refused.
      {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hi"},{"role":"system","content":"Be brief."}]}
                                                                                              ^^^^^^^^ warning Last message is of role system; expected the assistant's, which is what is learned, else the record may be refused.
      `,
    );
  });

  it('warns of a conversation without a user', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"system","content":"Be brief."},{"role":"assistant","content":"Hi"}]}
                  ^ warning No message is of role user; expected at least one, else the record may be refused.
      `,
    );
  });

  it('says nothing where a role is missing or unknown, or a message is none', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"assistant","content":"Hi"},{"role":"bot","content":"Hi"}]}
      {"messages":[{"content":"Hi"},{"role":"system","content":"Hi"}]}
      {"messages":[{"role":"user","content":"Hi"},"Hi"]}
      {"messages":[]}
      {"messages":[1]}
      {}
      `,
      { alongside: ['message-role', 'record-shape'] },
    );
  });

  it('has the severity that the settings give it', () => {
    const fixture = `
      {"messages":[{"role":"user","content":"Hi"}]}
                           ^^^^^^ error Last message is of role user; expected the assistant's, which is what is learned, else the record may be refused.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'error' } });
    noFinding('{"messages":[{"role":"user","content":"Hi"}]}', { severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user"
      {"messages":[{"role":"user","content":"Hi"}]}
                           ^^^^^^ warning Last message is of role user; expected the assistant's, which is what is learned, else the record may be refused.
      ]}
      `,
      { alongside: ['json-syntax'] },
    );
  });
});

/** No finding on messages of these roles. */
function accept(roles: string): void {
  const messages = roles.split(' ').map((role) => ({ role, content: 'Hi' }));
  checkRule(rule, JSON.stringify({ messages }));
}
