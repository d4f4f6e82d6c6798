import { describe, it } from 'node:test';
import { checkRule, noFinding } from '../helpers/checkRule.ts';

const rule = 'too-many-image-examples';
const text = '{"messages":[{"role":"user","content":"Hi"}]}';
const image =
  '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"low"}}]}]}';

describe(rule, () => {
  it('accepts 50,000 examples with images and warns of more, on the first one past the limit', () => {
    const message =
      'File has 50,002 examples with images; the service takes at most 50,000, and this is the first past it.';
    const lines = `${image}\n`;
    checkRule(rule, `${lines.repeat(50_001)}^ warning ${message}\n${lines}`);
  });

  it('does not count examples without images, and counts those with several images once', () => {
    const two = image.replace(/\[(\{"type".*?\}\})\]/, '[$1,$1]');
    noFinding(`${two}\n${text}\n${text}\n${image}`, { limits: { maxImageExamples: 2 } });
  });

  it('goes by the limit of the settings', () => {
    checkRule(
      rule,
      `
      ${image}
      ${text}
      ${image}
      ^ warning File has 2 examples with images; the service takes at most 1, and this is the first past it.
      `,
      { limits: { maxImageExamples: 1 } },
    );
  });

  it('has the severity that the settings give it', () => {
    const message =
      'File has 2 examples with images; the service takes at most 1, and this is the first past it.';
    const options = { limits: { maxImageExamples: 1 } };
    checkRule(rule, `${image}\n${image}\n^ error ${message}`, {
      ...options,
      severities: { [rule]: 'error' },
    });
    noFinding(`${image}\n${image}`, { ...options, severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"messages":
      ${image}
      ${image}
      ^ warning File has 2 examples with images; the service takes at most 1, and this is the first past it.
      {"messages":
      `,
      { limits: { maxImageExamples: 1 }, alongside: ['json-syntax'] },
    );
  });
});
