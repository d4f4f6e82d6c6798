import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../core/finding/finding.ts';
import { providers, type Provider } from '../../core/profile/profile.ts';
import { readFixture, writtenColumn, type Note } from '../helpers/fixture.ts';

/**
 * A fault in a record, and the record without it. In a table (`*.txt` beside this file) it looks like this:
 *
 * ```
 * > {"messages":[…,{"role":"assistant","content":"A wren."}]}
 *
 * # a role of other tools, for the user
 * {"role":"human","content":"Which bird?"}
 *         ^^^^^^^ error message-role
 * {"role":"user","content":"Which bird?"}
 * ```
 *
 * The line behind `>` is the record around this fault and those that follow, `…` the place that they fill. Then come
 * what is wrong in words; the faulty text; a mark of the place, severity and rule of each finding; and the sound text.
 * A mark that ends in `(azure)` or `(openai)` is true of that provider alone. Texts may hold what `Fixture` expands.
 */
export interface PlantedFault {
  readonly table: string;
  /** What is wrong, in words. */
  readonly title: string;
  readonly faulty: string;
  readonly sound: string;
  /** What is to be found under a provider, as `describe` writes it. */
  readonly marksFor: (provider: Provider) => readonly string[];
  /** Writes a finding in the faulty record as a mark: `9 to 16 error message-role`, columns from 1 in the table. */
  readonly describe: (finding: Finding) => string;
  /** The rules that report it. */
  readonly rules: readonly string[];
}

/** Reads all tables of this folder. */
export function readAllFaults(): PlantedFault[] {
  const tables = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.txt'));
  return tables.flatMap(readFaults);
}

function readFaults(table: string): PlantedFault[] {
  const text = readFileSync(join(import.meta.dirname, table), 'utf8').replaceAll('\r\n', '\n');
  let frame = '';
  return text.split(/\n{2,}/).flatMap((block) => {
    const [first = '', ...lines] = block.trimEnd().split('\n');
    if (first.startsWith('# ')) return readFault(table, first.slice(2), frame, lines);
    if (!first.startsWith('> ') || lines.length > 0) throw new Error(`Not a fault: ${block}`);
    frame = first.slice(2);
    return [];
  });
}

function readFault(
  table: string,
  title: string,
  frame: string,
  lines: readonly string[],
): PlantedFault {
  const [before = '', after = '', ...rest] = frame.split('…');
  const { lines: written, notes } = readFixture(lines.join('\n'));
  const [faulty, sound, ...others] = written;
  if (!faulty || !sound || others.length + rest.length > 0 || notes.length === 0) {
    throw new Error(`Not a faulty text, marks and a sound text in "…": ${title}`);
  }
  const marks = notes.map(readMark);
  return {
    table,
    title,
    faulty: before + faulty.expanded + after,
    sound: before + sound.expanded + after,
    marksFor: (provider) => marks.filter((mark) => mark.isOf(provider)).map(({ text }) => text),
    describe: ({ span: { start, end }, severity, rule }) => {
      const column = (offset: number, side: 'start' | 'end') =>
        writtenColumn(faulty, offset - before.length, side);
      return describe(column(start, 'start'), column(end, 'end'), severity, rule);
    },
    rules: [...new Set(marks.map(({ rule }) => rule))],
  };
}

interface Mark {
  readonly text: string;
  readonly rule: string;
  readonly isOf: (provider: Provider) => boolean;
}

function readMark({ line, start, end, severity, message }: Note): Mark {
  const [, rule = '', only] = /^([a-z-]+)(?: \((\w+)\))?$/.exec(message) ?? [];
  if (rule === '' || line !== 0 || (only && !providers.some((each) => each === only))) {
    throw new Error(`Not the mark of a finding in a faulty text: ${message}`);
  }
  return {
    text: describe(start, end, severity, rule),
    rule,
    isOf: (provider) => only === undefined || only === provider,
  };
}

function describe(start: number, end: number, severity: string, rule: string): string {
  return `${start + 1} to ${end + 1} ${severity} ${rule}`;
}
