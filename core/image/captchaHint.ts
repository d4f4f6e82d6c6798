import { parseDataUri } from './dataUri.ts';
import type { ImageFacts } from './imageFacts.ts';
import type { ScreeningHint } from './learntImages.ts';
import { readAddress } from './webAddress.ts';

/**
 * The shape of pictures that generators of CAPTCHAs draw. By default captcha (Python) draws 160×60 pixels, svg-captcha and
 * Gregwar 150×50 and 150×40, kaptcha 200×50, Securimage 215×80, the first reCAPTCHA 300×57: ours leaves room for two or
 * three times that. The ratio is width over height.
 */
export const captchaShape = { maxWidth: 600, maxHeight: 200, minRatio: 1.5 } as const;

/** Where a name may stand, in characters from the beginning. */
const longestName = 8192;

/**
 * Takes a picture for a CAPTCHA where its name says that it is one, in its address on the web or as a parameter of its data
 * URI, and its size does not speak against that. A rule of thumb that looks at no pixel: it has no confidence, and
 * knows nothing of a picture without a name, for lines of text and logos are small and wide too.
 */
export function captchaHint(
  address: string,
  facts: ImageFacts | undefined,
): ScreeningHint | undefined {
  return /captcha/i.test(nameIn(address)) && mayBeCaptcha(facts) ? { kind: 'captcha' } : undefined;
}

function nameIn(address: string): string {
  const uri = parseDataUri(address);
  if (uri) return address.slice(0, uri.payloadStart);
  return readAddress(address).kind === 'web' ? address.slice(0, longestName) : '';
}

/** Whether nothing is known of its size, or it is small and wide. */
function mayBeCaptcha({ width, height }: Pick<ImageFacts, 'width' | 'height'> = {}): boolean {
  if (width === undefined || height === undefined) return true;
  const { maxWidth, maxHeight, minRatio } = captchaShape;
  return width <= maxWidth && height <= maxHeight && width >= height * minRatio;
}
