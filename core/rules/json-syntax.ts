import { repairJson } from '../fixes/repairJson.ts';
import type { SyntaxProblemCode } from '../record/jsonTree.ts';
import type { TextRule } from './rule.ts';

/** What is wrong only in that this reader gives up. */
const ownLimits: readonly SyntaxProblemCode[] = ['too-many-values', 'too-long'];

export const jsonSyntax: TextRule = {
  id: 'json-syntax',
  summary: 'Every line is one JSON value.',
  severity: 'error',
  scope: 'text',
  *check({ tree }) {
    const { problem, text } = tree;
    if (!problem) return;
    if (ownLimits.includes(problem.code)) {
      // Nobody has seen what the service makes of such a record.
      const message = `${problem.message}, so it is not checked.`;
      yield { span: problem.span, severity: 'warning', message };
      return;
    }
    yield {
      span: problem.span,
      message: `${problem.message}; the service refuses the file.`,
      fixes: () => [repairJson(text)].flatMap((fix) => fix ?? []),
    };
  },
};
