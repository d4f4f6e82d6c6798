import { describe, it } from 'node:test';
import { checkRule } from '../helpers/checkRule.ts';
import { alikeImages } from '../helpers/alikeImages.ts';

const rule = 'duplicate-image';
const url = 'https://example.com/a.png';
const first = record('What?', url, 'A cat.');
const second = record('Which?', url, 'A dog.');
const place = `${' '.repeat(second.indexOf(url) - 1)}${'^'.repeat(url.length + 2)}`;

describe(rule, () => {
  it('accepts an image that one example has twice', () => {
    const part = `{"type":"image_url","image_url":{"url":"${url}","detail":"low"}}`;
    checkRule(rule, first.replace(part, `${part},${part}`));
  });

  it('reports the second use of an image, on its address', () => {
    const message =
      'Image is the one in line 1; both examples with it teach less than different ones.';
    checkRule(rule, [first, second, `${place} info ${message}`].join('\n'));
  });

  it('reports an image once and counts the examples that have it', () => {
    const message =
      'Image is the one in line 1; 3 examples with it teach less than different ones.';
    const third = record('How?', url, 'Well.');
    checkRule(rule, [first, second, `${place} info ${message}`, third].join('\n'));
  });

  it('does not count the images of copies, nor of other answers to a question', () => {
    checkRule(rule, [first, first, first.replace('cat', 'dog')].join('\n'));
  });

  it('tells long images that are alike in length and samples by all of their bytes', () => {
    const questions = alikeImages.map((image, index) => record(`${index}`, image, 'A cat.'));
    checkRule(rule, questions.join('\n'));
    const again = record('2', alikeImages[1], 'A cat.');
    const start = again.indexOf('data:') - 1;
    const note = `${' '.repeat(start)}${'^'.repeat(80)} info Image is the one in line 2; both examples with it teach less than different ones.`;
    checkRule(rule, [...questions, again, note].join('\n'));
  });

  it('has the severity that the settings give it', () => {
    checkRule(
      rule,
      [
        first,
        second,
        `${place} warning Image is the one in line 1; both examples with it teach less than different ones.`,
      ].join('\n'),
      { severities: { [rule]: 'warning' } },
    );
    checkRule(rule, `${first}\n${second}`, { severities: { [rule]: 'off' } });
  });
});

/** A record with an answer to a question about an image. */
function record(question: string, url: string, answer: string): string {
  const content = `[{"type":"text","text":"${question}"},{"type":"image_url","image_url":{"url":"${url}","detail":"low"}}]`;
  return `{"messages":[{"role":"user","content":${content}},{"role":"assistant","content":"${answer}"}]}`;
}
