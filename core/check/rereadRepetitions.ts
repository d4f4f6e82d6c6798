import type { Comparison, SystemPrompts } from '../dataset/compare.ts';
import { fingerprintOf } from '../dataset/fingerprint.ts';
import { KeyTable } from '../dataset/keyTable.ts';
import { maxComparedRecords } from '../dataset/repetitions.ts';
import { keySize, type KeyedStretch } from '../dataset/stretchKeys.ts';
import { readExample } from '../record/example.ts';
import { readJsonBytes } from './checkBytes.ts';
import type { Comparer } from './fileSum.ts';
import { FileRepetitions, type RecordPlace, type Reread } from './fileRepetitions.ts';

/**
 * Which records of a file are alike, where the file can be read again: each leaves a few hashes behind as it is checked, and
 * those that are alike by these are read once more in the end and compared.
 */
export class RereadRepetitions implements Comparer {
  readonly #reread: Reread;
  readonly #fileBytes: number;
  #questions: KeyTable | undefined;
  #images: KeyTable | undefined;
  readonly #prompts = new PromptCounter();
  readonly #places = new RecordPlaces();
  readonly #suspects = new Set<number>();

  /** `fileBytes` saves memory and time where it is known beforehand, about. */
  constructor(reread: Reread, fileBytes = 0) {
    this.#reread = reread;
    this.#fileBytes = fileBytes;
  }

  /** Takes in a stretch of the file that begins on a line, from 0. What comes behind a million records is not compared. */
  addStretch(stretch: KeyedStretch, firstLine: number): void {
    const first = this.#places.count;
    const count = Math.min(stretch.lines.length, maxComparedRecords - first);
    if (count <= 0) return;
    this.#places.add(stretch, firstLine, count);
    this.#addKeys(stretch, count, first);
    this.#countPrompts(stretch, count, firstLine);
  }

  #addKeys(stretch: KeyedStretch, count: number, first: number): void {
    const { keys, images } = stretch;
    const questions = (this.#questions ??= new KeyTable(this.#expect(stretch)));
    for (let record = 0; record < count; record++) {
      this.#note(questions, keys[record * keySize] ?? 0, first + record);
    }
    const imagesOfEach = images.length / (2 * stretch.lines.length);
    const table = (this.#images ??= new KeyTable(imagesOfEach * this.#expect(stretch)));
    for (let pair = 0; pair < images.length; pair += 2) {
      const record = images[pair] ?? 0;
      if (record >= count) return;
      this.#note(table, images[pair + 1] ?? 0, first + record);
    }
  }

  #countPrompts({ keys, lines }: KeyedStretch, count: number, firstLine: number): void {
    for (let record = 0; record < count; record++) {
      const cell = record * keySize;
      if (keys[cell + 1] !== 1) continue;
      const line = firstLine + (lines[record] ?? 0);
      this.#prompts.add(keys[cell + 2] ?? 0, keys[cell + 3] ?? 0, line);
    }
  }

  /** How many records are compared, if all of the file are like those of a stretch. */
  #expect({ byteLengths }: KeyedStretch): number {
    const bytes = byteLengths.reduce((sum, length) => sum + length, 0);
    const records = (this.#fileBytes / bytes) * byteLengths.length;
    return Math.min(records, maxComparedRecords);
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

  #note(table: KeyTable, hash: number, record: number): void {
    const first = table.add(hash, record);
    if (first !== record) this.#suspects.add(first).add(record);
  }
}

interface CountedPrompt {
  readonly first: number;
  readonly second: number;
  readonly firstLine: number;
  count: number;
}

/** How often a file has each system prompt. */
class PromptCounter {
  readonly #prompts = new Map<string, CountedPrompt>();
  /** Most records have that of the one before. */
  #last: CountedPrompt | undefined;

  add(first: number, second: number, line: number): void {
    const last = this.#last;
    if (last?.first === first && last.second === second) {
      last.count++;
      return;
    }
    const name = `${first},${second}`;
    const prompt = this.#prompts.get(name) ?? { first, second, firstLine: line, count: 0 };
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

/** A stretch whose places are kept. */
interface PlacedStretch extends Pick<KeyedStretch, 'lines' | 'offsets' | 'byteLengths'> {
  readonly firstLine: number;
  /** Of its first record, from 0 in the file. */
  readonly firstRecord: number;
}

/** Where records stand, in 16 bytes each: the very lists of the stretches. */
class RecordPlaces {
  count = 0;
  readonly #stretches: PlacedStretch[] = [];

  add({ lines, offsets, byteLengths }: KeyedStretch, firstLine: number, count: number): void {
    this.#stretches.push({ lines, offsets, byteLengths, firstLine, firstRecord: this.count });
    this.count += count;
  }

  at(record: number): RecordPlace {
    const stretch = this.#stretchOf(record);
    if (!stretch) throw new RangeError('There is no such record');
    const { lines, offsets, byteLengths, firstLine, firstRecord } = stretch;
    const at = record - firstRecord;
    return {
      line: firstLine + (lines[at] ?? 0),
      offset: offsets[at] ?? 0,
      byteLength: byteLengths[at] ?? 0,
    };
  }

  /** The last stretch that begins no later. */
  #stretchOf(record: number): PlacedStretch | undefined {
    let [low, high] = [0, this.#stretches.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#stretches[middle]?.firstRecord ?? Infinity) <= record) low = middle + 1;
      else high = middle;
    }
    return this.#stretches[low - 1];
  }
}
