import {
  AlikeRecords,
  conflictingAnswers,
  repeatedExamples,
  repeatedImages,
  type AlikeFindings,
  type AlikeRecord,
  type HasAlike,
} from '../dataset/alikeRecords.ts';
import type { Repeat } from '../dataset/compare.ts';
import { digest } from '../dataset/digest.ts';
import { fingerprintImages, fingerprintOf, type ImageFingerprint } from '../dataset/fingerprint.ts';
import type { HashGroup, ListedGroups } from '../dataset/hashGroups.ts';
import { readExample } from '../record/example.ts';
import { JsonScratch } from '../record/readJson.ts';
import { readJsonBytes } from './checkBytes.ts';
import type { Reread } from './fileRepetitions.ts';
import type { RecordPlaces } from './recordPlaces.ts';

/** Records of a file that have a hash in common. */
export interface SuspectGroups {
  /** By their questions: a record is in one of these at most. */
  readonly asking: ListedGroups;
  /** By their images. */
  readonly showing: ListedGroups;
}

/**
 * Tells which records of a file are alike. Those that have a hash in common are read once more to be compared in full: as far as anybody
 * asks, and not where they are the same to the byte. So of a file of nothing but copies few records are taken apart.
 */
export class AlikeReader {
  readonly #reread: Reread;
  readonly #places: RecordPlaces;
  readonly #suspects: SuspectGroups;
  /** For each record the number of its group by question, from 1. */
  readonly #groups: Int32Array;
  /** For each of these, from 1: whether all in it are the same to the byte; once that is known. */
  readonly #areSame: (boolean | undefined)[] = [];
  readonly #alike = new AlikeRecords();
  readonly #loaded = new Map<number, HasAlike>();
  readonly #scratch = new JsonScratch();

  constructor(reread: Reread, places: RecordPlaces, suspects: SuspectGroups) {
    this.#reread = reread;
    this.#places = places;
    this.#suspects = suspects;
    this.#groups = new Int32Array(suspects.asking.length > 0 ? places.count : 0);
    for (let index = 0; index < suspects.asking.length; index++) {
      for (const record of suspects.asking.at(index)) this.#groups[record] = index + 1;
    }
  }

  compare(): AlikeFindings {
    const { asking, showing } = this.#suspects;
    return {
      repeatedExamples: { [Symbol.iterator]: () => this.#repeatedExamples() },
      conflictingAnswers: { [Symbol.iterator]: () => conflictingAnswers(this.#load(asking)) },
      repeatedImages: { [Symbol.iterator]: () => repeatedImages(this.#load(showing)) },
    };
  }

  *#repeatedExamples(): Generator<Repeat> {
    for (const record of this.#suspects.asking.records()) {
      const group = this.#groupOf(record);
      const [first = record] = group;
      if (!this.#isSame(group)) {
        this.#loadAll(group);
        const loaded = this.#loaded.get(record);
        if (loaded) yield* repeatedExamples([loaded]);
      } else if (record !== first) {
        yield { line: this.#places.at(record).line, firstLine: this.#places.at(first).line };
      }
    }
  }

  /** The records of groups in order, each when all are read that it may be like. Copies to the byte are left out: of them all is said. */
  *#load(groups: ListedGroups): Generator<HasAlike> {
    let next = 0;
    for (const record of groups.records()) {
      const group = groups.at(next);
      if (group[0] === record) {
        next++;
        if (!this.#isSame(group)) this.#loadAll(group);
      }
      const loaded = this.#loaded.get(record);
      if (loaded) yield loaded;
    }
  }

  /** Each with all that may ask the same, which decides about its images too. */
  #loadAll(group: HashGroup): void {
    for (const record of group) {
      if (this.#loaded.has(record)) continue;
      for (const member of this.#groupOf(record)) {
        const alike = this.#read(member);
        if (alike) this.#loaded.set(member, { alike });
      }
    }
  }

  #read(record: number): AlikeRecord | undefined {
    const bytes = this.#bytesOf(record);
    const tree = bytes && readJsonBytes(bytes, this.#scratch);
    const example = tree && !tree.problem ? readExample(tree) : undefined;
    if (!tree || !example) return undefined;
    const place = this.#places.at(record);
    const digestImage = ({ span: { start, end } }: ImageFingerprint): string =>
      digest(tree.text.slice(start, end));
    // Nobody else asks what has a hash of its own.
    return (this.#groups[record] ?? 0) > 0
      ? this.#alike.add(fingerprintOf(example), place, digestImage)
      : this.#alike.addAlone(fingerprintImages(example), place, digestImage);
  }

  /** Those that may ask the same. */
  #groupOf(record: number): HashGroup {
    const number = this.#groups[record] ?? 0;
    return number === 0 ? Int32Array.of(record) : this.#suspects.asking.at(number - 1);
  }

  /** Whether records are the same to the byte. */
  #isSame([first = 0, ...others]: HashGroup): boolean {
    const number = this.#groups[first] ?? 0;
    if (number === 0 || others.some((record) => this.#groups[record] !== number)) return false;
    return (this.#areSame[number] ??= this.#compareBytes(this.#groupOf(first)));
  }

  #compareBytes([first = 0, ...others]: HashGroup): boolean {
    const { byteLength } = this.#places.at(first);
    if (others.some((record) => this.#places.at(record).byteLength !== byteLength)) return false;
    const bytes = this.#bytesOf(first);
    return (
      bytes !== undefined &&
      others.every((record) => {
        const other = this.#bytesOf(record);
        return other !== undefined && Buffer.compare(bytes, other) === 0;
      })
    );
  }

  /** Of a file that has become shorter there is nothing to compare. */
  #bytesOf(record: number): Uint8Array | undefined {
    const { offset, byteLength } = this.#places.at(record);
    const bytes = this.#reread(offset, byteLength);
    return bytes.length < byteLength ? undefined : bytes;
  }
}
