import o200k from 'js-tiktoken/ranks/o200k_base';

/**
 * The encoding of gpt-4o and gpt-4.1, with its table: 2.3 MB of text, 0.1 s to read. So nobody imports this module but
 * `textTokens.ts`, when the first text is counted, and it is a bundle of its own.
 *
 * Table and pattern are a library's. The merging is ours, because those of the libraries take time in the square of
 * the length of a word, and an input may well be one word: see docs/dependencies.md.
 */
const pattern = new RegExp(withUnicodeSpaces(o200k.pat_str), 'gu');

/** By the bytes of a token, each as the character of its number. */
const ranks = readRanks(o200k.bpe_ranks);

/** No token of the table is longer, in bytes: it is made of spaces. */
const longestToken = 128;

/**
 * A word is merged this many bytes at a time. Only of a word that is longer can the count differ from the encoding's,
 * by a token or two at each cut.
 */
const longestStretch = 1 << 20;

/** How many tokens a text is. What reads like a special token, `<|endoftext|>`, is text like any other. */
export function countTokens(text: string): number {
  let count = 0;
  let start = 0;
  pattern.lastIndex = 0;
  // Every character belongs to a match, so each begins where the one before it ends.
  while (pattern.test(text)) {
    count += countPiece(text.slice(start, pattern.lastIndex));
    start = pattern.lastIndex;
  }
  return count;
}

function countPiece(piece: string): number {
  const isAscii = Buffer.byteLength(piece) === piece.length;
  const bytes = isAscii ? piece : Buffer.from(piece).toString('latin1');
  if (ranks.has(bytes)) return 1;
  let count = 0;
  for (let at = 0; at < bytes.length; at += longestStretch)
    count += mergePairs(bytes.slice(at, at + longestStretch));
  return count;
}

/**
 * Byte pair encoding: each byte is a token at first; of all neighbours that together are a token, those with the
 * lowest rank become one, the leftmost first, until there are none. A heap finds them in O(n log n).
 */
function mergePairs(bytes: string): number {
  const { length } = bytes;
  /** Of the token that begins at an index: where the one after it, and the one before it, begins. */
  const next = new Int32Array(length + 1);
  const previous = new Int32Array(length + 1);
  /** Of the pair that begins at an index: its rank, or -1. */
  const rankAt = new Int32Array(length).fill(-1);
  const heap = new MinHeap();
  for (let at = 0; at <= length; at++) {
    next[at] = at + 1;
    previous[at] = at - 1;
  }
  for (let at = 0; at + 1 < length; at++) ratePair(at);
  let count = length;
  for (let key = heap.pop(); key !== undefined; key = heap.pop()) {
    const at = key % longestStretch;
    // Whatever has changed since it was put there has been put there anew, or is part of another token.
    if (rankAt[at] !== Math.floor(key / longestStretch)) continue;
    const second = next[at] ?? length;
    const after = next[second] ?? length;
    next[at] = after;
    previous[after] = at;
    rankAt[second] = -1;
    count--;
    ratePair(at);
    if (at > 0) ratePair(previous[at] ?? 0);
  }
  return count;

  function ratePair(at: number): void {
    const second = next[at] ?? length;
    const end = second < length ? (next[second] ?? length) : Infinity;
    const rank = end - at <= longestToken ? ranks.get(bytes.slice(at, end)) : undefined;
    rankAt[at] = rank ?? -1;
    // The index takes the low digits, so that of equal ranks the leftmost comes first.
    if (rank !== undefined) heap.push(rank * longestStretch + at);
  }
}

/** Gives back the least number first. */
class MinHeap {
  readonly #keys: number[] = [];

  push(key: number): void {
    const keys = this.#keys;
    let at = keys.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = keys[parent] ?? key;
      if (above <= key) break;
      keys[at] = above;
      at = parent;
    }
    keys[at] = key;
  }

  pop(): number | undefined {
    const keys = this.#keys;
    const [least] = keys;
    const last = keys.pop();
    if (last === undefined || keys.length === 0) return least;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= keys.length) break;
      if ((keys[child + 1] ?? Infinity) < (keys[child] ?? Infinity)) child++;
      const below = keys[child] ?? Infinity;
      if (below >= last) break;
      keys[at] = below;
      at = child;
    }
    keys[at] = last;
    return least;
  }
}

/** The pattern is Rust's, where `\\s` is what Unicode says; that of JavaScript takes in U+FEFF and leaves out U+0085. */
function withUnicodeSpaces(rust: string): string {
  return rust.replaceAll('\\s', '\\p{White_Space}').replaceAll('\\S', '\\P{White_Space}');
}

/** Lines of `! RANK TOKEN…`: the rank of the first token, then tokens of rising rank in base64. */
function readRanks(table: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const line of table.split('\n')) {
    const [, first, ...tokens] = line.split(' ');
    let rank = Number(first);
    for (const token of tokens) found.set(Buffer.from(token, 'base64').toString('latin1'), rank++);
  }
  return found;
}
