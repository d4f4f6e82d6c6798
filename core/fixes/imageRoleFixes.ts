import type { Edit, Fix } from '../finding/finding.ts';
import type { Example, Message, Part } from '../record/example.ts';
import { addElement, insertAt, removeElement, replace, styleOf } from './jsonEdits.ts';

/** For an image outside a user message: into the nearest user message before it, else behind it, or away. */
export function relocateImage(example: Example, part: Part): readonly Fix[] {
  const removal = removePart(part);
  if (!removal) return [];
  const fixes: Fix[] = [];
  const user = nearestUser(example, part.message);
  const addition = user && appendPart(user, part);
  if (addition) {
    const where = user.index < part.message.index ? 'preceding' : 'following';
    fixes.push({
      title: `Move the image into the ${where} user message`,
      kind: 'move-image',
      edits: [...addition, removal].sort((a, b) => a.span.start - b.span.start),
      isCertain: false,
    });
  }
  fixes.push({
    title: 'Remove the image',
    kind: 'remove-image',
    edits: [removal],
    isCertain: false,
  });
  return fixes;
}

/** Messages that are looked at in either direction: a record may want a fix for each of 100,000 images. */
const reach = 100;

function nearestUser({ messages }: Example, { index }: Message): Message | undefined {
  const at = countBefore(messages, index);
  const isUser = ({ role }: Message): boolean => role === 'user';
  return (
    messages.slice(Math.max(0, at - reach), at).findLast(isUser) ??
    messages.slice(at + 1, at + 1 + reach).find(isUser)
  );
}

/** How many messages stand before an index, which counts elements that are no messages too. By halving. */
function countBefore(messages: readonly Message[], index: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle]?.index ?? index) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A message must not be left with an empty array, so the last part gives way to an empty text. */
function removePart({ message, index, value }: Part): Edit | undefined {
  const { content, parts } = message;
  if (!content) return undefined;
  if (parts.length === 1) return replace(content, '""');
  return removeElement(value, parts[index - 1]?.value, parts[index + 1]?.value);
}

/** The part as it stands, at the end of a message's content; a text of its own becomes a part first. */
function appendPart({ content }: Message, part: Part): readonly Edit[] | undefined {
  const { start, end } = part.value.span;
  const json = part.value.tree.text.slice(start, end);
  if (content?.kind === 'array') return [addElement(content, json)];
  if (content?.kind !== 'string') return undefined;
  if (content.isEmptyString) return [replace(content, `[${json}]`)];
  const { colon, comma } = styleOf(content.tree);
  return [
    insertAt(content.span.start, `[{"type"${colon}"text"${comma}"text"${colon}`),
    insertAt(content.span.end, `}${comma}${json}]`),
  ];
}
