import { describe, it } from 'node:test';
import { checkRule } from '../helpers/checkRule.ts';
import { alikeImages } from '../helpers/alikeImages.ts';

const rule = 'duplicate-example';
const one = record('What?', 'https://example.com/a.png', 'A cat.');
const note = (line: number) =>
  `^ info Example is the same as in line ${line}; it is trained on and paid for once more.`;

describe(rule, () => {
  it('accepts examples that differ in question, image or answer', () => {
    checkRule(
      rule,
      [
        one,
        record('Which?', 'https://example.com/a.png', 'A cat.'),
        record('What?', 'https://example.com/b.png', 'A cat.'),
        record('What?', 'https://example.com/a.png', 'A dog.'),
        one.replace('"messages"', '"tools":[],"messages"'),
      ].join('\n'),
      { alongside: ['tool-call'] },
    );
  });

  it('reports each copy but the first, and names the line of that', () => {
    const other = record('Which?', 'https://example.com/b.png', 'A dog.');
    checkRule(rule, [other, one, one, note(2), other, note(1), one, note(2)].join('\n'));
  });

  it('takes no account of white space outside of strings, of escapes, nor of the order of keys in a message', () => {
    const spaced = one.replaceAll('":', '" :\t').replaceAll(',"', ' ,  "');
    const escaped = one.replace('What?', '\\u0057hat?').replace('https:/', 'https:\\/');
    const turned = one.replace(
      '"role":"assistant","content":"A cat."',
      '"content":"A cat.","role":"assistant"',
    );
    checkRule(rule, [one, spaced, note(1), escaped, note(1), turned, note(1)].join('\n'));
  });

  it('takes account of white space in strings', () => {
    checkRule(rule, [one, one.replace('What?', 'What? ')].join('\n'));
  });

  it('tells long images that are alike in length and samples by all of their bytes', () => {
    const [first, second] = alikeImages.map((url) => record('What?', url, 'A cat.'));
    checkRule(rule, [first, second, first, note(1), second, note(2)].join('\n'));
  });

  it('says nothing of examples with an error, which are to be repaired first', () => {
    const broken = one.replace('user', 'wizard');
    checkRule(rule, `${broken}\n${broken}`, { alongside: ['message-role'] });
  });

  it('reports 1,000 copies at most', () => {
    checkRule(
      rule,
      [one, ...Array.from({ length: 1000 }, () => `${one}\n${note(1)}`), one].join('\n'),
    );
  });

  it('has the severity that the settings give it', () => {
    checkRule(rule, `${one}\n${one}\n${note(1).replace('info', 'warning')}`, {
      severities: { [rule]: 'warning' },
    });
    checkRule(rule, `${one}\n${one}`, { severities: { [rule]: 'off' } });
  });
});

/** A record with an answer to a question about an image. */
function record(question: string, url: string, answer: string): string {
  const content = `[{"type":"text","text":"${question}"},{"type":"image_url","image_url":{"url":"${url}","detail":"low"}}]`;
  return `{"messages":[{"role":"user","content":${content}},{"role":"assistant","content":"${answer}"}]}`;
}
