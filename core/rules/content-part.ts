import type { Report } from '../finding/finding.ts';
import { wrapImageUrl } from '../fixes/imageUrlFixes.ts';
import { placeOf, type Part } from '../record/example.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { nameKind } from '../record/nameKind.ts';
import { quote } from '../text/quote.ts';
import type { RecordRule } from './rule.ts';

export const contentPart: RecordRule = {
  id: 'content-part',
  summary: 'Every part of a message is a text, an image_url or, from the assistant, a refusal.',
  severity: 'error',
  scope: 'record',
  *check({ example }) {
    for (const { parts } of example.messages) {
      for (const part of parts) {
        const report = checkPart(part);
        if (report) yield report;
      }
    }
  },
};

function checkPart(part: Part): Report | undefined {
  const { value } = part;
  if (value.kind !== 'object') {
    return { span: placeOf(value), message: `Part is ${nameKind(value.kind)}; expected an object with "type".` };
  }
  const type = value.get('type');
  if (!type) return { span: placeOf(value), message: 'Part has no "type"; expected text or image_url.' };
  switch (part.type) {
    case 'text':
      return checkText(value, 'text');
    case 'refusal':
      return part.message.role === 'assistant'
        ? checkText(value, 'refusal')
        : { span: placeOf(type), message: 'Only the assistant can refuse; expected a part of type text.' };
    case 'image_url':
      return checkImageUrl(value);
    case undefined:
      return {
        span: placeOf(type),
        message: `Type of the part is ${nameKind(type.kind)}; expected text or image_url.`,
      };
    default:
      return {
        span: placeOf(type),
        message: `Part of type ${quote(part.type)} is not taken for training; expected text or image_url.`,
      };
  }
}

/** The part's own text stands under a key named like its type. */
function checkText(part: JsonValue, key: 'text' | 'refusal'): Report | undefined {
  const text = part.get(key);
  if (!text) return { span: placeOf(part), message: `Part of type ${key} has no "${key}"; expected a string.` };
  if (text.kind === 'string') return undefined;
  return { span: placeOf(text), message: `"${key}" is ${nameKind(text.kind)}; expected a string.` };
}

function checkImageUrl(part: JsonValue): Report | undefined {
  const image = part.get('image_url');
  if (!image) return { span: placeOf(part), message: 'Part of type image_url has no "image_url"; expected an object.' };
  if (image.kind === 'string') {
    const message = '"image_url" is a string; expected an object with the address under "url".';
    return { span: placeOf(image), message, fixes: () => [wrapImageUrl(image)] };
  }
  if (image.kind !== 'object') {
    const found = nameKind(image.kind);
    return { span: placeOf(image), message: `"image_url" is ${found}; expected an object with "url".` };
  }
  const url = image.get('url');
  if (!url) return { span: placeOf(image), message: '"image_url" has no "url"; expected an address or a data URI.' };
  if (url.kind === 'string') return undefined;
  return { span: placeOf(url), message: `"url" is ${nameKind(url.kind)}; expected an address or a data URI.` };
}
