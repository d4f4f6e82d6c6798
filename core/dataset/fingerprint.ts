import { imagesOf, placeOf, type Example, type Message } from '../record/example.ts';
import { nodeSize, type JsonTree, type JsonValue } from '../record/jsonTree.ts';
import type { Span } from '../text/span.ts';
import { comparedStrings } from './comparedStrings.ts';
import { digest } from './digest.ts';

/**
 * What an example is compared with others by, in digests. What is the same but for white space outside of strings, for
 * escapes in them, or for the order of a message's keys has the same digest.
 */
export interface Fingerprint {
  /** Of all but the answer: messages, images, tools. Of long images it takes samples. */
  readonly question: string;
  /** The last message; undefined where that is not the assistant's. */
  readonly answer: Answer | undefined;
  /** Of what the system messages say, however they are written down; undefined where they say nothing. */
  readonly system: string | undefined;
  readonly images: readonly ImageFingerprint[];
}

export interface Answer {
  readonly digest: string;
  /** Where a finding about it stands. */
  readonly place: Span;
}

export interface ImageFingerprint {
  readonly digest: string;
  /** Of the address or data URI in the record, quotes included. */
  readonly span: Span;
  /** Whether the digest is of a few samples; then two images with the same one may differ. */
  readonly isSampled: boolean;
}

/** Characters of one sample of an image, and how many are taken, from its first character to its last. */
export const sampleLength = 256;
export const samples = 16;

/** Longer images, quotes included, are sampled. */
export const longImage = samples * sampleLength;

export function fingerprintOf(example: Example): Fingerprint {
  const { root, messages, messagesValue } = example;
  const images: ImageFingerprint[] = [];
  const written = messages.map((message) => writeMessage(message, images));
  const last = messages.at(-1);
  const answer =
    last?.role === 'assistant'
      ? { digest: digest(written.pop() ?? ''), place: placeOf(last.value) }
      : undefined;
  for (const { key, value } of root.members()) {
    if (value.node !== messagesValue?.node) written.push(write(key), write(value));
  }
  return {
    question: digest(written.join('')),
    answer,
    system: digestSystem(example),
    images,
  };
}

/** The images of a fingerprint, without the rest of it. */
export function fingerprintImages(example: Example): readonly ImageFingerprint[] {
  return imagesOf(example).map(({ image }) => fingerprintImage(image.url));
}

/** The same strings that `QuickKeys` take for it, so that a file has the same prompts whichever way it is checked. */
function digestSystem(example: Example): string | undefined {
  const said = comparedStrings(example)
    .filter(({ part }) => part === 'system')
    .map(({ value, kind }) =>
      kind === 'address' ? fingerprintImage(value).digest : writeToken(value.tree, value.node),
    );
  return said.length > 0 ? digest(said.join('\n')) : undefined;
}

/** Its members in the order of their keys, of one key as they stand, with digests in the place of images, which are added to `images`. */
function writeMessage({ value, parts }: Message, images: ImageFingerprint[]): string {
  let digests: Map<number, string> | undefined;
  for (const { image } of parts) {
    if (!image) continue;
    const fingerprint = fingerprintImage(image.url);
    images.push(fingerprint);
    (digests ??= new Map()).set(image.url.node, fingerprint.digest);
  }
  const members: WrittenMember[] = [];
  for (const member of value.members()) {
    members.push({ key: write(member.key), value: write(member.value, digests) });
  }
  const written = members.sort(byKey).map((member) => member.key + member.value);
  return `{${members.length}\n${written.join('')}`;
}

interface WrittenMember {
  readonly key: string;
  readonly value: string;
}

/** Of a key that is given twice the last value counts, so that their order does. */
function byKey(a: WrittenMember, b: WrittenMember): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/** One text for a value however it is spaced and escaped: a token a line, of a bracket how much it holds. */
function write({ tree, node }: JsonValue, instead?: ReadonlyMap<number, string>): string {
  let text = '';
  const end = tree.after(node);
  for (let at = node; at < end; at += nodeSize) {
    text += `${instead?.get(at) ?? writeToken(tree, at)}\n`;
  }
  return text;
}

function writeToken(tree: JsonTree, node: number): string {
  const start = tree.startOf(node);
  switch (tree.kindOf(node)) {
    case 'object':
    case 'array':
      return `${tree.text.charAt(start)}${tree.after(node) - node}`;
    case 'string': {
      const text = tree.text.slice(start, tree.endOf(node));
      return text.includes('\\') ? JSON.stringify(JSON.parse(text)) : text;
    }
    default:
      return tree.text.slice(start, tree.endOf(node));
  }
}

function fingerprintImage({ tree, node, span }: JsonValue): ImageFingerprint {
  const { start, end } = span;
  if (end - start <= longImage) {
    return { digest: digest(writeToken(tree, node)), span, isSampled: false };
  }
  const sampled = `${end - start}${sampleImage(tree.text, start, end)}`;
  return { digest: digest(sampled), span, isSampled: true };
}

/** The samples of a long image, one behind the other. */
export function sampleImage(text: string, start: number, end: number): string {
  let sampled = '';
  for (let index = 0; index < samples; index++) {
    const at = start + sampleOffset(end - start, index);
    sampled += text.slice(at, at + sampleLength);
  }
  return sampled;
}

/** Where a sample begins: the first at the first character; the last ends with the last. */
export function sampleOffset(length: number, index: number): number {
  return Math.floor(((length - sampleLength) * index) / (samples - 1));
}
