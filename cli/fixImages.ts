import type { FileHandle } from 'node:fs/promises';
import type { CheckContext } from '../core/check/context.ts';
import type { LineFix } from '../core/check/fileRepairer.ts';
import {
  ImageFileRepairer,
  type ImageRepairEvents,
  type PlanImage,
  type PlannedImage,
  type RepairBytes,
  type RepairedFileImage,
} from '../core/check/imageRepairer.ts';
import { countOf } from '../core/finding/words.ts';
import { formatBytes } from '../core/image/describeImage.ts';
import { planRepair, quietImageBytes, type RepairReason } from '../core/image/repairPlan.ts';
import { formatCount } from '../core/text/formatCount.ts';
import { makeVisible } from '../core/text/quote.ts';
import { ImagingPool } from '../imaging/imagingPool.ts';
import { imagingScript } from '../imaging/imagingScript.ts';
import { repairIn } from '../imaging/repairIn.ts';
import { chunksOf } from './chunksOf.ts';
import { complain } from './complain.ts';
import type { FixArguments } from './fixArguments.ts';
import type { FixWork } from './fixWork.ts';
import type { Io } from './io.ts';

/** Images that are left as they are and named. */
const maxNamed = 10;

/** The images of a file that `fix --images` repairs: told of first, then repaired. */
export class ImageFixes implements FixWork {
  readonly #args: FixArguments;
  readonly #io: Io;
  readonly #plan: PlanImage;
  readonly #pool = new ImagingPool({ script: imagingScript });
  readonly #left: PlannedImage[] = [];
  #leftCount = 0;
  #repaired = 0;
  #before = 0;
  #after = 0;

  constructor(context: CheckContext, args: FixArguments, io: Io) {
    this.#args = args;
    this.#io = io;
    this.#plan = planWanted(context, args);
  }

  /** What is to be done, by the headers of all images: how many, from what to what, bytes before. Writes nothing. */
  async announce(file: FileHandle): Promise<readonly string[]> {
    const groups = new Map<string, { count: number; bytes: number }>();
    const planner = this.#repairer((_bytes, plan) => Promise.resolve(plan.words), {
      onRepair: () => undefined,
      onLeft: ({ plan, words, facts: { byteLength } }) => {
        if (!plan) return;
        const { count, bytes } = groups.get(words) ?? { count: 0, bytes: 0 };
        groups.set(words, { count: count + 1, bytes: bytes + byteLength });
      },
    });
    for await (const chunk of chunksOf(file)) await exhaust(planner.read(chunk));
    await exhaust(planner.finish());
    return this.#describePlans(groups);
  }

  /** Gives the new bytes of the file, as `FileRepairer` does. */
  start(onFix: (fix: LineFix) => void): ImageFileRepairer {
    return this.#repairer(repairIn(this.#pool), {
      onRepair: (image) => {
        this.#note(image);
        const { line, plan } = image;
        onFix({ line, title: plan.words, rule: plan.reasons[0] ?? 'image-format' });
      },
      onLeft: (image) => {
        this.#leftCount++;
        if (this.#left.length < maxNamed) this.#left.push(image);
      },
    });
  }

  /** What has become of them. */
  *describe(): Generator<string> {
    if (this.#repaired > 0) {
      const [before, after] = [this.#before, this.#after].map(formatBytes);
      const verb = this.#args.isDryRun ? 'would be repaired' : 'repaired';
      yield `${countOf(this.#repaired, 'image')} ${verb}: ${before ?? ''} → ${after ?? ''}\n`;
    }
  }

  /** Names on standard error what is left as it is, and why. */
  complain(): void {
    const { input } = this.#args;
    for (const { line, words } of this.#left) complain(this.#io, `${input}:${line + 1}: ${words}`);
    const unnamed = this.#leftCount - this.#left.length;
    if (unnamed > 0) complain(this.#io, `${input}: ${countOf(unnamed, 'more image')} not repaired`);
  }

  /** Ends the processes that decode. */
  dispose(): void {
    this.#pool.dispose();
  }

  #repairer(repair: RepairBytes, events: ImageRepairEvents): ImageFileRepairer {
    const isRecord = this.#args.input.toLowerCase().endsWith('.json');
    return new ImageFileRepairer(this.#plan, repair, events, { isRecord });
  }

  #note({ facts: { byteLength }, repaired }: RepairedFileImage): void {
    this.#repaired++;
    this.#before += byteLength;
    this.#after += repaired.bytes.length;
  }

  #describePlans(groups: ReadonlyMap<string, { count: number; bytes: number }>): string[] {
    const counts = [...groups].map(([words, { count, bytes }]) => ({ words, count, bytes }));
    const all = counts.reduce((sum, { count }) => sum + count, 0);
    const width = Math.max(0, ...counts.map(({ count }) => formatCount(count).length));
    const heading = `${makeVisible(this.#args.input)}: ${all === 0 ? 'no image' : countOf(all, 'image')} to repair\n`;
    const lines = counts.map(
      ({ words, count, bytes }) =>
        `  ${formatCount(count).padStart(width)}  ${words}, ${formatBytes(bytes)}\n`,
    );
    return [heading, ...lines];
  }
}

/** By the rules that are asked for, and are not off. */
function planWanted({ levels, limits }: CheckContext, { rules, images }: FixArguments): PlanImage {
  const options = {
    ...images,
    stopsAnimation: rules.includes('image-animated'),
    maxBytes: quietImageBytes(limits),
  };
  const isWanted = (reason: RepairReason): boolean =>
    levels.get(reason) !== 'off' &&
    (rules.length === 0 || reason === 'orientation' || rules.includes(reason));
  return (facts) => {
    const planned = planRepair(facts, options);
    return planned?.kind === 'plan' && !planned.reasons.some(isWanted) ? undefined : planned;
  };
}

async function exhaust(pieces: AsyncIterable<unknown>): Promise<void> {
  for await (const _piece of pieces);
}
