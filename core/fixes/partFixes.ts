import type { Edit, Fix } from '../finding/finding.ts';
import type { Part } from '../record/example.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { wrapAddress } from './imageUrlFixes.ts';
import { replace } from './jsonEdits.ts';

/** Parts of the Responses interface as chat training writes them; undefined where one lacks what it would need. */
export function writeForChat({ type, value }: Part): Fix | undefined {
  switch (type) {
    case 'input_text':
    case 'output_text':
      return writeText(value);
    case 'input_image':
      return writeImage(value);
    default:
      return undefined;
  }
}

function writeText(part: JsonValue): Fix | undefined {
  if (part.get('text')?.kind !== 'string') return undefined;
  return changeType(part, 'text', []);
}

/** The address is a string there, with the detail beside it; some write the object of chat already. */
function writeImage(part: JsonValue): Fix | undefined {
  const image = part.get('image_url');
  const url = image?.kind === 'object' ? image.get('url') : image;
  if (!image || !url?.asString()) return undefined;
  return changeType(part, 'image_url', image === url ? wrapAddress(part, url) : []);
}

function changeType(part: JsonValue, type: string, others: readonly Edit[]): Fix | undefined {
  const given = part.get('type');
  if (!given) return undefined;
  const edits = [replace(given, JSON.stringify(type)), ...others];
  return {
    title: `Change to a part of type ${type}`,
    kind: `part-${type.replaceAll('_', '-')}`,
    edits: edits.sort((a, b) => a.span.start - b.span.start),
    isCertain: true,
  };
}
