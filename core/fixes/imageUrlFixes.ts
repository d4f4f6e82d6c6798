import type { Edit, Fix } from '../finding/finding.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { span } from '../text/span.ts';
import { insertAt, removeMember, styleOf } from './jsonEdits.ts';

/** `"image_url": "https://…"` → `"image_url": {"url": "https://…"}`. `url` is the string. */
export function wrapImageUrl(part: JsonValue, url: JsonValue): Fix {
  return {
    title: 'Wrap the address in an object',
    kind: 'wrap-image-url',
    edits: wrapAddress(part, url),
    isCertain: true,
  };
}

/** The edits that put an address into an object, together with a detail that stands beside it. */
export function wrapAddress(part: JsonValue, url: JsonValue): readonly Edit[] {
  const { colon, comma } = styleOf(url.tree);
  const members = [...part.members()];
  const index = members.findLastIndex(({ key }) => key.asString() === 'detail');
  const detail = members[index]?.value;
  const opening = insertAt(url.span.start, `{"url"${colon}`);
  if (!detail) return [opening, insertAt(url.span.end, '}')];
  const removal = removeMember(members, index, members.length);
  const closing = insertAt(url.span.end, `${comma}"detail"${colon}${textOf(detail)}}`);
  return joinEdits([opening, closing, removal]);
}

/** In order of place; an insertion right before a removal becomes one edit with it. */
function joinEdits(edits: readonly Edit[]): readonly Edit[] {
  const joined: Edit[] = [];
  const inOrder = (a: Edit, b: Edit): number =>
    a.span.start - b.span.start || a.span.end - b.span.end;
  for (const edit of edits.toSorted(inOrder)) {
    const before = joined.at(-1);
    if (before?.span.end === edit.span.start) {
      const newText = before.newText + edit.newText;
      joined[joined.length - 1] = { span: span(before.span.start, edit.span.end), newText };
    } else joined.push(edit);
  }
  return joined;
}

function textOf({ tree, span: { start, end } }: JsonValue): string {
  return tree.text.slice(start, end);
}
