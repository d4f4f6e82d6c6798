import { captchaHint } from './captchaHint.ts';
import { decodeDataUri } from './dataUri.ts';
import { acceptedFormatOf, type ImageFacts } from './imageFacts.ts';
import { readEmbeddedImage } from './inspectImage.ts';
import type { ScreeningHint } from './learntImages.ts';

/** Looks for faces in the bytes of a picture, on this machine. */
export type Screen = (bytes: Uint8Array) => Promise<readonly ScreeningHint[]>;

/**
 * What the picture with this address in a record is likely to be skipped for; undefined where nobody looked at it, as its bytes
 * are somewhere else and its name says nothing. `fetched` is what its bytes were seen to say, if it is on the web.
 * Rejects where `screen` does.
 */
export async function forecastImage(
  address: string,
  fetched: ImageFacts | undefined,
  screen: Screen,
): Promise<readonly ScreeningHint[] | undefined> {
  const embedded = readEmbeddedImage(address);
  const captcha = captchaHint(address, embedded?.facts ?? fetched);
  const captchas = captcha ? [captcha] : [];
  if (!embedded) return captcha && captchas;
  // Of another format a rule says that it is skipped for certain.
  if (!acceptedFormatOf(embedded.facts)) return captchas;
  return [...(await screen(decodeDataUri(address, embedded.uri))), ...captchas];
}
