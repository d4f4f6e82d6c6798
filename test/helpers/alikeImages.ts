import { dataUri, makeImage } from './makeImage.ts';

/** Data URIs of two images of one length that differ in one byte, between the samples that are compared first. */
export const alikeImages: readonly [string, string] = makeAlike();

function makeAlike(): [string, string] {
  const url = dataUri('png', makeImage('png', 128, 128, { byteLength: 6000 }));
  const at = 400;
  return [url, `${url.slice(0, at)}Q${url.slice(at + 1)}`];
}
