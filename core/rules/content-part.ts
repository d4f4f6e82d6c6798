import type { Report } from '../finding/finding.ts';
import { wrapImageUrl } from '../fixes/imageUrlFixes.ts';
import { writeForChat } from '../fixes/partFixes.ts';
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
      let refusal: Part | undefined;
      for (const part of parts) {
        const report = checkPart(part);
        if (report) yield report;
        else if (part.type === 'refusal') refusal = part;
      }
      if (refusal && parts.length > 1) yield reportCompany(refusal);
    }
  },
};

/** The description of the format says "exactly one of type refusal"; what the service does with more is not known. */
function reportCompany({ value }: Part): Report {
  return {
    span: placeOf(value.get('type') ?? value),
    severity: 'warning',
    message:
      'Part of type refusal stands beside other parts; expected it alone, else the record may be refused.',
  };
}

function checkPart(part: Part): Report | undefined {
  const { value } = part;
  if (value.kind !== 'object') {
    return report(value, `Part is ${nameKind(value.kind)}; expected an object with "type"`);
  }
  const type = value.get('type');
  if (!type) return report(value, `Part has no "type"; expected ${expectedTypes(part)}`);
  switch (part.type) {
    case 'text':
      return checkText(value, 'text');
    case 'refusal':
      return mayRefuse(part) ? checkText(value, 'refusal') : checkOtherType(part, type);
    case 'image_url':
      return checkImageUrl(value);
    default:
      return checkOtherType(part, type);
  }
}

/** Under a role that message-role reports it may be the assistant. */
function mayRefuse(part: Part): boolean {
  const { role } = part.message;
  return role !== 'user' && !textRoles.some((each) => each === role);
}

function checkOtherType(part: Part, type: JsonValue): Report {
  const expected = expectedTypes(part);
  if (part.type === undefined) {
    return report(type, `Type of the part is ${nameKind(type.kind)}; expected ${expected}`);
  }
  const found = `Part of type ${quote(part.type)} is not taken`;
  const where = part.type === 'refusal' ? 'from anybody but the assistant' : 'for training';
  return {
    ...report(type, `${found} ${where}; expected ${expected}`),
    fixes: () => [writeForChat(part) ?? []].flat(),
  };
}

/** Roles whose content is text alone: OpenAI API description, FineTuneChatRequestInput. */
const textRoles = ['system', 'developer', 'tool', 'function'];

function expectedTypes({ message: { role } }: Part): string {
  if (role === 'assistant') return 'text or refusal';
  return textRoles.some((each) => each === role) ? 'text' : 'text or image_url';
}

/** The part's own text stands under a key named like its type. */
function checkText(part: JsonValue, key: 'text' | 'refusal'): Report | undefined {
  const text = part.get(key);
  if (!text) return report(part, `Part of type ${key} has no "${key}"; expected a string`);
  if (text.kind === 'string') return undefined;
  return report(text, `"${key}" is ${nameKind(text.kind)}; expected a string`);
}

function checkImageUrl(part: JsonValue): Report | undefined {
  const image = part.get('image_url');
  if (!image) {
    return report(part, 'Part of type image_url has no "image_url"; expected an object with "url"');
  }
  if (image.kind === 'string') {
    const message = '"image_url" is a string; expected an object with the address under "url"';
    const isEmpty = image.isEmptyString;
    return { ...report(image, message), fixes: () => (isEmpty ? [] : [wrapImageUrl(part, image)]) };
  }
  if (image.kind !== 'object') {
    return report(image, `"image_url" is ${nameKind(image.kind)}; expected an object with "url"`);
  }
  return checkUrl(image, image.get('url'));
}

function checkUrl(image: JsonValue, url: JsonValue | undefined): Report | undefined {
  const expected = 'expected an address or a data URI';
  if (!url) return report(image, `"image_url" has no "url"; ${expected}`);
  if (url.kind !== 'string') return report(url, `"url" is ${nameKind(url.kind)}; ${expected}`);
  return url.isEmptyString ? report(url, `"url" is empty; ${expected}`) : undefined;
}

function report(value: JsonValue, problem: string): Report {
  return { span: placeOf(value), message: `${problem}; the service refuses the file.` };
}
