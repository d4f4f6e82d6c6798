/** The document of most tests of the server, and what stands in it. */
import { imagePart, recordOf, soundRecord, webPicture } from '../helpers/trainingText.ts';

export const uri = 'file:///train.jsonl';

/** Parts that name a picture: one that nothing is said of, one that could cost less. */
export const low = imagePart(webPicture, 'low');
export const high = imagePart(webPicture, 'high');

/** A record of which one thing is said, a hint. */
export const hinted = recordOf(high);

/** A record whose role nobody knows. */
export const robot = soundRecord.replace('"user"', '"robot"');
