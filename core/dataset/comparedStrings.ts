import type { Example } from '../record/example.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import type { HoleKind } from '../record/recordTemplates.ts';

/** What of an example a string belongs to. */
export type ExamplePart = 'system' | 'question' | 'answer';

/** A string that tells one example from others of its form: what a message says or shows. */
export interface ComparedString {
  readonly value: JsonValue;
  readonly kind: HoleKind;
  readonly part: ExamplePart;
}

/** In the order of the text. Empty texts are none: they tell nothing. */
export function comparedStrings({ messages }: Example): ComparedString[] {
  const strings: ComparedString[] = [];
  const last = messages.at(-1);
  for (const message of messages) {
    const { role, content, parts } = message;
    const isSystem = role === 'system' || role === 'developer';
    const isAnswer = role === 'assistant' && message === last;
    const part = isSystem ? 'system' : isAnswer ? 'answer' : 'question';
    const add = (value: JsonValue | undefined, kind: HoleKind): void => {
      if (value?.kind !== 'string') return;
      if (kind === 'address' || !value.isEmptyString) strings.push({ value, kind, part });
    };
    add(content, 'text');
    for (const { type, value, image } of parts) {
      if (image) add(image.url, 'address');
      else if (type === 'text') add(value.get('text'), 'text');
    }
  }
  return strings;
}
