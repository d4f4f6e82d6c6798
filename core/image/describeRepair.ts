import { colorModeNames, formatBytes, formatName } from './describeImage.ts';
import type { ImageFacts } from './imageFacts.ts';
import type { ImageEncoding, RepairPlan } from './repairPlan.ts';

/** From what to what: `oversized RGB PNG → RGB JPEG of at most 10 MB`. */
export function describePlan(
  facts: ImageFacts,
  { opaque, transparent }: Pick<RepairPlan, 'opaque' | 'transparent'>,
  maxBytes: number,
): string {
  const isLarge = facts.byteLength > maxBytes;
  const before = [
    isLarge && 'oversized',
    facts.isAnimated === true && 'animated',
    facts.orientation !== undefined && 'turned',
    facts.bitsPerSample !== undefined && facts.bitsPerSample > 8 && `${facts.bitsPerSample}-bit`,
    facts.coding,
    facts.colorMode && colorModeNames[facts.colorMode],
    formatName(facts.format ?? ''),
  ];
  const after = [describeResult(facts, opaque, transparent)];
  if (isLarge) after.push(`of at most ${formatBytes(maxBytes)}`);
  if (facts.isAnimated === true || facts.format === 'gif') after.push('of its first frame');
  else if (facts.frames !== undefined) after.push('of its first picture');
  return `${before.filter(Boolean).join(' ')} → ${after.join(' ')}`;
}

/** `RGB JPEG`; `RGB or RGBA PNG` where only decoding tells. */
function describeResult(
  { format, colorMode }: ImageFacts,
  [opaque]: readonly ImageEncoding[],
  [transparent]: readonly ImageEncoding[],
): string {
  const withoutAlpha = `RGB ${formatName(opaque?.format ?? 'png')}`;
  const withAlpha = `RGBA ${formatName(transparent?.format ?? 'png')}`;
  if (format === 'jpeg' || colorMode === 'cmyk' || colorMode === 'rgb') return withoutAlpha;
  if (opaque?.format === transparent?.format) return withAlpha.replace('RGBA', 'RGB or RGBA');
  return `${withoutAlpha} or ${withAlpha}`;
}

/** Photographs of telephones, whose decoder is encumbered by patents; and what is drawn instead of stored. */
const advice: Readonly<Record<string, string>> = {
  heic: 'export it as JPEG',
  heif: 'export it as JPEG',
  svg: 'export it as PNG',
  pdf: 'export its page as PNG',
  html: 'this is a page, save the image itself',
  xml: 'save the image itself',
  zip: 'take the image out of it',
  psd: 'export it as PNG',
  jxl: 'export it as PNG',
  jp2: 'export it as PNG',
};

/** What it is that cannot be repaired, and the next step; undefined for what can be tried. */
export function describeRefusal(facts: ImageFacts, isConvertible: boolean): string | undefined {
  const { format, byteLength, isTruncated, problem } = facts;
  const again = 'put the original in again';
  if (byteLength === 0) return `an image without bytes cannot be repaired; ${again}`;
  if (format === undefined) return `an image in no known format cannot be repaired; ${again}`;
  const name = formatName(format);
  if (problem !== undefined) return `this ${name} is damaged: ${problem}; ${again}`;
  if (isTruncated === true) return `the end of this ${name} is missing; ${again}`;
  if (isConvertible) return undefined;
  return `${name} cannot be converted here; ${advice[format] ?? 'export it as PNG'}`;
}
