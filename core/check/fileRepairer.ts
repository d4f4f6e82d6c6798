import type { Fix } from '../finding/finding.ts';
import { isBlank } from '../record/isBlank.ts';
import { JsonScratch } from '../record/readJson.ts';
import { byteOrderMark } from '../text/byteOrderMark.ts';
import { decodeLine } from '../text/decodeLine.ts';
import { LineReader, type ByteLine } from '../text/lineReader.ts';
import type { LineEnd } from '../text/lines.ts';
import { checkLineBytes } from './checkLine.ts';
import type { CheckContext } from './context.ts';
import { LineRepairer, type FoundLine, type RepairedLines } from './lineRepairer.ts';
import type { AppliedFix, ChooseFix, Repair } from './repair.ts';

/** One thing that was done. */
export interface LineFix extends AppliedFix {
  /** From 0, in the file as it was. */
  readonly line: number;
}

/** Lines of a file that is repaired. */
interface FileLine extends FoundLine {
  readonly line: number;
  /** Of a clean line, which is never held: as they stand in the file. */
  readonly bytes: Buffer | undefined;
}

/**
 * Repairs a file of records from its bytes, given in chunks of any size, and gives its new bytes. Every line that needs
 * no repair keeps its bytes, line end included. Memory is bounded by the longest line, by 10,000 lines or 16 million
 * characters of a record that is spread over several, and where copies are taken out by a million keys of examples.
 *
 * Call `read` with each chunk in turn, then `finish` once; write what comes back before asking for more of it.
 */
export class FileRepairer {
  readonly #context: CheckContext;
  readonly #onFix: (fix: LineFix) => void;
  readonly #lines = new LineReader();
  readonly #scratch = new JsonScratch();
  readonly #repairer: LineRepairer<FileLine>;
  /** What ends the lines that a repair makes: as in the line before. */
  #eol: Exclude<LineEnd, ''> = '\n';
  readonly #endsReturns: boolean;
  readonly #dropsMark: boolean;
  #line = 0;
  #isStarted = false;
  #tooLong: number | undefined;

  constructor(context: CheckContext, choose: ChooseFix, onFix: (fix: LineFix) => void) {
    this.#context = context;
    this.#onFix = onFix;
    this.#repairer = new LineRepairer(context, choose);
    const isOn = context.levels.get(encodingFinding.rule) !== 'off';
    const isChosen = (fix: Fix): boolean => choose({ ...encodingFinding, fixes: [fix] }) === fix;
    this.#endsReturns = isOn && isChosen(endReturns);
    this.#dropsMark = isOn && !context.profile.asksForByteOrderMark.value && isChosen(dropMark);
  }

  /** The line, from 0, that is longer than any text, and cannot be written again: reading it was in vain. */
  get tooLongLine(): number | undefined {
    return this.#tooLong;
  }

  *read(chunk: Uint8Array): Generator<Uint8Array> {
    for (const line of this.#lines.read(chunk)) yield* this.#push(line);
  }

  *finish(): Generator<Uint8Array> {
    for (const line of this.#lines.end()) yield* this.#push(line);
    for (const lines of this.#repairer.end()) yield* this.#write(lines);
  }

  *#push(byteLine: ByteLine): Generator<Uint8Array> {
    if (!this.#isStarted) yield* this.#start();
    const line = this.#line++;
    const { bytes, eol } = byteLine;
    if (!bytes) {
      this.#tooLong ??= line;
      return;
    }
    const { findings, fingerprint } = checkLineBytes(byteLine, this.#context, this.#scratch);
    const isSound = findings.length === 0 && !isBlank(bytes);
    const { text, invalid } = isSound ? noText : decodeLine(bytes);
    // Of what is not UTF-8 nobody knows what it was.
    const isClean = isSound || invalid !== undefined;
    const found: FileLine = {
      text,
      eol,
      findings,
      isClean,
      fingerprint,
      readText: () => (isSound ? decodeLine(bytes).text : text),
      line,
      bytes: isClean ? bytes : undefined,
    };
    for (const lines of this.#repairer.push(found)) yield* this.#write(lines);
  }

  *#start(): Generator<Uint8Array> {
    this.#isStarted = true;
    if (!this.#lines.hasBom) return;
    if (this.#dropsMark) this.#onFix({ ...dropMark, rule: encodingFinding.rule, line: 0 });
    else yield byteOrderMark;
  }

  *#write({ lines, repair }: RepairedLines<FileLine>): Generator<Uint8Array> {
    const [first] = lines;
    if (!first) return;
    for (const fix of repair?.applied ?? []) this.#onFix({ ...fix, line: first.line });
    if (repair) yield* this.#writeRepair(repair, lines);
    else for (const line of lines) yield* this.#writeLine(line);
  }

  *#writeLine({ bytes, text, eol, line }: FileLine): Generator<Uint8Array> {
    yield bytes ?? Buffer.from(text);
    yield* this.#writeEnd(eol, line);
  }

  *#writeRepair({ text, isRemoved }: Repair, lines: readonly FileLine[]): Generator<Uint8Array> {
    const last = lines.at(-1);
    if (!last || isRemoved) return;
    const eol = last.eol === '\r\n' || last.eol === '\n' ? last.eol : this.#eol;
    yield Buffer.from(eol === '\n' ? text : text.replaceAll('\n', eol));
    yield* this.#writeEnd(last.eol, last.line);
  }

  *#writeEnd(eol: LineEnd, line: number): Generator<Uint8Array> {
    if (eol === '') return;
    const isFixed = eol === '\r' && this.#endsReturns;
    if (isFixed) this.#onFix({ ...endReturns, rule: encodingFinding.rule, line });
    this.#eol = isFixed ? '\n' : eol;
    yield Buffer.from(this.#eol);
  }
}

const noText = { text: '', invalid: undefined } as const;

/** What the file as a whole is reported for; see `text-encoding`. */
const encodingFinding = {
  rule: 'text-encoding',
  severity: 'warning',
  span: { start: 0, end: 0 },
  message: '',
} as const;

const dropMark: Fix = {
  title: 'Remove the byte order mark',
  kind: 'remove-byte-order-mark',
  edits: [],
  isCertain: true,
};

const endReturns: Fix = {
  title: 'End the line in LF',
  kind: 'end-in-lf',
  edits: [],
  isCertain: true,
};
