import { describe, it } from 'node:test';
import { checkRule } from '../helpers/checkRule.ts';

const rule = 'skip-limit';
const gif =
  '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(gif 8x8)","detail":"low"}}]}]}';
const good = '{"messages":[{"role":"user","content":"Hi"}]}';
const alongside = ['image-format'];

describe(rule, () => {
  it('accepts 200 examples that are skipped and reports more, on the first past the limit', () => {
    const message = 'examples have images that are skipped; Azure OpenAI fails the job past 200.';
    const gifs = Array<string>(200).fill(gif);
    checkRule(rule, gifs.join('\n'), { alongside });
    checkRule(rule, [...gifs, good, gif, `^ error 202 ${message}`, gif].join('\n'), { alongside });
  });

  it('counts an example with several such images once, and warnings not at all', () => {
    const two = gif.replace(/\[(\{"type".*?\}\})\]/, '[$1,$1]');
    const large = gif.replace('gif 8x8', 'png 8x8 byteLength=2000');
    const limits = { maxSkippedExamples: 1, warnImageBytes: 1000 };
    checkRule(rule, [two, large].join('\n'), { limits, alongside: [...alongside, 'image-size'] });
  });

  it('goes by the limit of the settings', () => {
    const message = '2 examples have images that are skipped; Azure OpenAI fails the job past 1.';
    const limits = { maxSkippedExamples: 1 };
    checkRule(rule, [gif, gif, `^ error ${message}`].join('\n'), { limits, alongside });
  });

  it('counts what the service skips, whatever severity the settings give the rule that found it', () => {
    const message = '2 examples have images that are skipped; Azure OpenAI fails the job past 1.';
    const options = {
      limits: { maxSkippedExamples: 1 },
      severities: { 'image-format': 'hint' },
    } as const;
    checkRule(rule, [gif, gif, `^ error ${message}`].join('\n'), options);
  });

  it('has the severity that the settings give it', () => {
    const message = '2 examples have images that are skipped; Azure OpenAI fails the job past 1.';
    const limits = { maxSkippedExamples: 1 };
    const fixture = [gif, gif, `^ info ${message}`].join('\n');
    checkRule(rule, fixture, { limits, alongside, severities: { [rule]: 'info' } });
    checkRule(rule, [gif, gif].join('\n'), { limits, alongside, severities: { [rule]: 'off' } });
  });
});
