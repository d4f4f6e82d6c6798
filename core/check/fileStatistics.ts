import { fingerprintOf } from '../dataset/fingerprint.ts';
import { isBlank } from '../record/isBlank.ts';
import { readExample, type Example } from '../record/example.ts';
import { JsonScratch } from '../record/readJson.ts';
import { LineReader, type ByteLine } from '../text/lineReader.ts';
import { readJsonBytes } from './checkBytes.ts';
import type { CheckContext } from './context.ts';
import { FileRepetitions, type Reread } from './fileRepetitions.ts';
import { StatisticsCounter, type Statistics } from './statistics.ts';

/**
 * Counts a file of records from its bytes, given in chunks of any size. Used like `FileChecker`, with the same bounds on
 * memory.
 */
export class FileStatistics {
  readonly #lines = new LineReader();
  readonly #scratch = new JsonScratch();
  readonly #counter: StatisticsCounter;
  readonly #repetitions: FileRepetitions;
  #line = 0;

  constructor(context: CheckContext, reread?: Reread) {
    this.#counter = new StatisticsCounter(context);
    this.#repetitions = new FileRepetitions(reread);
  }

  /** Records read so far. */
  get records(): number {
    return this.#counter.records;
  }

  read(chunk: Uint8Array): void {
    for (const line of this.#lines.read(chunk)) this.#readLine(line);
  }

  finish(): Statistics {
    for (const line of this.#lines.end()) this.#readLine(line);
    return this.#counter.finish(this.#repetitions.compare(undefined));
  }

  #readLine({ bytes, byteLength, offset }: ByteLine): void {
    const line = this.#line++;
    if (bytes && isBlank(bytes)) return;
    const example = bytes && this.#readExample(bytes);
    this.#counter.add(example, line);
    if (!bytes || !example) return;
    this.#repetitions.add(fingerprintOf(example), bytes, { line, offset, byteLength });
  }

  /** Undefined where there are no messages to count. */
  #readExample(bytes: Uint8Array): Example | undefined {
    const tree = readJsonBytes(bytes, this.#scratch);
    const example = tree.problem ? undefined : readExample(tree);
    return example?.messagesValue ? example : undefined;
  }
}
