import type { Edit, Fix } from '../finding/finding.ts';
import { span } from '../text/span.ts';

/**
 * Characters that JSON allows in a string, and at which Unicode-minded readers end a line all the same, as Python's
 * `str.splitlines` does: next line, line separator, paragraph separator.
 */
export const lineSeparators = ['\u2028', '\u2029', '\u0085'] as const;

/** Writes every line separator of a record that is JSON, where they stand only in strings, as an escape. */
export function escapeSeparators(text: string): Fix {
  const edits: Edit[] = [];
  for (const { index, 0: separator } of text.matchAll(/[\u0085\u2028\u2029]/g)) {
    const code = separator.charCodeAt(0).toString(16).padStart(4, '0');
    edits.push({ span: span(index, index + 1), newText: `\\u${code}` });
  }
  return { title: 'Write it as an escape', kind: 'escape-separators', edits, isCertain: true };
}
