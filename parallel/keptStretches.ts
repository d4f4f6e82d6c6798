import { isDeepStrictEqual } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import type { CheckContext } from '../core/check/context.ts';
import type { KeyedStretch } from '../core/dataset/stretchKeys.ts';
import { newDigestKey } from './changeDigest.ts';
import type { StretchResult } from './checkStretch.ts';
import type { Stretch } from './stretches.ts';

/** Bytes that are kept at most between two checks. What stands behind the stretches that fit is checked again with any change. */
const maxKeptBytes = 64 << 20;

/** What the results of stretches depend on besides the file. */
export interface CheckConditions {
  readonly context: CheckContext;
  readonly maxFindings: number;
}

/** A stretch of a file and its result: the keys as they are, all else packed. */
interface KeptStretch extends Stretch {
  readonly digest: string;
  readonly keys: KeyedStretch | undefined;
  readonly packed: Uint8Array;
}

/**
 * What the last check of a file has found in each of its stretches, for the next one to go on from. Results hold for a file that begins with the
 * same stretches: what is before a stretch decides with what it was started.
 */
export class KeptStretches {
  readonly digestKey = newDigestKey();
  readonly #maxBytes: number;
  #conditions: CheckConditions | undefined;
  #stretches: readonly KeptStretch[] = [];
  #unchangedBytes = 0;

  constructor(maxBytes = maxKeptBytes) {
    this.#maxBytes = maxBytes;
  }

  /** Of the file, that the last check did not check again. */
  get unchangedBytes(): number {
    return this.#unchangedBytes;
  }

  /** Forgets what holds no more under these conditions, and begins a check under them. */
  begin(conditions: CheckConditions, digest: (stretch: Stretch) => Promise<string>): CheckMemory {
    if (!isDeepStrictEqual(this.#conditions, conditions)) this.clear();
    return new CheckMemory(this.#stretches, this.#maxBytes, digest, (stretches, unchangedBytes) => {
      this.#conditions = conditions;
      this.#stretches = stretches;
      this.#unchangedBytes = unchangedBytes;
    });
  }

  clear(): void {
    this.#conditions = undefined;
    this.#stretches = [];
    this.#unchangedBytes = 0;
  }
}

/**
 * The memory of one check: ask `recall` of each stretch in turn, pass those that it does not know to `keep` when they are checked, in the same order,
 * and call `end`. A check that does not come to its end leaves all as it was.
 */
export class CheckMemory {
  readonly #known: readonly KeptStretch[];
  readonly #maxBytes: number;
  readonly #digest: (stretch: Stretch) => Promise<string>;
  readonly #replace: (stretches: readonly KeptStretch[], unchangedBytes: number) => void;
  readonly #kept: KeptStretch[] = [];
  #keptBytes = 0;
  #unchangedBytes = 0;
  #isUnchanged = true;
  #isFull = false;

  constructor(
    known: readonly KeptStretch[],
    maxBytes: number,
    digest: (stretch: Stretch) => Promise<string>,
    replace: (stretches: readonly KeptStretch[], unchangedBytes: number) => void,
  ) {
    this.#known = known;
    this.#maxBytes = maxBytes;
    this.#digest = digest;
    this.#replace = replace;
  }

  /** What was found in a stretch that is as it was, as all before it are. */
  async recall(stretch: Stretch): Promise<StretchResult | undefined> {
    const known = this.#isUnchanged ? this.#known[this.#kept.length] : undefined;
    this.#isUnchanged =
      known?.end === stretch.end && known.digest === (await this.#digest(stretch));
    if (!known || !this.#isUnchanged) return undefined;
    const result = unpack(known);
    this.#add(known);
    this.#unchangedBytes += result.bytes;
    return result;
  }

  /** Whether the keys of the result are in use from now on. */
  keep({ start, end }: Stretch, { digest, ...result }: StretchResult): boolean {
    if (this.#isFull || digest === undefined) return false;
    const { keys, ...checked } = result.checked;
    // A copy: what is packed stands in memory of twice its size.
    const packed = Uint8Array.from(serialize({ ...result, checked }));
    return this.#add({ start, end, digest, keys, packed });
  }

  end(): void {
    this.#replace(this.#kept, this.#unchangedBytes);
  }

  #add(stretch: KeptStretch): boolean {
    this.#keptBytes += sizeOf(stretch);
    this.#isFull = this.#keptBytes > this.#maxBytes;
    if (!this.#isFull) this.#kept.push(stretch);
    return !this.#isFull;
  }
}

function unpack({ keys, packed }: KeptStretch): StretchResult {
  const { checked, ...result } = deserialize(packed) as StretchResult;
  return { ...result, checked: { ...checked, keys } };
}

/** In bytes, but for some hundred that objects take. */
function sizeOf({ keys, packed }: KeptStretch): number {
  const arrays: readonly ArrayBufferView[] = keys ? Object.values(keys) : [];
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, packed.length);
}
