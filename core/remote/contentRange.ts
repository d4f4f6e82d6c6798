/** What a server says of the part that it sends (RFC 9110, 14.4). Offsets in bytes, half-open. */
export interface ContentRange {
  readonly start: number;
  readonly end: number;
  /** Of the whole; undefined where the server does not know. */
  readonly total: number | undefined;
}

/** `bytes 0-65535/81234`; undefined for what is not a range, or none that there can be. */
export function readContentRange(header: string | undefined): ContentRange | undefined {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(header?.trim() ?? '');
  if (!match) return undefined;
  const [, first, last, length] = match;
  const start = Number(first);
  const end = Number(last) + 1;
  const total = length === '*' ? undefined : Number(length);
  return start < end && end <= (total ?? end) ? { start, end, total } : undefined;
}

/** The header of a request for some bytes: `bytes=0-65535`. */
export function rangeOf(start: number, end: number): string {
  return `bytes=${start}-${end - 1}`;
}
