import { setImmediate } from 'node:timers/promises';
import {
  addForecast,
  noForecast,
  type ForecastCounts,
  type ForecastOutcome,
} from '../core/check/forecastCounts.ts';
import { forecastImage, type Screen } from '../core/image/forecastImage.ts';
import { learntKey, type LearntImage, type LearntImages } from '../core/image/learntImages.ts';
import { imagesOf, readExample } from '../core/record/example.ts';
import { JsonScratch, readJson } from '../core/record/readJson.ts';
import { ImagingError } from '../imaging/imagingError.ts';

export interface ForecastTools {
  readonly screen: Screen;
  /** What was learnt of pictures before. */
  readonly known: LearntImages;
  /** Called after each record with how many are done. */
  readonly onProgress: (records: number) => void;
  /** What was found until it aborts counts. */
  readonly signal: AbortSignal;
}

export interface Forecast {
  /** By `learntKey`: of every picture that was looked at, for what was found before no longer holds. */
  readonly learnt: ReadonlyMap<string, LearntImage>;
  readonly counts: ForecastCounts;
  /** Why pictures could not be looked at, each reason once. */
  readonly refusals: ReadonlySet<string>;
}

/** Looks at the pictures of records, one after the other; a picture that stands in several of them is looked at once. */
export async function forecastRecords(
  records: readonly string[],
  { screen, known, onProgress, signal }: ForecastTools,
): Promise<Forecast> {
  const learnt = new Map<string, LearntImage>();
  const found = new Map<string, ForecastOutcome>();
  const refusals = new Set<string>();
  const scratch = new JsonScratch();
  let counts = noForecast;
  for (const [at, record] of records.entries()) {
    for (const address of addressesIn(record, scratch)) {
      const outcome = await look(address);
      // A picture that was not done with when it aborted is not counted either.
      if (signal.aborted) break;
      counts = addForecast(counts, outcome);
    }
    if (signal.aborted) break;
    onProgress(at + 1);
    // Records without pictures would keep the editor from everything else.
    if (at % 100 === 99) await setImmediate();
  }
  return { learnt, counts, refusals };

  async function look(address: string): Promise<ForecastOutcome> {
    const key = learntKey(address);
    const before = found.get(key);
    if (before) return before;
    const outcome = await tryToForecast(address);
    found.set(key, outcome);
    if (typeof outcome !== 'string') learnt.set(key, { likelySkipped: outcome });
    return outcome;
  }

  async function tryToForecast(address: string): Promise<ForecastOutcome> {
    try {
      return (await forecastImage(address, known.about(address)?.facts, screen)) ?? 'elsewhere';
    } catch (error) {
      if (signal.aborted) return 'refused';
      if (!(error instanceof ImagingError)) throw error;
      refusals.add(error.message);
      return 'refused';
    }
  }
}

/** A record that is not JSON has none, as in a check. */
function addressesIn(record: string, scratch: JsonScratch): readonly string[] {
  const tree = readJson(record, scratch);
  const example = tree.problem ? undefined : readExample(tree);
  return example ? imagesOf(example).map(({ image }) => image.url.asString() ?? '') : [];
}
