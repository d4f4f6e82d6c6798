import { describe, it } from 'node:test';
import { checkRule } from '../helpers/checkRule.ts';

const rule = 'system-prompt-drift';
const message = 'System prompt is not that of 9 of 10 examples; the file has 2 different ones.';
const nine = Array<string>(9).fill(record('Be brief.'));

describe(rule, () => {
  it('accepts one prompt, also where some examples have none', () => {
    checkRule(rule, [...nine, '{"messages":[{"role":"user","content":"Hi"}]}'].join('\n'));
  });

  it('accepts several prompts for several tasks', () => {
    checkRule(rule, [...nine, record('Be long.'), record('Be long.')].join('\n'));
  });

  it('reports the first example with another prompt where nine of ten have one', () => {
    checkRule(rule, [record('Be brief'), `^ info ${message}`, ...nine].join('\n'));
  });

  it('takes messages of the developer for system messages', () => {
    const options = { profile: 'openai', alongside: ['message-role'] } as const;
    const developer = record('Be brief').replace('system', 'developer');
    checkRule(rule, [...nine, developer, `^ info ${message}`].join('\n'), options);
  });

  it('has the severity that the settings give it', () => {
    checkRule(rule, [...nine, record('Be brief'), `^ warning ${message}`].join('\n'), {
      severities: { [rule]: 'warning' },
    });
    checkRule(rule, [...nine, record('Be brief')].join('\n'), { severities: { [rule]: 'off' } });
  });
});

function record(prompt: string): string {
  return `{"messages":[{"role":"system","content":"${prompt}"},{"role":"user","content":"Hi"}]}`;
}
