import { addForecast, describeForecast, noForecast } from '../../core/check/forecastCounts.ts';
import { forecastImage } from '../../core/image/forecastImage.ts';
import { learntKey, type LearntImage, type ScreeningHint } from '../../core/image/learntImages.ts';
import { complain } from '../complain.ts';
import type { Io } from '../io.ts';
import type { Progress } from '../progress.ts';
import type { Gatherer } from './gather.ts';
import { lookAtImages } from './lookAtImages.ts';
import { Refusals } from './refusals.ts';

/**
 * Looks for faces in every image whose bytes stand in the file, as many at a time as there are cores, and for what the names of
 * all say. Nothing leaves the machine.
 */
export function forecastGatherer(
  io: Io,
  { progress, isQuiet }: { readonly progress: Progress; readonly isQuiet: boolean },
): Gatherer {
  return async (file, known) => {
    /** Once for a picture that may stand in many examples; undefined for one that nobody looked at. */
    const asked = new Map<string, Promise<readonly ScreeningHint[] | undefined>>();
    const learnt = new Map<string, LearntImage>();
    const refusals = new Refusals();
    let counts = noForecast;
    const unreadable = await lookAtImages(
      file,
      { io, progress, option: '--forecast' },
      async (address, pool) => {
        const key = learntKey(address);
        const isNew = !asked.has(key);
        const forecast =
          asked.get(key) ??
          forecastImage(
            address,
            known.get(key)?.facts,
            io.screen ?? ((bytes) => pool.use((process) => process.screen(bytes))),
          );
        asked.set(key, forecast);
        try {
          const hints = await forecast;
          counts = addForecast(counts, hints ?? 'elsewhere');
          if (hints && hints.length > 0) learnt.set(key, { likelySkipped: hints });
        } catch (error) {
          counts = addForecast(counts, 'refused');
          if (isNew) refusals.add(error);
        }
      },
    );
    if (unreadable) return unreadable;
    const notLookedAt = refusals.describe('looked at');
    if (notLookedAt !== undefined) complain(io, `${file.name}: ${notLookedAt}`);
    if (!isQuiet) complain(io, `${file.name}: ${describeForecast(counts)}`);
    return learnt;
  };
}
