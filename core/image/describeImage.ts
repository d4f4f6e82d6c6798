import { formatCount } from '../text/formatCount.ts';
import type { ColorMode, ImageFacts, ImageFormat } from './imageFacts.ts';

/** One line about an image, of what is known and what is out of the ordinary: `PNG · 1920 × 1080 · 2.3 MB · RGBA · 16 bits`. */
export function describeImage(facts: ImageFacts): string {
  const { format, width, height, colorMode, bitsPerSample = 8, orientation, coding } = facts;
  const parts = [
    format === undefined ? 'unknown format' : formatName(format),
    width !== undefined && height !== undefined && `${width} × ${height}`,
    formatBytes(facts.byteLength),
    colorMode && colorModeNames[colorMode],
    bitsPerSample !== 8 && (bitsPerSample === 1 ? '1 bit' : `${bitsPerSample} bits`),
    coding,
    orientation !== undefined && orientationNames[orientation],
    describeFrames(facts),
    facts.isTruncated && 'cut short',
    facts.problem !== undefined && 'damaged',
  ];
  return parts.filter(Boolean).join(' · ');
}

function describeFrames({ frames, isAnimated }: ImageFacts): string | false {
  if (isAnimated) return frames === undefined ? 'animated' : `${formatCount(frames)} frames`;
  return frames !== undefined && `${formatCount(frames)} pictures`;
}

/** How the stored picture is turned to be upright, by EXIF orientation (CIPA DC-008, section 4.6.4). */
const orientationNames: Readonly<Record<number, string>> = {
  2: 'mirrored by EXIF',
  3: 'turned 180° by EXIF',
  4: 'flipped by EXIF',
  5: 'mirrored and turned 270° by EXIF',
  6: 'turned 90° by EXIF',
  7: 'mirrored and turned 90° by EXIF',
  8: 'turned 270° by EXIF',
};

const foreignNames: Readonly<Record<string, string>> = {
  xml: 'an XML page',
  zip: 'a ZIP archive',
};

/** A format as people write it: `png` gives `PNG`, `zip` what the bytes are instead of an image. */
export function formatName(format: ImageFormat): string {
  return foreignNames[format] ?? format.toUpperCase();
}

/** A colour mode in words. */
export const colorModeNames: Readonly<Record<ColorMode, string>> = {
  grey: 'greyscale',
  'grey-alpha': 'greyscale with alpha',
  palette: 'palette',
  rgb: 'RGB',
  rgba: 'RGBA',
  cmyk: 'CMYK',
};

/**
 * A number of bytes with at most one decimal, in decimal units: 1 kB is 1,000 bytes, 1 MB is 1,000,000.
 * The services write "10 MB" without saying which; where it matters, show the exact number of bytes.
 */
export function formatBytes(byteLength: number): string {
  if (byteLength < 1e3) return `${formatCount(byteLength)} ${byteLength === 1 ? 'byte' : 'bytes'}`;
  // Just below the next unit, rounding to tenths would give 1,000 of this one.
  if (byteLength < 999_950) return `${formatCount(byteLength / 1e3)} kB`;
  if (byteLength < 999_950_000) return `${formatCount(byteLength / 1e6)} MB`;
  return `${formatCount(byteLength / 1e9)} GB`;
}

/** A size in pixels as it reads in a sentence: `1920×1080`. */
export function describePixels(width: number, height: number): string {
  return `${width}×${height}`;
}
