import { severities, type Severity } from '../../core/finding/finding.ts';
import { dataUri, makeImage, type MadeFormat, type MadeImageOptions } from './makeImage.ts';

/**
 * A training file with notes under its lines, written as a template literal:
 *
 * ```
 *   {"messages":[{"role":"robot","content":"Hello"}]}
 *                        ^^^^^^^ error Role "robot" is not known; expected …
 * ```
 *
 * - Records stand as they are, at the indentation of the template. A text of one line is taken as it is.
 * - A line whose first visible character is `^` belongs to the record above it: the carets mark the exact span, then
 *   follow severity and message. Several such lines may follow each other. `^|` marks the empty span before it.
 * - A record that begins with `^` is written `\^`.
 * - `$image(png 8x8)` stands for the data URI of such an image; options of `makeImage` may follow, as in
 *   `$image(png 8x8 colorMode=grey)`. Carets count in the text as written. A span that begins or ends inside an
 *   expansion covers all of its written text.
 * - `$base64(png 8x8)` is the same without the beginning of the data URI; `$u(2028)` a character that does not show; and
 *   `$times(70 bird )` the text behind the number that often.
 */
export interface Fixture {
  /** The file, expanded. */
  readonly text: string;
  readonly lines: readonly FixtureLine[];
  readonly notes: readonly Note[];
}

/** One line of the file. */
export interface FixtureLine {
  readonly written: string;
  readonly expanded: string;
  /** Where the two differ, in order of place. */
  readonly expansions: readonly Expansion[];
}

interface Expansion {
  /** Where it begins in the written line. */
  readonly at: number;
  readonly written: string;
  readonly expanded: string;
}

/** What is said about a stretch of a line as written. Lines and columns count from 0. */
export interface Note {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
  readonly message: string;
}

export function readFixture(template: string): Fixture {
  const lines: FixtureLine[] = [];
  const notes: Note[] = [];
  for (const line of dedent(template)) {
    if (line.trimStart().startsWith('^')) notes.push(readNote(line, lines.length - 1));
    else lines.push(expandLine(line));
  }
  return { text: lines.map(({ expanded }) => expanded).join('\n'), lines, notes };
}

/** The fixture that says of its lines what the notes say: what to paste once they are right. */
export function printFixture(lines: readonly FixtureLine[], notes: readonly Note[]): string {
  const printed = lines.flatMap(({ written }, index) => [
    written,
    ...notes.filter(({ line }) => line === index).map(printNote),
  ]);
  return printed.join('\n');
}

function printNote({ start, end, severity, message }: Note): string {
  const mark = end === start ? '^|' : '^'.repeat(end - start);
  return `${' '.repeat(start)}${mark} ${severity} ${message}`;
}

/** A column of the expanded line as a column of the written one; inside an expansion, its start or its end. */
export function writtenColumn(
  { expansions }: FixtureLine,
  column: number,
  side: 'start' | 'end',
): number {
  let shift = 0;
  for (const { at, written, expanded } of expansions) {
    const start = at + shift;
    if (column <= start) break;
    if (column < start + expanded.length) return side === 'start' ? at : at + written.length;
    shift += expanded.length - written.length;
  }
  return column - shift;
}

/** Without the line breaks after the first backtick and before the last, and without the common indentation. */
function dedent(template: string): string[] {
  const lines = template.split('\n');
  if (lines.length === 1) return lines;
  if (lines[0]?.trim() === '') lines.shift();
  if (lines.at(-1)?.trim() === '') lines.pop();
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent));
}

function readNote(line: string, record: number): Note {
  const match = /^( *)(\^\||\^+) (\w+) (.+)$/.exec(line);
  const [, indent = '', mark = '', word = '', message = ''] = match ?? [];
  const severity = severities.find((each) => each === word);
  if (!severity || record < 0) {
    throw new Error(`Not a note under a record, "^^^ error Message": ${line}`);
  }
  const start = indent.length;
  return {
    line: record,
    start,
    end: mark === '^|' ? start : start + mark.length,
    severity,
    message,
  };
}

function expandLine(written: string): FixtureLine {
  const expansions: Expansion[] = [];
  const expanded = written.replaceAll(
    /^\\\^|\$(image|base64|u|times)\(([^)]*)\)/g,
    (match: string, name: keyof typeof expanders | undefined, argument: string, at: number) => {
      const text = name === undefined ? '^' : expanders[name](argument);
      expansions.push({ at, written: match, expanded: text });
      return text;
    },
  );
  return { written, expanded, expansions };
}

const expanders = {
  image: expandImage,
  base64: (description: string) => expandImage(description).replace(/^.*,/, ''),
  u: (code: string) => String.fromCharCode(Number.parseInt(code, 16)),
  times: (argument: string) => {
    const [count = ''] = argument.split(' ', 1);
    return argument.slice(count.length + 1).repeat(Number(count));
  },
};

/** `png 8x8 colorMode=grey byteLength=1000`: a format, a size in pixels, options. */
function expandImage(description: string): string {
  const [format = '', size = '', ...options] = description.split(' ');
  const [width = NaN, height = NaN] = size.split('x').map(Number);
  const read = Object.fromEntries(options.map(readOption)) as MadeImageOptions;
  return dataUri(format, makeImage(format as MadeFormat, width, height, read));
}

function readOption(option: string): [string, unknown] {
  const [name = '', value = ''] = option.split('=');
  return [name, /^\d+$/.test(value) ? Number(value) : value === 'true' ? true : value];
}
