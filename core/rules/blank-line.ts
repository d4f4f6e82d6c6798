import type { BlankLineRule } from './rule.ts';

export const blankLine: BlankLineRule = {
  id: 'blank-line',
  summary: 'Every line holds a record.',
  // Some readers skip a blank line; what the service does is not documented.
  severity: 'warning',
  scope: 'blank-line',
  *check({ length, isLast }) {
    // A file ends with a line end, behind which there is nothing.
    if (isLast && length === 0) return;
    yield {
      span: { start: 0, end: Math.min(length, shownLength) },
      message: 'Line holds no record; expected one on each line; the service may refuse the file.',
      fixes: () => [
        {
          title: 'Remove the blank line',
          kind: 'remove-blank-line',
          edits: [],
          isCertain: true,
          line: 'remove',
        },
      ],
    };
  },
};

const shownLength = 80;
