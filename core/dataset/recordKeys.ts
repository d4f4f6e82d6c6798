import type { QuickKeys } from './quickKeys.ts';

/** The hashes that an example of an open document is compared with others by at first: `QuickKeys`, to be kept. */
export interface RecordKeys {
  readonly question: number;
  readonly images: readonly number[];
  /** Undefined where there is no system prompt. */
  readonly system: number | undefined;
}

const noImages: readonly number[] = [];

/** Of questions and images 32 bits, since what is alike by them is read; of prompts, which are only counted, 53. */
export function keepKeys(keys: QuickKeys): RecordKeys {
  const { question, images, imageCount, system, hasSystem } = keys;
  const [first = 0, second = 0] = system;
  return {
    question: question[0] ?? 0,
    images: imageCount === 0 ? noImages : firstOfPairs(images, imageCount),
    system: hasSystem ? (first >>> 0) * 2 ** 21 + (second >>> 11) : undefined,
  };
}

/** Of its final length from the start: a list that has grown keeps room for 17, in each of 80,000 records. */
function firstOfPairs(hashes: Int32Array, pairs: number): number[] {
  const firsts = Array<number>(pairs).fill(0);
  for (let pair = 0; pair < pairs; pair++) firsts[pair] = hashes[2 * pair] ?? 0;
  return firsts;
}
