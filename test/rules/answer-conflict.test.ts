import { describe, it } from 'node:test';
import { checkRule } from '../helpers/checkRule.ts';

const rule = 'answer-conflict';
const cat = record('What?', 'https://example.com/a.png', 'A cat.');
const dog = record('What?', 'https://example.com/a.png', 'A dog.');
const note = (severity = 'info') =>
  `${' '.repeat(cat.indexOf('{"role":"assistant"'))}^ ${severity} Answer differs from the one in line 1 to the same question; expected one answer to learn.`;

describe(rule, () => {
  it('accepts one answer, however it is written', () => {
    checkRule(rule, [cat, cat, cat.replace('"A cat."', ' "A\\u0020cat."')].join('\n'));
  });

  it('accepts different answers to different questions or about different images', () => {
    checkRule(
      rule,
      [cat, dog.replace('What?', 'Which?'), dog.replace('a.png', 'b.png')].join('\n'),
    );
  });

  it('reports each other answer once, on the message of the assistant', () => {
    const cow = dog.replace('dog', 'cow');
    checkRule(rule, [cat, dog, note(), cat, dog, cow, note()].join('\n'));
  });

  it('says nothing of an example without an answer', () => {
    const asked = cat.replace(/,\{"role":"assistant".*?\}/, '');
    checkRule(rule, [asked, cat, asked].join('\n'));
  });

  it('has the severity that the settings give it', () => {
    checkRule(rule, [cat, dog, note('warning')].join('\n'), { severities: { [rule]: 'warning' } });
    checkRule(rule, `${cat}\n${dog}`, { severities: { [rule]: 'off' } });
  });
});

/** A record with an answer to a question about an image. */
function record(question: string, url: string, answer: string): string {
  const content = `[{"type":"text","text":"${question}"},{"type":"image_url","image_url":{"url":"${url}","detail":"low"}}]`;
  return `{"messages":[{"role":"user","content":${content}},{"role":"assistant","content":"${answer}"}]}`;
}
