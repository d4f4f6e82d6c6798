import { describe, it } from 'node:test';
import { checkRule } from '../helpers/checkRule.ts';
import { alikeImages } from '../helpers/alikeImages.ts';

const rule = 'train-validation-leak';
const url = 'https://example.com/a.png';
const one = record('What?', url, 'A cat.');
const other = record('Which?', 'https://example.com/b.png', 'A dog.');
const note = (line: number, severity = 'info') =>
  `^ ${severity} Example stands in "val.jsonl", line ${line} too; what is trained on does not validate.`;

describe(rule, () => {
  it('accepts files that have nothing in common, and a file without another', () => {
    checkRule(rule, one, { validation: other });
    checkRule(rule, one);
  });

  it('reports an example that both have, with the first line of it there', () => {
    const validation = [other, one, one].join('\n');
    checkRule(rule, [one, note(2)].join('\n'), { validation });
  });

  it('reports an image that both have, on its address, once an example', () => {
    const asked = record('Which?', url, 'A dog.');
    const place = `${' '.repeat(asked.indexOf(url) - 1)}${'^'.repeat(url.length + 2)}`;
    const message =
      'Image stands in "val.jsonl", line 1 too; what is trained on does not validate.';
    checkRule(rule, [asked, `${place} info ${message}`].join('\n'), { validation: one });
  });

  it('accepts an example that answers a question otherwise, where that has no image', () => {
    const text = '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"A"}]}';
    checkRule(rule, text, { validation: text.replace('"A"', '"B"') });
  });

  it('tells long images that are alike in length and samples by all of their bytes', () => {
    const [first, second] = alikeImages.map((image) => record('What?', image, 'A cat.'));
    checkRule(rule, first ?? '', { validation: second ?? '' });
    checkRule(rule, `${first}\n${note(1)}`, { validation: first ?? '' });
  });

  it('has the severity that the settings give it', () => {
    const severities = { [rule]: 'warning' } as const;
    checkRule(rule, `${one}\n${note(1, 'warning')}`, { validation: one, severities });
    checkRule(rule, one, { validation: one, severities: { [rule]: 'off' } });
  });
});

/** A record with an answer to a question about an image. */
function record(question: string, url: string, answer: string): string {
  const content = `[{"type":"text","text":"${question}"},{"type":"image_url","image_url":{"url":"${url}","detail":"low"}}]`;
  return `{"messages":[{"role":"user","content":${content}},{"role":"assistant","content":"${answer}"}]}`;
}
