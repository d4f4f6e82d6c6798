import { dataUriSource, parseDataUri } from './dataUri.ts';
import { identifyImage } from './identifyImage.ts';
import type { ImageFacts } from './imageFacts.ts';

/** What the bytes of a picture say, given its address in a record; undefined where the bytes are somewhere else. */
export function inspectImage(url: string): ImageFacts | undefined {
  const uri = parseDataUri(url);
  return uri && identifyImage(dataUriSource(url, uri));
}
