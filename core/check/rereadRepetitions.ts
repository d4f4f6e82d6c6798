import type { Likenesses } from '../dataset/compare.ts';
import { HashGroups, noGroups } from '../dataset/hashGroups.ts';
import { PromptCounter } from '../dataset/promptCounter.ts';
import { maxComparedRecords } from '../dataset/repetitions.ts';
import { keySize, type KeyedStretch } from '../dataset/stretchKeys.ts';
import { AlikeReader } from './alikeReader.ts';
import type { Reread } from './fileRepetitions.ts';
import type { Comparer } from './fileSum.ts';
import { RecordPlaces } from './recordPlaces.ts';

/**
 * Which records of a file are alike, where the file can be read again: each leaves a few hashes behind as it is checked, and
 * those that have one in common are read once more in the end and compared.
 */
export class RereadRepetitions implements Comparer {
  readonly #reread: Reread;
  readonly #fileBytes: number;
  #questions: HashGroups | undefined;
  #images: HashGroups | undefined;
  readonly #prompts = new PromptCounter();
  readonly #places = new RecordPlaces();

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
    const questions = (this.#questions ??= new HashGroups(this.#expect(stretch)));
    for (let record = 0; record < count; record++) {
      questions.add(keys[record * keySize] ?? 0, first + record);
    }
    const imagesOfEach = images.length / (2 * stretch.lines.length);
    const shown = (this.#images ??= new HashGroups(imagesOfEach * this.#expect(stretch)));
    for (let pair = 0; pair < images.length; pair += 2) {
      const record = images[pair] ?? 0;
      if (record >= count) return;
      shown.add(images[pair + 1] ?? 0, first + record);
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

  compare(): Likenesses {
    const alike = new AlikeReader(this.#reread, this.#places, {
      asking: this.#questions?.list() ?? noGroups,
      showing: this.#images?.list() ?? noGroups,
    });
    return { ...alike.compare(), systemPrompts: this.#prompts.count(), shared: [] };
  }
}
