import { describe, it } from 'node:test';
import { checkRule } from '../helpers/checkRule.ts';

const rule = 'file-budget';
const alongside = ['image-detail'];

describe(rule, () => {
  it('counts an image at low or auto as 85 tokens and at high as one tile, and accepts the limit', () => {
    const file = [record('low'), record('auto'), record('high')];
    const message =
      'Images have at least 425 tokens in one epoch; Azure OpenAI trains on at most 424 in a job.';
    checkRule(rule, file.join('\n'), { limits: { maxTrainingTokens: 425 } });
    checkRule(rule, [file[0], `^ warning ${message}`, ...file.slice(1)].join('\n'), {
      limits: { maxTrainingTokens: 424 },
    });
  });

  it('multiplies by the epochs of the settings', () => {
    const message =
      'Images have at least 255 tokens in 3 epochs; Azure OpenAI trains on at most 254 in a job.';
    checkRule(rule, `${record('low')}\n^ warning ${message}`, {
      epochs: 3,
      limits: { maxTrainingTokens: 254 },
    });
  });

  it('counts neither text nor a detail that nobody knows', () => {
    const text = '{"messages":[{"role":"user","content":"What is it?"}]}';
    const limits = { maxTrainingTokens: 1 };
    checkRule(rule, [text, record('ultra')].join('\n'), { limits, alongside });
  });

  it('is silent where a provider documents no limit', () => {
    checkRule(rule, record('low'), { profile: 'openai', epochs: 1e9 });
  });

  it('has the severity that the settings give it', () => {
    const limits = { maxTrainingTokens: 84 };
    const message =
      'Images have at least 85 tokens in one epoch; Azure OpenAI trains on at most 84 in a job.';
    const severities = { [rule]: 'info' } as const;
    checkRule(rule, `${record('low')}\n^ info ${message}`, { limits, severities });
    checkRule(rule, record('low'), { limits, severities: { [rule]: 'off' } });
  });
});

function record(detail: string): string {
  const image = `{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"${detail}"}}`;
  return `{"messages":[{"role":"user","content":[${image}]}]}`;
}
