import { repairJson } from '../fixes/repairJson.ts';
import type { TextRule } from './rule.ts';

export const jsonSyntax: TextRule = {
  id: 'json-syntax',
  summary: 'Every line is one JSON value.',
  severity: 'error',
  scope: 'text',
  *check({ tree }) {
    const { problem, text } = tree;
    // What is not text is text-encoding's finding.
    if (!problem || problem.code === 'invalid-utf8' || problem.code === 'nul') return;
    yield {
      span: problem.span,
      message: `${problem.message}; the service refuses the file.`,
      fixes: () => [repairJson(text)].flatMap((fix) => fix ?? []),
    };
  },
};
