import type { Example, ImageReference, Message, PlacedImage } from '../record/example.ts';
import type { Span } from '../text/span.ts';
import { Hash } from './hash.ts';

/**
 * What tells a record from others, in hashes (see `Hash`). Of an image by its bytes only length and samples are hashed:
 * whether two such images are the same is decided by their digests, where these agree.
 */
export interface Fingerprint {
  /** Of the whole example: of two examples that are the same but for white space between messages, the same. */
  readonly example: number;
  /** Of all that stands before the last answer, pictures included. */
  readonly question: number;
  /** Of the last answer; undefined where the last message is not the assistant's. */
  readonly answer: Answer | undefined;
  /** Of the system messages; undefined where there are none. */
  readonly system: number | undefined;
  readonly images: readonly ImageFingerprint[];
}

export interface Answer {
  readonly hash: number;
  readonly span: Span;
}

export interface ImageFingerprint {
  readonly hash: number;
  /** Of the address or data URI in the record, quotes included. */
  readonly span: Span;
  /** Whether the hash covers all of it, as it does for addresses and small pictures. */
  readonly isExact: boolean;
}

/** Characters of a picture that are hashed when it is longer than all of them: windows from end to end. */
const windowSize = 256;
const windows = 16;

/** `placed`: all pictures of the example, in order. */
export function fingerprintOf(example: Example, placed: readonly PlacedImage[]): Fingerprint {
  const { text } = example.root.tree;
  const images = placed.map(({ image }) => fingerprintImage(text, image));
  const last = example.messages.at(-1);
  const answer = last?.role === 'assistant' ? last : undefined;
  const question = new Hash();
  const system = new Hash();
  let hasSystem = false;
  for (const message of example.messages) {
    if (message === answer) continue;
    addMessage(question, text, message, placed, images);
    if (message.role !== 'system') continue;
    addMessage(system, text, message, placed, images);
    hasSystem = true;
  }
  const answerHash = answer && addMessage(new Hash(), text, answer, placed, images).value;
  const whole = new Hash().addNumber(question.value).addNumber(answerHash ?? 0);
  for (const { key, value } of example.root.members()) {
    if (value.node === example.messagesValue?.node) continue;
    whole.addText(text, key.span.start, value.span.end);
  }
  return {
    example: whole.value,
    question: question.value,
    answer:
      answer && answerHash !== undefined
        ? { hash: answerHash, span: answer.value.span }
        : undefined,
    system: hasSystem ? system.value : undefined,
    images,
  };
}

/** The text of a message, with the hash of each picture in the place of the picture. */
function addMessage(
  hash: Hash,
  text: string,
  message: Message,
  placed: readonly PlacedImage[],
  images: readonly ImageFingerprint[],
): Hash {
  const { start, end } = message.value.span;
  let at = start;
  placed.forEach(({ part }, index) => {
    const image = images[index];
    if (part.message !== message || !image) return;
    hash.addText(text, at, image.span.start).addNumber(image.hash);
    at = image.span.end;
  });
  return hash.addText(text, at, end);
}

function fingerprintImage(text: string, { url }: ImageReference): ImageFingerprint {
  const { span } = url;
  const length = span.end - span.start;
  const hash = new Hash();
  const isExact = length <= windows * windowSize;
  if (isExact) return { hash: hash.addText(text, span.start, span.end).value, span, isExact };
  // The first window begins at the first character, the last ends with the last.
  for (let index = 0; index < windows; index++) {
    const start = span.start + Math.floor(((length - windowSize) * index) / (windows - 1));
    hash.addText(text, start, start + windowSize);
  }
  return { hash: hash.addNumber(length).value, span, isExact };
}
