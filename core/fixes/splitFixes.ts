import type { Edit, Fix } from '../finding/finding.ts';
import { imagesOf, type Example, type Message, type Part } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import { span } from '../text/span.ts';
import { insertAt, styleOf } from './jsonEdits.ts';

/** Most examples that one becomes, and most characters in all of them that are said again. */
const maxExamples = 100;
const maxRepeated = 2 ** 25;

/**
 * Several examples with the same texts and the same answer, each with a share of the images, in their order. Undefined
 * unless taking images out of one user message suffices.
 */
export function splitImages(example: Example, maxImages: number): Fix | undefined {
  const images = imagesOf(example);
  const message = mostPictured(example);
  const own = message?.parts.filter(({ image }) => image) ?? [];
  const capacity = maxImages - (images.length - own.length);
  const count = Math.ceil(own.length / capacity);
  if (!message || capacity < 1 || count > maxExamples) return undefined;
  const { start, end } = example.root.span;
  const ownLength = own.reduce((sum, { value }) => sum + value.span.end - value.span.start, 0);
  if (count * (end - start - ownLength) > maxRepeated) return undefined;

  const { text } = example.root.tree;
  const keepShare = (index: number): Edit => {
    const first = index * capacity;
    return keepImages(message, new Set(own.slice(first, first + capacity)));
  };
  const others = Array.from({ length: count - 1 }, (_, index) => {
    const { span: replaced, newText } = keepShare(index + 1);
    return `\n${text.slice(start, replaced.start)}${newText}${text.slice(replaced.end, end)}`;
  });
  return {
    title: `Split into ${formatCount(count)} examples of at most ${formatCount(maxImages)} images`,
    kind: 'split-images',
    edits: [keepShare(0), insertAt(end, others.join(''))],
    isCertain: false,
    line: 'split',
  };
}

/** The user message with the most images; of several the first. */
function mostPictured({ messages }: Example): Message | undefined {
  let most: Message | undefined;
  let mostImages = 0;
  for (const message of messages) {
    const images = message.parts.filter(({ image }) => image).length;
    if (message.role === 'user' && images > mostImages) {
      most = message;
      mostImages = images;
    }
  }
  return most;
}

/** Takes all other images out of a message. What stands before the first of them is not touched. */
function keepImages({ parts }: Message, kept: ReadonlySet<Part>): Edit {
  const stays = (part: Part): boolean => part.image === undefined || kept.has(part);
  const first = parts.findIndex((part) => !stays(part));
  const [before, dropped, last] = [parts[first - 1], parts[first], parts.at(-1)];
  if (!dropped || !last) return insertAt(0, '');
  const { tree } = dropped.value;
  const { comma } = styleOf(tree);
  const rest = parts.slice(first).filter(stays);
  const json = rest.map(({ value }) => tree.text.slice(value.span.start, value.span.end));
  const newText = json.join(comma);
  return before
    ? {
        span: span(before.value.span.end, last.value.span.end),
        newText: newText && comma + newText,
      }
    : { span: span(dropped.value.span.start, last.value.span.end), newText };
}
