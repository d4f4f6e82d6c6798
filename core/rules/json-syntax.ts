import type { TextRule } from './rule.ts';

export const jsonSyntax: TextRule = {
  id: 'json-syntax',
  summary: 'Every line is one JSON value.',
  severity: 'error',
  scope: 'text',
  *check({ tree }) {
    const { problem } = tree;
    if (problem)
      yield { span: problem.span, message: `${problem.message}; the service refuses the file.` };
  },
};
