const seed1 = 0x2f0b_4c47;
const seed2 = 0x5bd1_e995;

/** Takes a word of four bytes into the first hash. */
export function mix1(hash: number, word: number): number {
  const mixed = hash ^ word;
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x85eb_ca6b);
}

/** The same for the second. */
export function mix2(hash: number, word: number): number {
  const mixed = (hash + word) | 0;
  return Math.imul((mixed << 11) | (mixed >>> 21), 0xc2b2_ae35);
}

/** Lets each bit of a hash depend on all that it took in. */
export function settle(hash: number): number {
  let settled = Math.imul(hash ^ (hash >>> 16), 0x7feb_352d);
  settled = Math.imul(settled ^ (settled >>> 15), 0x846c_a68b);
  return settled ^ (settled >>> 16);
}

/**
 * Two hashes of 32 bits over bytes, four at a time: a filter, not a proof. What differs has different ones but once in
 * 10^18 pairs, unless somebody means it; so whoever finds two alike compares what was hashed, but for system prompts, which are
 * only counted.
 */
export class QuickHash {
  first = seed1;
  second = seed2;
  #scratch = new DataView(new ArrayBuffer(1024));

  reset(): void {
    this.first = seed1;
    this.second = seed2;
  }

  /** A whole number; of its 32 lower bits. */
  addNumber(word: number): void {
    this.first = mix1(this.first, word);
    this.second = mix2(this.second, word);
  }

  /** The bytes from `start` to `end`; what is missing of the last four counts as 0. */
  addBytes(view: DataView, start: number, end: number): void {
    let [first, second] = [this.first, this.second];
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word = view.getInt32(at, true);
      first = mix1(first, word);
      second = mix2(second, word);
    }
    if (at < end) {
      let word = 0;
      for (let last = end - 1; last >= at; last--) word = (word << 8) | view.getUint8(last);
      first = mix1(first, word);
      second = mix2(second, word);
    }
    this.first = first;
    this.second = second;
  }

  /** A text in UTF-8; gives back how many bytes it took. */
  addText(text: string): number {
    const most = 3 * text.length;
    if (most > this.#scratch.byteLength) this.#scratch = new DataView(new ArrayBuffer(2 * most));
    const byteLength = Buffer.from(this.#scratch.buffer).write(text);
    this.addBytes(this.#scratch, 0, byteLength);
    return byteLength;
  }

  /** Two hashes that are settled. */
  addPair(first: number, second: number): void {
    this.first = mix1(this.first, first);
    this.second = mix2(this.second, second);
  }

  /** Writes both hashes, settled, at an index of a list. */
  settleInto(hashes: Int32Array, index: number): void {
    hashes[index] = settle(this.first);
    hashes[index + 1] = settle(this.second);
  }
}
