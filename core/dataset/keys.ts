import type { Fingerprint, ImageFingerprint } from './fingerprint.ts';

/** The digest of all of an image that was sampled; undefined where its text is out of reach. */
export type DigestImage = (image: ImageFingerprint) => string | undefined;

/** What images have in common exactly when they are the same. */
export function keyOfImage(image: ImageFingerprint, digest: DigestImage): string | undefined {
  return image.isSampled ? digest(image) : image.digest;
}

/** What examples have in common exactly when they ask the same. */
export function keyOfQuestion(
  { question, images }: Fingerprint,
  digest: DigestImage,
): string | undefined {
  let key = question;
  for (const image of images) {
    if (!image.isSampled) continue;
    const whole = digest(image);
    if (whole === undefined) return undefined;
    key += whole;
  }
  return key;
}

/** What examples have in common exactly when they are the same. */
export function keyOfExample(record: Fingerprint, digest: DigestImage): string | undefined {
  const question = keyOfQuestion(record, digest);
  return question === undefined ? undefined : question + (record.answer?.digest ?? '');
}
