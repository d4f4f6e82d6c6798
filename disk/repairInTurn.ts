import type { RepairChunks } from '../cli/repairChunks.ts';

type Repairer = RepairChunks<unknown>['repairer'];

/** Repairs a file by one, and what comes of it by another. */
export function repairInTurn(first: Repairer, second: Repairer): Repairer {
  return {
    async *read(chunk) {
      yield* second.read(await gather(first.read(chunk)));
    },
    async *finish() {
      yield* second.read(await gather(first.finish()));
      yield* second.finish();
    },
    get tooLongLine() {
      return first.tooLongLine ?? second.tooLongLine;
    },
  };
}

/** All that comes of a chunk, so that its images are repaired side by side: pieces are single lines. */
async function gather(pieces: ReturnType<Repairer['read']>): Promise<Buffer> {
  const gathered: Buffer[] = [];
  // Each is valid until the next one is asked for.
  for await (const piece of pieces) gathered.push(Buffer.from(piece));
  return Buffer.concat(gathered);
}
