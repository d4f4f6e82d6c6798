import { dataUriSource, parseDataUri, type DataUri } from './dataUri.ts';
import { identifyImage } from './identifyImage.ts';
import type { ImageFacts } from './imageFacts.ts';
import type { LearntImages } from './learntImages.ts';

/** A picture whose bytes stand in its address. */
export interface EmbeddedImage {
  readonly uri: DataUri;
  readonly facts: ImageFacts;
}

/** The bytes of a picture and what they say, given its address in a record; undefined where they are somewhere else. */
export function readEmbeddedImage(url: string): EmbeddedImage | undefined {
  const uri = parseDataUri(url);
  return uri && { uri, facts: identifyImage(dataUriSource(url, uri)) };
}

/**
 * What the bytes of a picture say, given its address in a record; undefined where they are somewhere else and were not
 * looked up.
 */
export function inspectImage(url: string, learnt?: LearntImages): ImageFacts | undefined {
  const embedded = readEmbeddedImage(url);
  return embedded ? embedded.facts : learnt?.about(url)?.facts;
}
