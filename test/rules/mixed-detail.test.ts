import { describe, it } from 'node:test';
import { checkRule } from '../helpers/checkRule.ts';

const rule = 'mixed-detail';
const low = record('low');
const high = record('high');

describe(rule, () => {
  it('accepts images of one detail, and a file without images', () => {
    checkRule(rule, [low, low, low].join('\n'));
    checkRule(rule, '{"messages":[{"role":"user","content":"Hi"}]}');
  });

  it('accepts an exception in more than ten', () => {
    checkRule(rule, [...Array<string>(10).fill(low), high].join('\n'));
  });

  it('reports a second detail that a tenth of the images have, where it stands first', () => {
    const message =
      'Images have different details (9 low, 1 high); expected one, as the model will be used.';
    checkRule(rule, [low, high, `^ info ${message}`, ...Array<string>(8).fill(low)].join('\n'));
  });

  it('counts a detail that is left out as auto, and names the most frequent first', () => {
    const auto = low.replace(',"detail":"low"', '');
    const message =
      'Images have different details (2 auto, 1 low, 1 high); expected one, as the model will be used.';
    checkRule(rule, [auto, record('auto'), low, `^ info ${message}`, high].join('\n'));
  });

  it('counts no detail that nobody knows, of which image-detail speaks', () => {
    const unknown = [record('ultra'), low.replace('"low"', 'null')];
    checkRule(rule, [low, ...unknown].join('\n'), { alongside: ['image-detail'] });
  });

  it('has the severity that the settings give it', () => {
    checkRule(
      rule,
      [
        low,
        high,
        '^ warning Images have different details (1 low, 1 high); expected one, as the model will be used.',
      ].join('\n'),
      { severities: { [rule]: 'warning' } },
    );
    checkRule(rule, `${low}\n${high}`, { severities: { [rule]: 'off' } });
  });
});

function record(detail: string): string {
  const image = `{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"${detail}"}}`;
  return `{"messages":[{"role":"user","content":[${image}]}]}`;
}
