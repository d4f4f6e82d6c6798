import { readJson } from '../record/readJson.ts';
import { isBlank } from '../record/isBlank.ts';
import { hasTrainingKey, trainingKeys } from '../record/trainingKeys.ts';

/** Records that are looked at, blank lines apart. */
const sampleSize = 20;

/** Characters of a broken record in which a key is looked for. */
const brokenPrefix = 2000;

/** A line that starts like a record, or like a member of one that goes over many lines. */
const recordStart = /^[\s\uFEFF]*[{"']/;

/** With its colon: a line of a log may well hold the word in quotes. */
const trainingKey = new RegExp(`["'](?:${trainingKeys.join('|')})["']\\s*:`);

/** Whether a file looks like training data: one of its first 20 records, broken ones included, has a key of such. */
export function looksLikeTraining(lines: Iterable<string>): boolean {
  let seen = 0;
  for (const line of lines) {
    if (isBlank(line)) continue;
    if (isTrainingRecord(line)) return true;
    if (++seen === sampleSize) return false;
  }
  return false;
}

function isTrainingRecord(text: string): boolean {
  const { root, problem } = readJson(text);
  if (hasTrainingKey(root)) return true;
  if (!problem) return false;
  const start = text.slice(0, brokenPrefix);
  return recordStart.test(start) && trainingKey.test(start);
}
