import type { Edit, Fix } from '../finding/finding.ts';
import type { DuplicateKey } from '../record/duplicateKeys.ts';
import type { Member } from '../record/jsonTree.ts';
import { span } from '../text/span.ts';

/** Leaves one member under a key. Which one is certain only where all have the same value, byte by byte. */
export function keepOneMember({ members, indices }: DuplicateKey): readonly Fix[] {
  const [first = 0] = indices;
  const last = indices.at(-1) ?? first;
  const keep = (kept: number): readonly Edit[] =>
    removeMembers(members, new Set(indices.filter((index) => index !== kept)));
  if (haveOneValue(indices.flatMap((index) => members[index] ?? []))) {
    const fix = { title: 'Remove the repeated key', kind: 'remove-repeated-key' };
    return [{ ...fix, edits: keep(first), isCertain: true }];
  }
  return [
    { title: 'Keep the last value', kind: 'keep-last-value', edits: keep(last), isCertain: false },
    {
      title: 'Keep the first value',
      kind: 'keep-first-value',
      edits: keep(first),
      isCertain: false,
    },
  ];
}

/** Whether the values are written alike. */
export function haveOneValue(members: readonly Member[]): boolean {
  const [first, ...others] = members.map(({ value }) => value);
  if (!first) return true;
  const { text } = first.tree;
  const { start, end } = first.span;
  const length = end - start;
  return others.every(
    ({ span: other }) =>
      other.end - other.start === length && text.startsWith(text.slice(start, end), other.start),
  );
}

/** Takes some members out of an object, of which at least one stays, with the commas and white space beside them. */
function removeMembers(members: readonly Member[], removed: ReadonlySet<number>): readonly Edit[] {
  const edits: Edit[] = [];
  for (let index = 0; index < members.length; index++) {
    if (!removed.has(index)) continue;
    const first = index;
    while (removed.has(index + 1)) index++;
    const next = members[index + 1];
    const start = members[first]?.key.span.start ?? 0;
    const end = members[index]?.value.span.end ?? start;
    const stretch = next
      ? span(start, next.key.span.start)
      : span(members[first - 1]?.value.span.end ?? start, end);
    edits.push({ span: stretch, newText: '' });
  }
  return edits;
}
