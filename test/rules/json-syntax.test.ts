import { describe, it } from 'node:test';
import { checkRule, noFinding } from '../helpers/checkRule.ts';

const rule = 'json-syntax';
const good = '{"messages":[{"role":"user","content":"Hi"}]}';

describe(rule, () => {
  it('accepts any JSON white space around and between values, and escapes of every kind', () => {
    noFinding(String.raw`	{ "messages" : [ {"role": "user", "content": "\u00e9 \ud83d \/ \n"} ] } `);
  });

  it('reports nothing on blank lines, which blank-line does', () => {
    checkRule(rule, `${good}\n\n   \n${good}\n`, { alongside: ['blank-line'] });
  });

  it('does not speak of duplicate keys, which duplicate-key does', () => {
    checkRule(rule, '{"messages":1,"messages":[{"role":"user","role":"user","content":"Hi"}]}', {
      alongside: ['duplicate-key'],
    });
  });

  it('reports a trailing comma on the comma', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi"},]}
                                                 ^ error Trailing comma before "]"; the service refuses the file.
      `,
    );
  });

  it('reports what is missing at the end of the record, where it is missing', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi"}]
                                                  ^| error Expected "," or "}", found the end of the record; the service refuses the file.
      {"messages":[{"role":"user","content":"Hi
                                               ^| error Expected the closing quote of a string, found the end of the record; the service refuses the file.
      `,
    );
  });

  it('reports a word, a number and an escape as a whole, from its first character', () => {
    checkRule(
      rule,
      String.raw`
      {"messages":[{"role":"user","content":None}]}
                                            ^^^^ error Expected a value, found "None"; the service refuses the file.
      {"messages":[],"weight":01}
                              ^^ error "01" is not a number that JSON knows; the service refuses the file.
      {"messages":[{"role":"user","content":"C:\scans"}]}
                                               ^^ error "\s" is not an escape that JSON knows; the service refuses the file.
      `,
    );
  });

  it('says of single quotes what JSON takes instead', () => {
    checkRule(
      rule,
      `
      {'messages':[]}
       ^ error Expected a key in double quotes, found a single quote, which JSON does not take; the service refuses the file.
      `,
    );
  });

  it('reports an unescaped control character by its code point', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"a\tb"}]}
                                              ^ error Control character U+0009 in a string must be escaped; the service refuses the file.
      `,
    );
  });

  it('reports a second record on the same line', () => {
    checkRule(
      rule,
      `
      {"messages":[]}{"messages":[]}
                     ^ error Expected the end of the record, found a second value; the service refuses the file.
      `,
    );
  });

  it('reports a line that begins with a caret', () => {
    checkRule(
      rule,
      String.raw`
      \^{"messages":[]}
      ^^ error Expected a value, found "^"; the service refuses the file.
      `,
    );
  });

  it('is the only finding of its record, however wrong the rest', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"robot","content":[{"type":"picture"}]},]}
                                                                  ^ error Trailing comma before "]"; the service refuses the file.
      `,
    );
  });

  it('is silent when switched off', () => {
    noFinding('{"messages":[}', { severities: { [rule]: 'off' } });
  });

  it('is a warning when the settings say so', () => {
    const fixture = `
      [
       ^| warning Expected a value, found the end of the record; the service refuses the file.
    `;
    checkRule(rule, fixture, { severities: { [rule]: 'warning' } });
  });

  it('reports each broken line by itself: the neighbours of a good one change nothing for it', () => {
    checkRule(
      rule,
      `
      {"messages":[
                   ^| error Expected a value, found the end of the record; the service refuses the file.
      ${good}
      "messages":[]}
                ^ error Expected the end of the record, found ":"; the service refuses the file.
      `,
    );
  });

  it('reports what is no text where text-encoding is switched off', () => {
    const record = '{"messages": "\0"}';
    const message = 'NUL character in the text; the service refuses the file.';
    checkRule('json-syntax', `${record}\n${' '.repeat(14)}^ error ${message}`, {
      severities: { 'text-encoding': 'off' },
    });
    checkRule('json-syntax', record, { alongside: ['text-encoding'] });
  });
});
