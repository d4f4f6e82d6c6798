import { standsAt, viewOf } from '../text/standsAt.ts';
import type { PlainString } from './plainString.ts';

/** What of a record may differ while its template stays the same: the inside of a string. */
export type HoleKind =
  /** Any text but an empty one. */
  | 'text'
  /** The address or data URI of an image, without escapes. */
  | 'address';

/** A record without the insides of some strings: `literals` is what stands before each hole, and behind the last. */
export interface Template {
  readonly literals: readonly string[];
  readonly holes: readonly HoleKind[];
}

/** A record of more is read the long way. */
export const maxHoles = 256;

/** Templates that share their beginning and differ from here on; and all there are. Past these nothing is learnt. */
const maxBranches = 16;
const maxLiterals = 4096;

const data = Buffer.from('data:').readInt32LE();
const quoteMark = 0x22;

/** A literal, and what stands behind it: a hole, or nothing any more. */
interface Piece<T> {
  readonly literal: DataView;
  readonly hole: HoleKind | undefined;
  readonly next: Piece<T>[];
  /** What is known of records that end here. */
  known: T | undefined;
}

/**
 * Tells records that differ only in their texts and images from one that was looked at: nearly all of a file follow a few
 * templates, and comparing one with a template costs a tenth of reading it.
 */
export class RecordTemplates<T> {
  /** Of the record that was matched last: where the insides of its holes start and end, and the hashes of texts, in pairs. */
  readonly starts = new Int32Array(maxHoles);
  readonly ends = new Int32Array(maxHoles);
  readonly hashes = new Int32Array(2 * maxHoles);
  /** Of the memory that the record stands in; offsets are in it. */
  view: DataView = new DataView(new ArrayBuffer(0));
  readonly #string: PlainString;
  readonly #roots: Piece<T>[] = [];
  #literals = 0;

  constructor(string: PlainString) {
    this.#string = string;
  }

  /** What is known of the record, if it follows a template. */
  match(record: Buffer): T | undefined {
    if (this.view.buffer !== record.buffer) this.view = new DataView(record.buffer);
    const { view } = this;
    let pieces = this.#roots;
    let at = record.byteOffset;
    const end = at + record.length;
    this.#string.reset();
    for (let hole = 0; ; hole++) {
      const piece = findPiece(pieces, view, at, end);
      if (!piece) return undefined;
      at += piece.literal.byteLength;
      if (!piece.hole) return at === end ? piece.known : undefined;
      const close = this.#fill(piece.hole, record, at, hole);
      if (close === undefined || close === at) return undefined;
      this.starts[hole] = at;
      this.ends[hole] = at = close;
      pieces = piece.next;
    }
  }

  learn({ literals, holes }: Template, known: T): void {
    if (holes.length > maxHoles) return;
    let pieces = this.#roots;
    for (const [index, text] of literals.entries()) {
      const hole = holes[index];
      const literal = viewOf(text);
      const { byteLength } = literal;
      // So short is none that belongs to a record.
      if (byteLength < 4) return;
      let piece = pieces.find(
        (each) =>
          each.hole === hole &&
          each.literal.byteLength === byteLength &&
          standsAt(each.literal, literal, 0, byteLength),
      );
      if (!piece) {
        if (pieces.length === maxBranches || this.#literals === maxLiterals) return;
        this.#literals++;
        piece = { literal, hole, next: [], known: undefined };
        pieces.push(piece);
      }
      if (!hole) piece.known ??= known;
      pieces = piece.next;
    }
  }

  /** The end of the string whose inside begins at `at`. Of a data URI nothing but its end is looked for. */
  #fill(kind: HoleKind, record: Buffer, at: number, hole: number): number | undefined {
    const end = record.byteOffset + record.length;
    if (kind === 'address' && at + 4 <= end && this.view.getInt32(at, true) === data) {
      const close = record.indexOf(quoteMark, at - record.byteOffset);
      return close === -1 ? undefined : close + record.byteOffset;
    }
    const close = this.#string.read(this.view, at, end);
    this.#string.hash.settleInto(this.hashes, 2 * hole);
    return close;
  }
}

function findPiece<T>(
  pieces: readonly Piece<T>[],
  view: DataView,
  at: number,
  end: number,
): Piece<T> | undefined {
  for (const piece of pieces) if (standsAt(piece.literal, view, at, end)) return piece;
  return undefined;
}
