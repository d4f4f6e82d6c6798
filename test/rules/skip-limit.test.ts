import { describe, it } from 'node:test';
import { checkRule } from '../helpers/checkRule.ts';
import { pictureRecord } from '../helpers/pictureRecord.ts';

const rule = 'skip-limit';
const gif =
  '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"$image(gif 8x8)","detail":"low"}}]}]}';
const good = '{"messages":[{"role":"user","content":"Hi"}]}';
const picturePart =
  '{"type":"image_url","image_url":{"url":"https://example.com/0.png","detail":"low"}}';
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

  const web = (index: number): string => pictureRecord(`https://example.com/${index}.png`);
  const forecast = (...indices: readonly number[]) =>
    Object.fromEntries(
      indices.map((index) => [
        `https://example.com/${index}.png`,
        { likelySkipped: [{ kind: 'face', confidence: 0.9 } as const] },
      ]),
    );

  it('says a range after a forecast, of which only what is certain makes an error', () => {
    const message =
      'Between 2 and 3 examples, the upper number by the forecast, have images that are skipped; Azure OpenAI fails the job past 1.';
    const options = { limits: { maxSkippedExamples: 1 }, learnt: forecast(0), alongside };
    checkRule(rule, [web(0), gif, gif, `^ error ${message}`, good].join('\n'), options);
  });

  it('tells as information that a forecast would pass the limit if all of it came true', () => {
    const message =
      'Between 1 and 3 examples, the upper number by the forecast, have images that are skipped; Azure OpenAI fails the job past 2.';
    const options = { limits: { maxSkippedExamples: 2 }, learnt: forecast(0, 1), alongside };
    checkRule(rule, [gif, web(0), web(1), `^ info ${message}`, web(2)].join('\n'), options);
    checkRule(rule, [gif, web(0), web(2)].join('\n'), options);
  });

  it('does not count an example twice that is skipped anyway', () => {
    const two = gif.replace(/\[(\{"type".*?\}\})\]/, `[$1,${picturePart}]`);
    const options = { limits: { maxSkippedExamples: 1 }, learnt: forecast(0), alongside };
    checkRule(rule, [two, good].join('\n'), options);
  });

  it('has the severity that the settings give it', () => {
    const message = '2 examples have images that are skipped; Azure OpenAI fails the job past 1.';
    const limits = { maxSkippedExamples: 1 };
    const fixture = [gif, gif, `^ info ${message}`].join('\n');
    checkRule(rule, fixture, { limits, alongside, severities: { [rule]: 'info' } });
    checkRule(rule, [gif, gif].join('\n'), { limits, alongside, severities: { [rule]: 'off' } });
  });
});
