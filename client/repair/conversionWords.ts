import { countOf } from '../../core/finding/words.ts';
import { formatBytes } from '../../core/image/describeImage.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import type { ImagePlace } from './imagePlace.ts';

/** What has become of an image that was to change its form. */
export type Conversion = ImagePlace & (Converted | Left);

interface Converted {
  readonly kind: 'converted';
  /** Where it is now, or came from. */
  readonly words: string;
  readonly byteLength: number;
}

interface Left {
  readonly kind: 'left';
  /** In words that end a sentence. */
  readonly reason: string;
}

/** `12 images embedded, 3.4 MB. 2 left as they are.` */
export function describeConversions(
  conversions: readonly Conversion[],
  verb: 'embedded' | 'extracted',
): string {
  const converted = conversions.flatMap((each) => (each.kind === 'converted' ? [each] : []));
  const left = conversions.length - converted.length;
  const bytes = converted.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const done = `${countOf(converted.length, 'image')} ${verb}`;
  const parts = [converted.length > 0 ? `${done}, ${formatBytes(bytes)}.` : `No image ${verb}.`];
  if (left > 0) parts.push(`${formatCount(left)} left as ${left === 1 ? 'it is' : 'they are'}.`);
  return parts.join(' ');
}

/** A line for each: `14:1  image 2  train-record14-image2.png, 138 kB`; the place as findings are listed. */
export function listConversions(conversions: readonly Conversion[]): string {
  return conversions
    .toSorted((a, b) => a.line - b.line || a.image - b.image)
    .map((each) => `${each.line + 1}:1  image ${each.image + 1}  ${describe(each)}\n`)
    .join('');
}

function describe(conversion: Conversion): string {
  if (conversion.kind === 'left') return `left as it is: ${conversion.reason}`;
  return `${conversion.words}, ${formatBytes(conversion.byteLength)}`;
}
