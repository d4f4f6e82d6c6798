/** What the bytes of a file tell that its text does not: an editor takes it away when it opens the file. */
export interface FileEncoding {
  /** Then none of its lines is text, and nothing else can be told of it. */
  readonly isUtf16?: true;
  readonly hasByteOrderMark: boolean;
  /** Lines that a carriage return alone ends. */
  readonly loneReturns: number;
  /** The first of them, from 0. */
  readonly firstLoneReturn: number | undefined;
  /** The first byte that is not UTF-8 of each line that has one, unless the lines themselves are reported. */
  readonly invalidBytes: readonly InvalidByteAt[];
}

export interface InvalidByteAt {
  readonly byte: number;
  /** From 0. */
  readonly line: number;
  /** Of the U+FFFD that an editor shows in its place, in UTF-16 code units from the start of the line. */
  readonly offset: number;
}
