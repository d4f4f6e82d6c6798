/** The parts that the records of both vendors' documents are made of. */

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

export interface ImagePart {
  readonly type: 'image_url';
  readonly image_url: { readonly url: string; readonly detail?: string };
}

export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string | readonly (TextPart | ImagePart)[];
}

export function text(words: string): TextPart {
  return { type: 'text', text: words };
}

/** An image part; detail is low unless another is asked for. */
export function image(url: string, detail = 'low'): ImagePart {
  return { type: 'image_url', image_url: { url, detail } };
}

export function system(content: Message['content']): Message {
  return { role: 'system', content };
}

export function user(...parts: readonly (TextPart | ImagePart)[]): Message {
  return { role: 'user', content: parts };
}

export function assistant(content: Message['content']): Message {
  return { role: 'assistant', content };
}
