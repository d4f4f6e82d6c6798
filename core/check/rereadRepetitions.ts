import type { Comparison, SystemPrompts } from '../dataset/compare.ts';
import { fingerprintOf } from '../dataset/fingerprint.ts';
import { KeyTable } from '../dataset/keyTable.ts';
import type { QuickKeys } from '../dataset/quickKeys.ts';
import { maxComparedRecords } from '../dataset/repetitions.ts';
import { readExample } from '../record/example.ts';
import { readJsonBytes } from './checkBytes.ts';
import { FileRepetitions, type RecordPlace, type Reread } from './fileRepetitions.ts';

/**
 * Which records of a file are alike, where the file can be read again: each leaves a few hashes behind as it is checked, and
 * those that are alike by these are read once more in the end and compared.
 */
export class RereadRepetitions {
  readonly #reread: Reread;
  readonly #questions = new KeyTable();
  readonly #images = new KeyTable();
  readonly #prompts = new PromptCounter();
  readonly #places = new PlaceList();
  readonly #suspects = new Set<number>();

  constructor(reread: Reread) {
    this.#reread = reread;
  }

  add(keys: QuickKeys, line: number, offset: number, byteLength: number): void {
    const record = this.#places.length;
    if (record === maxComparedRecords) return;
    this.#places.push(line, offset, byteLength);
    this.#note(this.#questions.add(keys.question[0] ?? 0, record), record);
    for (let image = 0; image < keys.imageCount; image++) {
      this.#note(this.#images.add(keys.images[2 * image] ?? 0, record), record);
    }
    if (keys.hasSystem) this.#prompts.add(keys.system, line);
  }

  compare(): Comparison {
    const repetitions = new FileRepetitions(this.#reread);
    for (const record of [...this.#suspects].sort((a, b) => a - b)) {
      const place = this.#places.at(record);
      const bytes = this.#reread(place.offset, place.byteLength);
      // Of a file that has become shorter there is nothing to compare.
      if (bytes.length < place.byteLength) continue;
      const tree = readJsonBytes(bytes);
      const example = tree.problem ? undefined : readExample(tree);
      if (example) repetitions.add(fingerprintOf(example), bytes, place);
    }
    return { ...repetitions.compare(undefined), systemPrompts: this.#prompts.count() };
  }

  #note(first: number, record: number): void {
    if (first !== record) this.#suspects.add(first).add(record);
  }
}

interface CountedPrompt {
  readonly key: Int32Array;
  readonly firstLine: number;
  count: number;
}

/** How often a file has each system prompt. */
class PromptCounter {
  readonly #prompts = new Map<string, CountedPrompt>();
  /** Most records have that of the one before. */
  #last: CountedPrompt | undefined;

  add(key: Int32Array, line: number): void {
    const last = this.#last;
    if (last && last.key[0] === key[0] && last.key[1] === key[1]) {
      last.count++;
      return;
    }
    const name = key.join();
    const prompt = this.#prompts.get(name) ?? { key: key.slice(), firstLine: line, count: 0 };
    if (prompt.count === 0) this.#prompts.set(name, prompt);
    prompt.count++;
    this.#last = prompt;
  }

  count(): SystemPrompts {
    let most: CountedPrompt | undefined;
    let examples = 0;
    for (const prompt of this.#prompts.values()) {
      examples += prompt.count;
      if (prompt.count > (most?.count ?? 0)) most = prompt;
    }
    let firstOtherLine: number | undefined;
    for (const prompt of this.#prompts.values()) {
      if (prompt !== most) firstOtherLine = Math.min(firstOtherLine ?? Infinity, prompt.firstLine);
    }
    const mostFrequent = most?.count ?? 0;
    return { different: this.#prompts.size, mostFrequent, examples, firstOtherLine };
  }
}

const placeSize = 3;

/** Where records stand, in 24 bytes each. */
class PlaceList {
  length = 0;
  #cells = new Float64Array(1024 * placeSize);

  push(line: number, offset: number, byteLength: number): void {
    const cell = this.length++ * placeSize;
    if (cell === this.#cells.length) {
      const larger = new Float64Array(2 * cell);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[cell] = line;
    this.#cells[cell + 1] = offset;
    this.#cells[cell + 2] = byteLength;
  }

  at(record: number): RecordPlace {
    const cell = record * placeSize;
    const [line = 0, offset = 0, byteLength = 0] = this.#cells.subarray(cell, cell + placeSize);
    return { line, offset, byteLength };
  }
}
