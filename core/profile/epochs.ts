import type { EpochHeuristic, Profile } from './profile.ts';

/** The epochs of a job that names none; undefined where the provider does not document how it chooses. */
export function chosenEpochs({ defaultEpochs }: Profile, examples: number): number | undefined {
  return examples > 0 && defaultEpochs ? applyHeuristic(defaultEpochs.value, examples) : undefined;
}

function applyHeuristic(heuristic: EpochHeuristic, examples: number): number {
  const { target, minExamples, maxExamples, minEpochs, maxEpochs } = heuristic;
  if (examples * target < minExamples) {
    return Math.min(maxEpochs, Math.floor(minExamples / examples));
  }
  if (examples * target > maxExamples) {
    return Math.max(minEpochs, Math.floor(maxExamples / examples));
  }
  return target;
}
