import type { ImageTokenPrices } from '../profile/profile.ts';

// The tile family's steps at detail high: OpenAI, "Images and vision", "Calculating costs". An image is only ever
// scaled down; older copies of the page said that small ones were enlarged.
const longestSide = 2048;
const shortestSide = 768;
const tileSide = 512;

/** A number of tokens as far as it is known; where it is known exactly, both are the same. */
export interface TokenRange {
  readonly min: number;
  readonly max: number;
}

/** At detail low an image costs the same whatever its size. */
export function lowDetailTokens(prices: ImageTokenPrices): number {
  return prices.base.value;
}

/** At detail high: 1920×1080 pixels are 1,105 tokens for gpt-4o and gpt-4.1. */
export function highDetailTokens(prices: ImageTokenPrices, width: number, height: number): number {
  const fit = Math.min(1, longestSide / Math.max(width, height));
  const shrink = Math.min(1, shortestSide / (Math.min(width, height) * fit));
  const across = tilesAlong(width * fit * shrink);
  const down = tilesAlong(height * fit * shrink);
  return prices.base.value + prices.tile.value * across * down;
}

/** The least and the most that any image can cost at detail high, for one whose size is not known. */
export function highDetailRange(prices: ImageTokenPrices): TokenRange {
  return {
    min: highDetailTokens(prices, 1, 1),
    max: highDetailTokens(prices, shortestSide, longestSide),
  };
}

/** Scaling keeps whole numbers of tiles whole: no size up to 65,535 was found where rounding adds a tile. */
function tilesAlong(pixels: number): number {
  return Math.ceil(pixels / tileSide);
}
