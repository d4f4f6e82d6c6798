import { formatCount } from '../text/formatCount.ts';
import type { ColorMode, ImageFacts, ImageFormat } from './imageFacts.ts';

/** One line about an image, of what is known: `PNG · 1920 × 1080 · 2.3 MB · RGBA`. */
export function describeImage(facts: ImageFacts): string {
  const { format, width, height, colorMode } = facts;
  const parts = [
    format === undefined ? 'unknown format' : formatName(format),
    width !== undefined && height !== undefined && `${width} × ${height}`,
    formatBytes(facts.byteLength),
    colorMode && colorModeNames[colorMode],
    facts.isAnimated && 'animated',
    facts.isTruncated && 'cut short',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** A format as people write it: `png` gives `PNG`. */
export function formatName(format: ImageFormat): string {
  return format.toUpperCase();
}

const colorModeNames: Readonly<Record<ColorMode, string>> = {
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
