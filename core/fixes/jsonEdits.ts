import { modify, type JSONPath } from 'jsonc-parser';
import type { Edit } from '../finding/finding.ts';
import type { JsonTree, JsonValue } from '../record/jsonTree.ts';
import { span } from '../text/span.ts';

/** How a record separates: `": "` and `", "` as Python writes, or `":"` and `","` as JavaScript does. */
export interface JsonStyle {
  readonly colon: string;
  readonly comma: string;
}

/** The style of the record's first key, so that what a fix adds looks like what is there. */
export function styleOf(tree: JsonTree): JsonStyle {
  const [first] = tree.root?.members() ?? [];
  const isSpaced = !first || first.value.span.start - first.key.span.end > 1;
  return isSpaced ? { colon: ': ', comma: ', ' } : { colon: ':', comma: ',' };
}

export function insertAt(offset: number, newText: string): Edit {
  return { span: span(offset, offset), newText };
}

export function replace(value: JsonValue, newText: string): Edit {
  return { span: value.span, newText };
}

/** Adds a member behind the last one of an object. `json` is the text of the value. */
export function addMember(object: JsonValue, key: string, json: string): Edit {
  const { colon, comma } = styleOf(object.tree);
  return appendTo(
    object,
    [...object.members()].at(-1)?.value,
    `${JSON.stringify(key)}${colon}${json}`,
    comma,
  );
}

/** Adds an element behind the last one of an array. `json` is its text. */
export function addElement(array: JsonValue, json: string): Edit {
  return appendTo(array, [...array.elements()].at(-1), json, styleOf(array.tree).comma);
}

function appendTo(
  container: JsonValue,
  last: JsonValue | undefined,
  json: string,
  comma: string,
): Edit {
  return last ? insertAt(last.span.end, comma + json) : insertAt(container.span.start + 1, json);
}

/**
 * Takes the value at a path out of its object or array, with the comma that it leaves behind. The record must be
 * JSON and nest less than a thousand deep, past which jsonc-parser's recursion may overflow: then there are no edits.
 */
export function removeAt(tree: JsonTree, path: JSONPath): readonly Edit[] {
  try {
    return modify(tree.text, path, undefined, {}).map(({ offset, length, content }) => ({
      span: span(offset, offset + length),
      newText: content,
    }));
  } catch {
    return [];
  }
}

/** The text after the edits, which are in order of place and do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.span.start) + edit.newText;
    at = edit.span.end;
  }
  return result + text.slice(at);
}
