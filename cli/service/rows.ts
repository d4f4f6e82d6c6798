import { makeVisible } from '../../core/text/quote.ts';
import type { Paint } from '../style.ts';
import { wrap } from '../wrap.ts';

/** A line with a name before it; one without a value is left out. */
export type Row = readonly [label: string, value: string | undefined];

/** Narrower than this, a value is left to the terminal to break, in characters. */
const leastWidth = 40;

/** A list of what is known of one thing, each line indented and broken at `width`. Values may be anybody's texts. */
export function describeRows(rows: readonly Row[], paint: Paint, width = Infinity): string {
  const known = rows.filter((row): row is readonly [string, string] => row[1] !== undefined);
  const labelWidth = Math.max(0, ...known.map(([label]) => label.length));
  const margin = labelWidth + 4;
  const valueWidth = width - margin < leastWidth ? Infinity : width - margin;
  return known
    .map(([label, value]) => {
      const lines = wrap(makeVisible(value), valueWidth).replaceAll(
        '\n',
        `\n${' '.repeat(margin)}`,
      );
      return `  ${paint('dim', label.padEnd(labelWidth))}  ${lines}\n`;
    })
    .join('');
}

/** Lines of columns that are as wide as their widest cell. */
export function describeTable(
  head: readonly string[],
  lines: readonly (readonly string[])[],
  paint: Paint,
): string {
  const cells = lines.map((line) => line.map(makeVisible));
  const widths = head.map((title, at) =>
    Math.max(title.length, ...cells.map((line) => line[at]?.length ?? 0)),
  );
  const align = (line: readonly string[]): string =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [paint('dim', align(head)), ...cells.map(align)].map((line) => `${line}\n`).join('');
}

/** `2026-11-21 11:49Z` */
export function describeTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}
