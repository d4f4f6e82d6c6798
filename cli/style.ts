import { styleText } from 'node:util';
import type { Io } from './io.ts';

type Style = Parameters<typeof styleText>[0];

/** Puts a text in colour, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export function createPaint(hasColor: boolean): Paint {
  return hasColor
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_style, text) => text;
}

/** Colour on a terminal only, unless FORCE_COLOR or NO_COLOR says otherwise; of both the first wins, as in Node. */
export function wantsColor({ env, isTerminal }: Pick<Io, 'env' | 'isTerminal'>): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR']) return false;
  return isTerminal.stdout && env['TERM'] !== 'dumb';
}
