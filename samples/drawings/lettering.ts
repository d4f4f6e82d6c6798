import { stroke } from './svg.ts';

export interface Lettering {
  readonly x: number;
  /** The baseline, in pixels. */
  readonly y: number;
  /** Height of a capital letter, in pixels. */
  readonly size: number;
  readonly color?: string;
  readonly align?: 'start' | 'middle' | 'end';
}

/**
 * Writes capitals, digits and a few signs with strokes of our own, so that a picture
 * looks the same on a machine with other fonts, or with none.
 */
export function lettering(text: string, { x, y, size, color, align }: Lettering): string {
  const scale = size / glyphHeight;
  const width = (text.length * advance - (advance - glyphWidth)) * scale;
  const left = x - { start: 0, middle: width / 2, end: width }[align ?? 'start'];
  const letters = Array.from(text, (letter, index) => {
    const at = `translate(${(left + index * advance * scale).toFixed(2)} ${y - size})`;
    return stroke(
      glyph(letter),
      color ?? '#22303c',
      0.85,
      `transform="${at} scale(${scale.toFixed(3)})"`,
    );
  });
  return letters.join('');
}

function glyph(letter: string): string {
  const path = glyphs[letter];
  if (path === undefined) throw new Error(`No stroke is drawn for "${letter}".`);
  return path;
}

const glyphWidth = 4;
const glyphHeight = 6;
const advance = 5.6;

/** Path data of each sign in a box of 4 × 6 units, the baseline at 6. */
const glyphs: Readonly<Record<string, string>> = {
  ' ': '',
  A: 'M0 6V2A2 2 0 0 1 4 2V6M0 4H4',
  B: 'M0 3H2.4A1.5 1.5 0 0 1 2.4 6H0V0H2.2A1.5 1.5 0 0 1 2.2 3',
  C: 'M4 1.5A2 2 0 0 0 0 2V4A2 2 0 0 0 4 4.5',
  D: 'M0 0V6H1.5A2.5 3 0 0 0 1.5 0Z',
  E: 'M4 0H0V6H4M0 3H3',
  F: 'M4 0H0V6M0 3H3',
  G: 'M4 1.5A2 2 0 0 0 0 2V4A2 2 0 0 0 4 4V3H2.5',
  H: 'M0 0V6M4 0V6M0 3H4',
  I: 'M2 0V6M1 0H3M1 6H3',
  J: 'M4 0V4A2 2 0 0 1 0 4',
  K: 'M0 0V6M4 0L0 3.5M1.2 2.6L4 6',
  L: 'M0 0V6H4',
  M: 'M0 6V0L2 3 4 0V6',
  N: 'M0 6V0L4 6V0',
  O: 'M0 2A2 2 0 0 1 4 2V4A2 2 0 0 1 0 4Z',
  P: 'M0 6V0H2.3A1.6 1.6 0 0 1 2.3 3.2H0',
  Q: 'M0 2A2 2 0 0 1 4 2V4A2 2 0 0 1 0 4ZM2.5 4.5L4 6',
  R: 'M0 6V0H2.3A1.6 1.6 0 0 1 2.3 3.2H0M2 3.2L4 6',
  S: 'M4 1.3A1.8 1.5 0 0 0 2 0A2 1.5 0 0 0 2 3A2 1.5 0 0 1 2 6A2 1.5 0 0 1 0 4.7',
  T: 'M0 0H4M2 0V6',
  U: 'M0 0V4A2 2 0 0 0 4 4V0',
  V: 'M0 0L2 6 4 0',
  W: 'M0 0L1 6 2 2 3 6 4 0',
  X: 'M0 0L4 6M4 0L0 6',
  Y: 'M0 0L2 3 4 0M2 3V6',
  Z: 'M0 0H4L0 6H4',
  0: 'M0 2A2 2 0 0 1 4 2V4A2 2 0 0 1 0 4Z',
  1: 'M.8 1.2L2 0V6M.8 6H3.2',
  2: 'M0 1.6A2 1.6 0 0 1 4 1.6C4 3 0 4.5 0 6H4',
  3: 'M.2 1A2 1.5 0 1 1 2 3A2 1.5 0 1 1 .2 5',
  4: 'M3 6V0L0 4H4',
  5: 'M4 0H.5V2.6H2A1.7 1.7 0 0 1 2 6H0',
  6: 'M3.4 0C1 .6 0 2.4 0 4A2 2 0 0 0 4 4A2 2 0 0 0 0 4',
  7: 'M0 0H4L1.5 6',
  8: 'M2 0A1.7 1.45 0 0 1 2 2.9A1.7 1.45 0 0 1 2 0M2 2.9A2 1.55 0 0 1 2 6A2 1.55 0 0 1 2 2.9',
  9: 'M.6 6C3 5.4 4 3.6 4 2A2 2 0 0 0 0 2A2 2 0 0 0 4 2',
  '.': 'M2 5.9V6',
  ':': 'M2 1.9V2M2 4.9V5',
  '-': 'M.8 3H3.2',
  '/': 'M0 6L4 0',
  '%': 'M0 6L4 0M.1 .6A.6 .6 0 0 1 1.3 .6A.6 .6 0 0 1 .1 .6M2.7 5.4A.6 .6 0 0 1 3.9 5.4A.6 .6 0 0 1 2.7 5.4',
  '°': 'M1 1A1 1 0 0 1 3 1A1 1 0 0 1 1 1',
};
