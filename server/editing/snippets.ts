import { choice, hole, type Template } from './template.ts';
import { partTypes, shapes, type Shape, type Surroundings } from './shapes.ts';
import { detailLevels } from '../../core/fixes/detailFixes.ts';

/** A whole value that is often wanted. */
export interface Snippet {
  /** What it is called in a list, and found by. */
  readonly label: string;
  readonly template: Template;
}

const text: Template = { type: 'text', text: hole('Describe this image.') };
const image: Template = {
  type: 'image_url',
  image_url: { url: hole('https://'), detail: choice(detailLevels) },
};
const systemMessage: Template = { role: 'system', content: hole('You describe images.') };
const imageMessage: Template = { role: 'user', content: [text, image] };
const userMessage: Template = { role: 'user', content: hole('Question') };
const assistantMessage: Template = { role: 'assistant', content: hole('Answer') };

export const exampleSnippets: readonly Snippet[] = [
  {
    label: 'example with an image',
    template: { messages: [systemMessage, imageMessage, assistantMessage] },
  },
  {
    label: 'example of text',
    template: { messages: [systemMessage, userMessage, assistantMessage] },
  },
];

const messageSnippets: readonly Snippet[] = [
  { label: 'user message with an image', template: imageMessage },
  { label: 'user message', template: userMessage },
  { label: 'assistant message', template: assistantMessage },
  { label: 'system message', template: systemMessage },
];

const partSnippets: readonly (Snippet & { readonly type: string })[] = [
  { label: 'text part', type: 'text', template: { type: 'text', text: hole() } },
  { label: 'image part', type: 'image_url', template: image },
  { label: 'refusal part', type: 'refusal', template: { type: 'refusal', refusal: hole() } },
];

/** What may stand as an element of an array of this shape. */
export function elementSnippets(
  array: Shape | undefined,
  { role }: Surroundings,
): readonly Snippet[] {
  if (array === shapes.messages) return messageSnippets;
  if (array === shapes.content)
    return partSnippets.filter(({ type }) => partTypes(role).includes(type));
  return [];
}

/** What may stand as the value of a key besides its own template. */
export function valueSnippets(
  object: Shape | undefined,
  name: string,
  { role }: Surroundings,
): readonly Snippet[] {
  if (object !== shapes.message || name !== 'content') return [];
  const parts: Template = role === 'user' ? [text, image] : [{ type: 'text', text: hole() }];
  return [{ label: 'array of parts', template: parts }];
}
