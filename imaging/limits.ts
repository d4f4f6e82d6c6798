import type { TaskName } from './protocol.ts';

/** What an image may cost the machine that looks at it. No service documents any of these; they are ours. */
export interface ImagingLimits {
  /** Width times height. A picture with more is refused by its header and never decoded. */
  readonly maxPixels: number;
  /** Bytes that the image process may hold; past them it ends. */
  readonly maxMemory: number;
}

/**
 * 100 megapixels are 400 MB as RGBA, and converting holds them two or three times; WebAssembly ends at 2 GB. The largest
 * photographs of telephones have 200, but 50 or fewer unless asked for. Without limits, one crafted image of a public
 * test set took 23 GB.
 */
export const imagingLimits: ImagingLimits = { maxPixels: 100_000_000, maxMemory: 2_000_000_000 };

/**
 * Milliseconds that a task may take. On one core of 2026 a photograph of 12 megapixels is decoded in 0.2 s, written as
 * JPEG in 0.3 s, and as lossless WEBP in 10 s: room for 100 megapixels, or for a machine that is busy.
 */
export const deadlines: Readonly<Record<TaskName, number>> = {
  thumbnail: 15_000,
  decode: 30_000,
  repair: 120_000,
  screen: 30_000,
};
