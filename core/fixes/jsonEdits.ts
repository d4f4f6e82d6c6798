import type { Edit } from '../finding/finding.ts';
import type { JsonTree, JsonValue, Member } from '../record/jsonTree.ts';
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
  return append(object, `${JSON.stringify(key)}${styleOf(object.tree).colon}${json}`);
}

/** Adds an element behind the last one of an array. `json` is its text. */
export function addElement(array: JsonValue, json: string): Edit {
  return append(array, json);
}

/** Found from the closing bracket backwards: a container may have any number of elements. */
function append(container: JsonValue, json: string): Edit {
  const { tree, span: whole } = container;
  let end = whole.end - 1;
  while (isSpace(tree.text.charCodeAt(end - 1))) end--;
  const isEmpty = end === whole.start + 1;
  return insertAt(end, isEmpty ? json : styleOf(tree).comma + json);
}

/**
 * Takes an element out of an array of several, with one comma and the white space beside it; `previous` and `next`
 * are its neighbours. Not left to jsonc-parser's `modify`, which turns `[{}, {}]` into `[{}}]` (3.3.1), looks for a
 * path under the first of duplicate keys, and recurses.
 */
export function removeElement(
  element: JsonValue,
  previous: JsonValue | undefined,
  next: JsonValue | undefined,
): Edit {
  const { start, end } = element.span;
  if (next) return { span: span(start, next.span.start), newText: '' };
  return { span: span(previous?.span.end ?? start, end), newText: '' };
}

/**
 * Takes one of several members out of an object, with one comma and the white space beside it. Of members that may go
 * together, those behind the last that stays (from `tail` on) take the comma before them and the others the one behind
 * them, so that their edits touch each other and never overlap.
 */
export function removeMember(members: readonly Member[], index: number, tail: number): Edit {
  const member = members[index];
  const previous = members[index - 1];
  const next = members[index + 1];
  const start = member?.key.span.start ?? 0;
  const end = member?.value.span.end ?? 0;
  if (previous && (index >= tail || !next)) {
    return { span: span(previous.value.span.end, end), newText: '' };
  }
  return { span: span(start, next?.key.span.start ?? end), newText: '' };
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

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
