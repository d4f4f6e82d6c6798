import type { Fix } from '../finding/finding.ts';
import type { ImageReference } from '../record/example.ts';
import type { JsonValue, Member } from '../record/jsonTree.ts';
import { addMember, removeMember, replace } from './jsonEdits.ts';

/** Takes a key out of an object with its values; nobody but its author knows whether it is needed. */
export function removeKey(
  members: readonly Member[],
  indices: readonly number[],
  tail: number,
): Fix {
  return {
    title: 'Remove the unknown key',
    kind: 'remove-unknown-key',
    edits: indices.map((index) => removeMember(members, index, tail)),
    isCertain: false,
  };
}

/** `detail` beside `image_url` goes into it; undefined where there is no place for it. */
export function moveDetail(
  image: ImageReference | undefined,
  members: readonly Member[],
  index: number,
  tail: number,
): Fix | undefined {
  const detail = members[index]?.value;
  if (!detail || !image?.object || image.detail) return undefined;
  const { start, end } = detail.span;
  const addition = addMember(image.object, 'detail', detail.tree.text.slice(start, end));
  const removal = removeMember(members, index, tail);
  return {
    title: 'Move detail into "image_url"',
    kind: 'move-detail',
    edits: [addition, removal].sort((a, b) => a.span.start - b.span.start),
    isCertain: false,
  };
}

/** Spells a key otherwise. */
export function renameKey(key: JsonValue, name: string, isCertain: boolean): Fix {
  return {
    title: `Rename the key to "${name}"`,
    kind: `rename-${name.replaceAll('_', '-')}`,
    edits: [replace(key, JSON.stringify(name))],
    isCertain,
  };
}
