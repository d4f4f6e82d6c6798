import type { Edit, Fix } from '../finding/finding.ts';
import type { Example, Message, Part } from '../record/example.ts';
import { addElement, insertAt, removeAt, replace, styleOf } from './jsonEdits.ts';

/** For an image outside a user message: into the nearest user message, before it if there is one, or away. */
export function relocateImage(example: Example, part: Part): readonly Fix[] {
  const removal = removePart(part);
  if (removal.length === 0) return [];
  const fixes: Fix[] = [];
  const user = nearestUser(example, part.message);
  const addition = user && appendPart(user, part);
  if (addition) {
    const edits = [...addition, ...removal].sort((a, b) => a.span.start - b.span.start);
    const where = user.index < part.message.index ? 'preceding' : 'following';
    fixes.push({
      title: `Move the image into the ${where} user message`,
      kind: 'move-image',
      edits,
      isCertain: false,
    });
  }
  fixes.push({ title: 'Remove the image', kind: 'remove-image', edits: removal, isCertain: false });
  return fixes;
}

function nearestUser({ messages }: Example, { index }: Message): Message | undefined {
  const users = messages.filter((message) => message.role === 'user');
  return users.findLast((user) => user.index < index) ?? users.find((user) => user.index > index);
}

/** A message must not be left with an empty array, so the last part gives way to an empty text. */
function removePart({ message, index }: Part): readonly Edit[] {
  const { content, parts, value } = message;
  if (!content) return [];
  if (parts.length === 1) return [replace(content, '""')];
  return removeAt(value.tree, ['messages', message.index, 'content', index]);
}

/** The part as it stands, at the end of a message's content; a string content becomes a text part first. */
function appendPart({ content }: Message, part: Part): readonly Edit[] | undefined {
  const { start, end } = part.value.span;
  const json = part.value.tree.text.slice(start, end);
  if (content?.kind === 'array') return [addElement(content, json)];
  if (content?.kind !== 'string') return undefined;
  const { colon, comma } = styleOf(content.tree);
  return [
    insertAt(content.span.start, `[{"type"${colon}"text"${comma}"text"${colon}`),
    insertAt(content.span.end, `}${comma}${json}]`),
  ];
}
