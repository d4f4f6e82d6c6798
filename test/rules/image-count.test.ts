import { describe, it } from 'node:test';
import { checkRule, noFinding } from '../helpers/checkRule.ts';

const rule = 'image-count';

describe(rule, () => {
  it('accepts 64 images for Azure OpenAI, and 10 for OpenAI', () => {
    noFinding(withImages(64));
    noFinding(withImages(10), { profile: 'openai' });
  });

  it('reports the 65th image of an example for Azure OpenAI', () => {
    checkRule(rule, `${withImages(65)}\n${under(65)} error ${azure}`);
  });

  it('reports the 11th image of an example for OpenAI, once', () => {
    const message = 'Example has 12 images; OpenAI takes at most 10 in an example.';
    checkRule(rule, `${withImages(12)}\n${under(11)} error ${message}`, { profile: 'openai' });
  });

  it('counts the images of all messages together', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"low"}}]},{"role":"user","content":[{"type":"image_url","image_url":{"url":"b","detail":"low"}}]}]}
                                                                                                                                                                            ^^^ error Example has 2 images; Azure OpenAI takes at most 1 in an example.
      `,
      { limits: { maxImagesPerExample: 1 } },
    );
  });

  it('does not count from one example to the next', () => {
    noFinding(`${withImages(40)}\n${withImages(40)}`);
  });

  it('has the severity that the settings give it', () => {
    const options = { limits: { maxImagesPerExample: 1 } };
    const message = 'Example has 2 images; Azure OpenAI takes at most 1 in an example.';
    const fixture = `${withImages(2)}\n${under(2)} hint ${message}`;
    checkRule(rule, fixture, { ...options, severities: { [rule]: 'hint' } });
    noFinding(withImages(2), { ...options, severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    const broken = withImages(65).slice(1);
    const fixture = `${broken}\n${withImages(65)}\n${under(65)} error ${azure}\n${broken}`;
    checkRule(rule, fixture, { alongside: ['json-syntax'] });
  });
});

const azure = 'Example has 65 images; Azure OpenAI takes at most 64 in an example.';
const before = '{"messages":[{"role":"user","content":[';

function part(number: number): string {
  const address = String(number).padStart(3, '0');
  return `{"type":"image_url","image_url":{"url":"${address}","detail":"low"}}`;
}

function withImages(count: number): string {
  return `${before}${Array.from({ length: count }, (_, index) => part(index + 1)).join()}]}]}`;
}

/** Carets under the address of an image, counted from 1. */
function under(number: number): string {
  const start = before.length + (number - 1) * (part(1).length + 1) + part(1).indexOf('"001"');
  return `${' '.repeat(start)}^^^^^`;
}
