import { describePlan, describeRefusal } from './describeRepair.ts';
import { acceptedFormatOf, type AcceptedFormat, type ImageFacts } from './imageFacts.ts';

/** One way to write an image. */
export interface ImageEncoding {
  readonly format: AcceptedFormat;
  /** Of JPEG and WEBP, 1 to 100. A WEBP without one keeps every pixel; a PNG has none. */
  readonly quality?: number;
  /** Most pixels of the longer side; absent where the size stays. */
  readonly fit?: number;
}

/** Why an image is repaired: a rule that reports on it, or that it is not stored upright. */
export type RepairReason =
  'image-format' | 'image-color-mode' | 'image-size' | 'image-animated' | 'orientation';

/** What is to be done to an image so that a service takes it. Plain data: it goes to the image process. */
export interface RepairPlan {
  readonly kind: 'plan';
  /** At least one, the gravest first. */
  readonly reasons: readonly RepairReason[];
  /** From what to what: `greyscale JPEG → RGB JPEG`. */
  readonly words: string;
  /** For an image without transparent pixels, which is written without alpha: the first that is small enough counts. */
  readonly opaque: readonly ImageEncoding[];
  /** For one with transparent pixels. */
  readonly transparent: readonly ImageEncoding[];
  /** Most bytes that the result may have. */
  readonly maxBytes: number;
}

/** What has become of an image. */
export interface RepairedImage {
  readonly bytes: Uint8Array;
  readonly format: AcceptedFormat;
  readonly width: number;
  readonly height: number;
}

/** An image that cannot be repaired here. */
export interface RepairRefusal {
  readonly kind: 'refusal';
  /** What it is and what a person can do: `HEIC cannot be converted here; export it as JPEG`. */
  readonly words: string;
}

export interface RepairOptions {
  /** Most bytes that rules let pass without a word: see `quietImageBytes`. */
  readonly maxBytes: number;
  /** Makes large images smaller without changing a pixel, as far as that goes: ten times slower. */
  readonly isLossless?: boolean;
  /** Turns an image as its EXIF data says, and takes them out, even where nothing else is to be done. */
  readonly turnsUpright?: boolean;
  /** Keeps the first frame of an animation, even where nothing else is to be done. */
  readonly stopsAnimation?: boolean;
}

/** Of JPEG and WEBP: no difference to be seen, at a third of what 97 takes. */
const quality = 92;

/** Pixels of the longer side that larger images are scaled to by the models anyway (OpenAI, vision guide: detail high). */
const modelSide = 2048;

/** Most bytes of an image that no rule says a word about, whichever way "10 MB" is read. */
export function quietImageBytes(limits: {
  readonly maxImageBytes: number;
  readonly warnImageBytes: number;
}): number {
  return Math.min(limits.maxImageBytes, limits.warnImageBytes - 1);
}

/**
 * What has to be done to an image, by its header; undefined when nothing has. The plan covers all that the image rules
 * report on, so that a repaired image needs no further repair.
 */
export function planRepair(
  facts: ImageFacts,
  options: RepairOptions,
): RepairPlan | RepairRefusal | undefined {
  const reasons = reasonsOf(facts, options);
  if (isAcceptable(facts, options.maxBytes) && reasons.length === 0) return undefined;
  const refusal = describeRefusal(facts, isConvertible(facts));
  if (refusal !== undefined) return { kind: 'refusal', words: refusal };
  const plan = {
    opaque: encodings(facts, options, false),
    transparent: encodings(facts, options, true),
  };
  return {
    kind: 'plan',
    reasons,
    words: describePlan(facts, plan, options.maxBytes),
    ...plan,
    maxBytes: options.maxBytes,
  };
}

/** Whether no rule has anything to say about the bytes of an image but that it is animated, or turned. */
export function isAcceptable(facts: ImageFacts, maxBytes: number): boolean {
  return (
    acceptedFormatOf(facts) !== undefined &&
    facts.byteLength <= maxBytes &&
    facts.isTruncated !== true &&
    facts.problem === undefined &&
    !isOddJpeg(facts) &&
    facts.width !== undefined &&
    (facts.colorMode === 'rgb' || facts.colorMode === 'rgba')
  );
}

/** A JPEG that few decoders open: of another number of bits, or coded in a way that is hardly used. */
function isOddJpeg({ format, bitsPerSample = 8, coding }: ImageFacts): boolean {
  return format === 'jpeg' && (bitsPerSample !== 8 || coding !== undefined);
}

function reasonsOf(facts: ImageFacts, options: RepairOptions): RepairReason[] {
  const { colorMode, orientation, isAnimated, frames } = facts;
  const isRgb = colorMode === 'rgb' || colorMode === 'rgba';
  const reasons: RepairReason[] = [];
  if (!acceptedFormatOf(facts)) reasons.push('image-format');
  else if (!isRgb || isOddJpeg(facts)) reasons.push('image-color-mode');
  if (facts.byteLength > options.maxBytes) reasons.push('image-size');
  if (options.stopsAnimation && (isAnimated === true || frames !== undefined))
    reasons.push('image-animated');
  if (options.turnsUpright && orientation !== undefined) reasons.push('orientation');
  return reasons;
}

/** Formats that are converted, and whether they are photographs rather than drawings. */
const converted: Readonly<Record<string, 'photograph' | 'drawing'>> = {
  gif: 'drawing',
  bmp: 'drawing',
  tiff: 'drawing',
  avif: 'photograph',
};

/** Whether an image that is sound can be written in a format that the services take, if it is not in one. */
function isConvertible(facts: ImageFacts): boolean {
  return acceptedFormatOf(facts) !== undefined || (facts.format ?? '') in converted;
}

/** The format that it has or comes closest to it, then what takes less, then that with fewer pixels. */
function encodings(
  facts: ImageFacts,
  { maxBytes, isLossless = false }: RepairOptions,
  isTransparent: boolean,
): ImageEncoding[] {
  const lossy = { format: isTransparent ? 'webp' : 'jpeg', quality } as const;
  const lossless = { format: 'webp' } as const;
  const small: ImageEncoding[] = [
    ...(isLossless ? [lossless] : []),
    ...(isLossless ? [{ ...lossless, fit: modelSide }] : []),
    lossy,
    { ...lossy, fit: modelSide },
  ];
  const kept = keptEncoding(facts, isTransparent);
  // What is too large as it is would hardly be small enough in the same format.
  const isLarge = facts.byteLength > maxBytes && acceptedFormatOf(facts) !== undefined;
  return isLarge || isEqual(kept, lossy) ? small : [kept, ...small];
}

/** Nothing is lost of what had lost nothing before; JPEG knows no alpha. */
function keptEncoding({ format = '' }: ImageFacts, isTransparent: boolean): ImageEncoding {
  if (format === 'webp') return { format: 'webp', quality };
  const isPhotograph = format === 'jpeg' || converted[format] === 'photograph';
  return isPhotograph && !isTransparent ? { format: 'jpeg', quality } : { format: 'png' };
}

function isEqual(a: ImageEncoding, b: ImageEncoding): boolean {
  return a.format === b.format && a.quality === b.quality && a.fit === b.fit;
}
