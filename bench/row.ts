/** One line of the table. */
export interface Row {
  /** What is done: `check text from a file`. */
  readonly work: string;
  readonly unit: Unit;
  readonly ours: number;
  readonly peer?: Peer;
  /** How many times as fast as the peer. */
  readonly ratio?: number;
  readonly goal?: Goal;
  readonly isMet?: boolean;
}

export type Unit = 'MB/s' | 'ms' | 'MB';

export interface Peer {
  readonly name: string;
  readonly value: number;
}

/** At least so many times as fast as the peer, or at most or at least so many of the row's unit. */
export type Goal =
  { readonly ratio: number } | { readonly atMost: number } | { readonly atLeast: number };

export function makeRow(
  work: string,
  unit: Unit,
  ours: number,
  { peer, goal }: { readonly peer?: Peer; readonly goal?: Goal } = {},
): Row {
  const ratio = peer && (unit === 'MB/s' ? ours / peer.value : peer.value / ours);
  return {
    work,
    unit,
    ours,
    ...(peer && { peer }),
    ...(ratio !== undefined && { ratio }),
    ...(goal && { goal, isMet: isMet(goal, ours, ratio) }),
  };
}

function isMet(goal: Goal, ours: number, ratio = NaN): boolean {
  if ('ratio' in goal) return ratio >= goal.ratio;
  return 'atMost' in goal ? ours <= goal.atMost : ours >= goal.atLeast;
}

/** As a table of Markdown, so that it can be put into a document as it is. */
export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.work,
    `${round(row.ours)} ${row.unit}`,
    row.peer ? `${row.peer.name}: ${round(row.peer.value)} ${row.unit}` : '',
    row.ratio === undefined ? '' : `${round(row.ratio)}×`,
    describeGoal(row),
  ]);
  const head = ['work', 'ours', 'peer', 'times as fast', 'goal'];
  const widths = head.map((title, column) =>
    Math.max(...[head, ...cells].map((row) => row[column]?.length ?? 0), title.length),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join(
    '\n',
  );
}

function describeGoal({ goal, isMet, unit }: Row): string {
  if (!goal) return '';
  const wanted =
    'ratio' in goal
      ? `≥ ${goal.ratio}×`
      : 'atMost' in goal
        ? `≤ ${Number(round(goal.atMost))} ${unit}`
        : `≥ ${Number(round(goal.atLeast))} ${unit}`;
  return `${wanted} ${isMet ? 'met' : 'missed'}`;
}

function round(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}
