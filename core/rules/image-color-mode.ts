import { colorModeNames } from '../image/describeImage.ts';
import { acceptedFormatOf, type ImageFacts } from '../image/imageFacts.ts';
import { placeOf } from '../record/example.ts';
import type { ImageRule } from './rule.ts';

export const imageColorMode: ImageRule = {
  id: 'image-color-mode',
  summary: 'The pixels of an image are stored as RGB or RGBA.',
  severity: 'error',
  skipsExample: true,
  scope: 'image',
  *check({ image, facts }) {
    if (!facts || !acceptedFormatOf(facts)) return;
    const wrong = describeMode(facts);
    const doubtful = wrong === undefined ? describeDoubt(facts) : undefined;
    if (wrong !== undefined) {
      yield {
        span: placeOf(image.url),
        message: `Image ${wrong}; the service takes RGB or RGBA and skips this example.`,
      };
    } else if (doubtful !== undefined) {
      yield {
        span: placeOf(image.url),
        severity: 'warning',
        message: `Image ${doubtful}; the service takes RGB or RGBA and may skip this example.`,
      };
    }
  },
};

/** Undefined for RGB and RGBA, for what is not known, and for what is read in two ways. */
function describeMode(facts: ImageFacts): string | undefined {
  const { format, width, colorMode } = facts;
  switch (colorMode) {
    case 'rgb':
    case 'rgba':
      return undefined;
    case undefined:
      // The frame header was read, and has another number of components.
      return format === 'jpeg' && width !== undefined
        ? 'has neither 1, 3 nor 4 colours'
        : undefined;
    case 'palette':
      return 'has a palette';
    case 'grey-alpha':
      return isDeepGreyAlpha(facts) ? undefined : `is ${colorModeNames[colorMode]}`;
    default:
      return `is ${colorModeNames[colorMode]}`;
  }
}

/** What some decoders give as RGB or RGBA and others refuse, or open as something else. */
function describeDoubt(facts: ImageFacts): string | undefined {
  const { format, bitsPerSample = 8, coding } = facts;
  if (isDeepGreyAlpha(facts))
    return 'is 16-bit greyscale with alpha, which some decoders open as RGBA';
  if (format !== 'jpeg') return undefined;
  if (bitsPerSample !== 8)
    return `is a JPEG of ${bitsPerSample} bits a sample, which few decoders open`;
  return coding && `is a JPEG with ${coding} coding, which few decoders open`;
}

/** Pillow opens it as RGBA, against what its header says. */
function isDeepGreyAlpha({ colorMode, bitsPerSample }: ImageFacts): boolean {
  return colorMode === 'grey-alpha' && bitsPerSample === 16;
}
