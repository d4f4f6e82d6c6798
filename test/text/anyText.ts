import fc from 'fast-check';

/** How a text's lines end. */
export const lineEnds = {
  LF: ['\n'],
  CRLF: ['\r\n'],
  'freely mixed CR and LF': ['\r', '\n', '\r\n'],
} as const;

/** What may be taken for a line end, takes two code units or three bytes, or stands for an unreadable byte. */
const characters = ['a', 'b', '\u2028', '\u0085', '\uFEFF', '\uFFFD', 'é', '漢', '😀'];

/** Halves of a surrogate pair, which no UTF-8 can hold but an editor's text can. */
const halves = ['\ud83d', '\ude00'];

/** Texts with a line end at about every fourth place. */
export function anyText(options: {
  readonly maxLength: number;
  readonly ends?: readonly string[];
  /** Whether UTF-8 can hold them. */
  readonly isWellFormed?: boolean;
}): fc.Arbitrary<string> {
  const { maxLength, ends = lineEnds['freely mixed CR and LF'], isWellFormed = false } = options;
  const unit = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...characters, ...(isWellFormed ? [] : halves)) },
    { weight: 1, arbitrary: fc.constantFrom(...ends) },
  );
  return fc.string({ unit, maxLength, size: 'max' });
}
