import { ask, cursor, plantings, type Planting } from './plantings.ts';
import { readingTask, type Task } from './tasks.ts';

/** A fault of one record, as `broken.expected.json` tells it. */
export interface ExpectedFault {
  /** Line of the fault, from 1. */
  readonly line: number;
  /** Public id of the rule that reports it. */
  readonly rule: string;
  readonly note: string;
  /** The text that a finding's start stands on, found once in the line; null where something is missing. */
  readonly at: string | null;
  /** Of a syntax fault: the offending character, from 1, in UTF-16 code units. */
  readonly column?: number;
}

export interface BrokenSet {
  readonly lines: readonly string[];
  readonly faults: readonly ExpectedFault[];
}

/** One record for each planting, each with that one fault. */
export async function brokenSet(): Promise<BrokenSet> {
  const sown = await Promise.all(
    plantings.map(async (planting, index) => sow(planting, await readingTask(index), index + 1)),
  );
  return { lines: sown.map(({ text }) => text), faults: sown.map(({ fault }) => fault) };
}

async function sow(planting: Planting, task: Task, line: number) {
  if ('record' in planting) {
    const { rule, note, at } = planting;
    const text = JSON.stringify(await planting.record(task));
    return { text, fault: { line, rule, note, at } };
  }
  const marked = planting.spoil(JSON.stringify(ask(task)));
  const offset = marked.indexOf(cursor);
  const text = marked.replace(cursor, '');
  const at = text.charAt(offset) || null;
  const fault = { line, rule: 'json-syntax', note: planting.note, at, column: offset + 1 };
  return { text, fault };
}
