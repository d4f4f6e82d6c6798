import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { PixelBox } from '../../core/image/learntImages.ts';

/** A picture of the page about the package that the face detector comes in; no commit of ours holds it, and nothing ships it. */
const people = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/human')),
  '../assets/samples.jpg',
);

/** For `skip` of a test that needs the portrait: why there is none, or false. */
export const portraitMissing: string | false =
  !existsSync(people) && 'The package of the face detector has no picture of people.';

/** A man at a table, 215×158 pixels. */
export function portrait(): Sharp {
  return sharp(people).extract({ left: 325, top: 0, width: 215, height: 158 });
}

/** Where his face is, from ear to ear and from the brows to the chin, in pixels of the portrait. */
export const portraitFace: PixelBox = { x: 109, y: 28, width: 33, height: 33 };
