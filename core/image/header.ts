import type { AcceptedFormat, ImageFacts } from './imageFacts.ts';

/** Reads the header of one format. Readers never throw, and take time linear in the head they are given. */
export interface HeaderReader {
  readonly format: AcceptedFormat;
  /** Whether the first bytes are this format's signature. */
  matches(head: Uint8Array): boolean;
  /** What the first bytes of a matching image say. A longer head never says less. */
  read(head: Uint8Array): Header;
}

export interface Header {
  readonly facts: HeaderFacts;
  /** A head of this many bytes would say more. Absent once there is no more to learn. */
  readonly need?: number;
  readonly end: End;
}

export type HeaderFacts = Omit<ImageFacts, 'format' | 'byteLength' | 'isTruncated'>;

/** How to see that the end is there: the whole has a known length, or a mark somewhere at or after `from`. */
export type End =
  | { readonly kind: 'length'; readonly byteLength: number }
  | { readonly kind: 'mark'; readonly mark: Uint8Array; readonly from: number };

/** What there is to say of a header that gives no usable size. */
export function describeSize(width: number, height: number): string {
  return `its header gives a size of ${width}×${height}`;
}

/** Both dimensions, or none: a zero stands for "not known", and NaN comes from a read past the end. */
export function dimensions(width: number, height: number): HeaderFacts {
  return isDimension(width) && isDimension(height) ? { width, height } : {};
}

function isDimension(pixels: number): boolean {
  return Number.isSafeInteger(pixels) && pixels > 0;
}
