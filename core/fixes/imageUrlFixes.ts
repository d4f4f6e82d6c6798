import type { Fix } from '../finding/finding.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { insertAt, styleOf } from './jsonEdits.ts';

/** `"image_url": "https://…"` → `"image_url": {"url": "https://…"}`. `url` is the string. */
export function wrapImageUrl(url: JsonValue): Fix {
  const { colon } = styleOf(url.tree);
  return {
    title: 'Wrap the address in an object',
    kind: 'wrap-image-url',
    edits: [insertAt(url.span.start, `{"url"${colon}`), insertAt(url.span.end, '}')],
    isCertain: true,
  };
}
