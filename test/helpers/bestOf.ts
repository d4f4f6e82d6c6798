/** The best times of works that are done in turn, whatever else the machine does. In milliseconds. */
export function bestOf(
  rounds: number,
  works: readonly [() => unknown, () => unknown],
): [number, number] {
  const best: [number, number] = [Infinity, Infinity];
  for (let round = 0; round < rounds; round++) {
    for (const index of [0, 1] as const) {
      const started = performance.now();
      works[index]();
      best[index] = Math.min(best[index], performance.now() - started);
    }
  }
  return best;
}
