import { describe, it } from 'node:test';
import { checkRule } from '../helpers/checkRule.ts';

const rule = 'too-few-examples';
const good = '{"messages":[{"role":"user","content":"Hi"}]}';

describe(rule, () => {
  it('accepts 10 examples, blank lines not counted', () => {
    checkRule(rule, `${good}\n\n`.repeat(10), { alongside: ['blank-line'] });
  });

  it('reports fewer once, on the first character of the first record', () => {
    checkRule(
      rule,
      `
      ${good}
      ^ error File has 2 examples; the service refuses a file with fewer than 10.
      ${good}
      `,
    );
  });

  it('reports one example in the singular', () => {
    checkRule(
      rule,
      `
      ${good}
      ^ error File has 1 example; the service refuses a file with fewer than 10.
      `,
    );
  });

  it('does not count blank lines, and stands behind those at the top', () => {
    checkRule(
      rule,
      `\n\n${good}\n^ error File has 9 examples; the service refuses a file with fewer than 10.\n${`\n${good}`.repeat(8)}`,
      { alongside: ['blank-line'] },
    );
  });

  it('reports an empty file on its first line, as well as one of blank lines', () => {
    const note = '^| error File has 0 examples; the service refuses a file with fewer than 10.';
    checkRule(rule, `\n\n${note}\n`);
    checkRule(rule, `\n\n${note}\n\n\n`, { alongside: ['blank-line'] });
  });

  it('goes by the limit of the settings', () => {
    const fixture = `${good}\n^ error File has 2 examples; the service refuses a file with fewer than 1,000.\n${good}`;
    checkRule(rule, fixture, { limits: { minExamples: 1000 } });
    checkRule(rule, good, { limits: { minExamples: 1 } });
  });

  it('has the severity that the settings give it', () => {
    const fixture = `${good}\n^ info File has 1 example; the service refuses a file with fewer than 10.`;
    checkRule(rule, fixture, { severities: { [rule]: 'info' } });
    checkRule(rule, good, { severities: { [rule]: 'off' } });
  });

  it('counts broken lines as examples: repaired, they will be', () => {
    checkRule(rule, `{"messages":\n${`${good}\n`.repeat(8)}"messages":`, {
      alongside: ['json-syntax'],
    });
  });
});
