import type { Span } from '../text/span.ts';
import type { JsonTree, JsonValue } from './jsonTree.ts';

/**
 * What a record means: a conversation. Whatever is missing or of the wrong kind is undefined or left out, and the
 * rules say so; the reader never judges.
 */
export interface Example {
  /** The outermost value, of any kind. */
  readonly root: JsonValue;
  /** The value of `messages`, of any kind. */
  readonly messagesValue: JsonValue | undefined;
  /** The elements of `messages` that are objects. */
  readonly messages: readonly Message[];
}

export interface Message {
  readonly value: JsonValue;
  /** From 0, counted among all elements of `messages`. */
  readonly index: number;
  /** The text of `role` where it is a string. */
  readonly role: string | undefined;
  readonly content: JsonValue | undefined;
  /** The elements of `content` where it is an array. */
  readonly parts: readonly Part[];
}

export interface Part {
  readonly message: Message;
  readonly value: JsonValue;
  /** From 0, in `content`. */
  readonly index: number;
  /** The text of `type` where it is a string. */
  readonly type: string | undefined;
  readonly image: ImageReference | undefined;
}

/** A picture that a part of type `image_url` (wrongly `input_image`) names, by an address or its bytes in a data URI. */
export interface ImageReference {
  /** The string: `"https://example.com/photo.png"`, quotes included. */
  readonly url: JsonValue;
  /** The object around it; undefined where `image_url` is, wrongly, the string itself. */
  readonly object: JsonValue | undefined;
  readonly detail: JsonValue | undefined;
}

/** Reads the meaning of a record; of a broken one, as far as it can be read. Undefined when there is no value at all. */
export function readExample(tree: JsonTree): Example | undefined {
  const root = tree.root;
  if (!root) return undefined;
  const messagesValue = root.get('messages');
  const messages: Message[] = [];
  let index = 0;
  for (const value of messagesValue?.elements() ?? []) {
    if (value.kind === 'object') messages.push(readMessage(value, index));
    index++;
  }
  return { root, messagesValue, messages };
}

/** A picture of an example with the part that names it. */
export interface PlacedImage {
  readonly image: ImageReference;
  readonly part: Part;
}

/** All pictures of an example in the order of the text. */
export function imagesOf(example: Example): readonly PlacedImage[] {
  const images: PlacedImage[] = [];
  for (const message of example.messages) {
    for (const part of message.parts) if (part.image) images.push({ image: part.image, part });
  }
  return images;
}

const squiggleLimit = 80;

/**
 * Where a finding about a value stands: on the whole of a short value, on the first characters of a long string, on
 * the opening bracket of an object or array. Editors stop drawing a line long before the end of a picture.
 */
export function placeOf(value: JsonValue): Span {
  const { start } = value.span;
  const isContainer = value.kind === 'object' || value.kind === 'array';
  return isContainer ? { start, end: start + 1 } : placeOfText(value.span);
}

/** Where a finding about a string stands, given all of it. */
export function placeOfText({ start, end }: Span): Span {
  return { start, end: Math.min(end, start + squiggleLimit) };
}

function readMessage(value: JsonValue, index: number): Message {
  const content = value.get('content');
  const parts: Part[] = [];
  const message: Message = { value, index, role: value.get('role')?.asString(), content, parts };
  let partIndex = 0;
  for (const element of content?.elements() ?? [])
    parts.push(readPart(message, element, partIndex++));
  return message;
}

function readPart(message: Message, value: JsonValue, index: number): Part {
  const type = value.get('type')?.asString();
  return {
    message,
    value,
    index,
    type,
    image: type === 'image_url' || type === 'input_image' ? readImage(value) : undefined,
  };
}

function readImage(part: JsonValue): ImageReference | undefined {
  const given = part.get('image_url');
  if (given?.kind === 'string') return { url: given, object: undefined, detail: undefined };
  const url = given?.get('url');
  return url?.kind === 'string' ? { url, object: given, detail: given?.get('detail') } : undefined;
}
