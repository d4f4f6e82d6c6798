import { formatCount } from '../core/text/formatCount.ts';
import { makeVisible } from '../core/text/quote.ts';
import { formatBytes } from '../core/image/describeImage.ts';
import type { Io } from './io.ts';

/** How far the reading of a file has come. */
export interface Reading {
  readonly name: string;
  readonly bytes: number;
  /** Undefined for what has no size, such as a pipe. */
  readonly size: number | undefined;
  readonly records: number;
}

/** How many images of a file are looked up. */
export interface LookingUp {
  readonly name: string;
  readonly done: number;
  readonly all: number;
}

/** What takes less is not worth a bar. */
const patienceMs = 1000;

const intervalMs = 100;

const barLength = 24;

/** A bar on standard error while a check takes long, on a terminal only; gone before anything else is written. */
export class Progress {
  readonly #io: Io;
  readonly #since: number;
  #shownAt = -Infinity;
  /** While the bar is shown: an interrupted process leaves none behind. */
  #stopListening: (() => void) | undefined;

  constructor(io: Io) {
    this.#io = io;
    this.#since = io.now();
  }

  show(reading: Reading): void {
    this.#draw(() => describe(reading));
  }

  showImages(lookingUp: LookingUp): void {
    this.#draw(() => describeImages(lookingUp));
  }

  /** What else takes long, in a line of its own. */
  showLine(line: () => string): void {
    this.#draw(line);
  }

  #draw(line: () => string): void {
    if (!this.#io.isTerminal.stderr) return;
    const now = this.#io.now();
    if (now - this.#since < patienceMs || now - this.#shownAt < intervalMs) return;
    this.#shownAt = now;
    this.#stopListening ??= this.#io.onInterrupt(() => {
      this.erase();
      return 'end';
    });
    this.#io.stderr.write(`\r\u001b[K${fit(line(), this.#io.columns)}`);
  }

  erase(): void {
    if (!this.#stopListening) return;
    this.#stopListening();
    this.#stopListening = undefined;
    this.#io.stderr.write('\r\u001b[K');
  }
}

/** `━━━━━━────────────────── 25%  1,204 records  train.jsonl` */
function describe({ name, bytes, size, records }: Reading): string {
  const parts = [size ? bar(Math.min(bytes / size, 1)) : formatBytes(bytes)];
  if (records > 0) parts.push(`${formatCount(records)} ${records === 1 ? 'record' : 'records'}`);
  return [...parts, makeVisible(name)].join('  ');
}

/** `━━━━━━────────────────── 25%  301 of 1,204 images  train.jsonl` */
function describeImages({ name, done, all }: LookingUp): string {
  const counts = `${formatCount(done)} of ${formatCount(all)} ${all === 1 ? 'image' : 'images'}`;
  return [bar(done / all), counts, makeVisible(name)].join('  ');
}

/** `━━━━━━────────────────── 25%` */
export function bar(share: number): string {
  const done = Math.floor(share * barLength);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `${'━'.repeat(done)}${'─'.repeat(barLength - done)} ${percent}%`;
}

/** A line that reaches the edge of the terminal would go on in the next one, and could not be erased. */
function fit(text: string, columns: number): string {
  let fitting = '';
  let width = 0;
  for (const character of text) {
    width += wide.test(character) ? 2 : 1;
    if (width >= columns) break;
    fitting += character;
  }
  return fitting;
}

/** Characters that take two columns: East Asian scripts and emoji (Unicode Standard Annex 11, W and F). */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
