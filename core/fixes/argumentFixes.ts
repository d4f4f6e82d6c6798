import type { Fix } from '../finding/finding.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { replace } from './jsonEdits.ts';

/** `{"city": "Oslo"}` → `"{\"city\": \"Oslo\"}"`: the same text, as a string. */
export function writeAsString(value: JsonValue): Fix {
  const { start, end } = value.span;
  return {
    title: 'Write the arguments as a string',
    kind: 'arguments-string',
    edits: [replace(value, JSON.stringify(value.tree.text.slice(start, end)))],
    isCertain: true,
  };
}
