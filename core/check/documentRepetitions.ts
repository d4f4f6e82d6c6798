import { AlikeRecords, type AlikeRecord } from '../dataset/alikeRecords.ts';
import { findShared, type Likenesses, type Shared } from '../dataset/compare.ts';
import type { Companion } from '../dataset/companion.ts';
import { digest } from '../dataset/digest.ts';
import { fingerprintOf, type ImageFingerprint } from '../dataset/fingerprint.ts';
import { KeyGroups } from '../dataset/keyGroups.ts';
import { PromptCounts } from '../dataset/promptCounts.ts';
import type { RecordKeys } from '../dataset/recordKeys.ts';
import { readExample } from '../record/example.ts';
import { JsonScratch, readJson } from '../record/readJson.ts';
import { RecordsByLine } from './recordsByLine.ts';

/** A record of the document that is compared. */
interface ComparedRecord {
  line: number;
  readonly keys: RecordKeys;
  /** Once it has been read, because it may be like another. */
  alike: AlikeRecord | undefined;
  /** With the companion. */
  shared: Omit<Shared, 'line'> | undefined;
}

type ReadRecord = ComparedRecord & { readonly alike: AlikeRecord };

/** Lines of a document that an edit has put in the place of others. */
type EditedLines = Readonly<Record<'from' | 'removed' | 'inserted', number>>;

/** Of fewer it is not worth while to begin anew, and to read again what is alike. */
const manyLines = 100;

/**
 * Which records of an open document are alike. It follows the newest version of the document from edit to edit, line by line.
 * Records that have a hash in common with others are read to be compared in full; until that is done, it is not settled.
 */
export class DocumentRepetitions {
  /** By line. */
  #records: (ComparedRecord | undefined)[];
  readonly #questions = new KeyGroups<ComparedRecord>();
  readonly #images = new KeyGroups<ComparedRecord>();
  readonly #prompts = new PromptCounts();
  readonly #alike = new AlikeRecords();
  readonly #unread = new Set<ComparedRecord>();
  readonly #scratch = new JsonScratch();
  #companion: Companion | undefined;
  /** Those that have been read. */
  readonly #alikeByLine = new RecordsByLine<ReadRecord>();
  #sharedCount = 0;

  constructor(lineCount: number, companion: Companion | undefined) {
    this.#records = Array<undefined>(lineCount).fill(undefined);
    this.#companion = companion;
  }

  get isSettled(): boolean {
    return this.#unread.size === 0;
  }

  /** Takes in lines from `from` on that have been checked; undefined is a line that is not compared. */
  add(from: number, lines: Iterable<RecordKeys | undefined>): void {
    let line = from;
    for (const keys of lines) {
      if (keys) this.#add({ line, keys, alike: undefined, shared: undefined });
      line++;
    }
  }

  /**
   * Follows an edit: what stood on the lines is forgotten, and what stands there now is not known yet. Gives back what knows
   * the others: itself, or a new one where that costs less than forgetting.
   */
  edit(edit: EditedLines): DocumentRepetitions {
    const { from, removed, inserted } = edit;
    if (removed > manyLines && removed > this.#records.length / 3) return this.#anew(edit);
    const end = from + removed;
    this.#alikeByLine.prepare(removed + inserted);
    for (let line = from; line < end; line++) {
      const record = this.#records[line];
      if (record) this.#remove(record);
      this.#records[line] = undefined;
    }
    if (inserted === removed) return this;
    const below = this.#records.slice(end);
    for (const record of below) if (record) record.line += inserted - removed;
    const unknown = Array<undefined>(inserted).fill(undefined);
    this.#records = this.#records.slice(0, from).concat(unknown, below);
    return this;
  }

  #anew({ from, removed, inserted }: EditedLines): DocumentRepetitions {
    const keys = this.#records.map((record) => record?.keys);
    const lineCount = keys.length - removed + inserted;
    const anew = new DocumentRepetitions(lineCount, this.#companion);
    anew.add(0, keys.slice(0, from));
    anew.add(from + inserted, keys.slice(from + removed));
    return anew;
  }

  /** Compares with another file from now on, or with none. */
  accompany(companion: Companion | undefined): void {
    if (companion === this.#companion) return;
    this.#companion = companion;
    for (const record of this.#records) {
      if (!record) continue;
      this.#share(record, undefined);
      if (companion?.mayShareKeys(record.keys)) this.#unread.add(record);
    }
  }

  /** Reads records that may be alike until there are none left or `isOver` says so: at least one, so that every call gets on. */
  settle(textOf: (line: number) => string, isOver: () => boolean): void {
    for (const record of this.#unread) {
      this.#unread.delete(record);
      this.#read(record, textOf(record.line));
      if (isOver()) return;
    }
  }

  /** To be looked at before the next edit. */
  compare(): Likenesses {
    return {
      ...this.#alike.compare(() => this.#alikeByLine.list(() => this.#records.filter(isRead))),
      systemPrompts: this.#prompts.count(this.#records),
      shared: { [Symbol.iterator]: () => this.#shared() },
    };
  }

  *#shared(): Generator<Shared> {
    if (this.#sharedCount === 0) return;
    for (const record of this.#records) {
      if (record?.shared) yield { line: record.line, ...record.shared };
    }
  }

  #add(record: ComparedRecord): void {
    const { line, keys } = record;
    this.#records[line] = record;
    const suspect = (each: ComparedRecord): void => {
      if (!each.alike) this.#unread.add(each);
    };
    this.#questions.add(keys.question, record, suspect);
    for (const image of keys.images) this.#images.add(image, record, suspect);
    this.#prompts.add(keys.system, 1);
    if (this.#companion?.mayShareKeys(keys)) suspect(record);
  }

  #remove(record: ComparedRecord): void {
    const { keys, alike } = record;
    this.#questions.remove(keys.question, record);
    for (const image of keys.images) this.#images.remove(image, record);
    this.#prompts.add(keys.system, -1);
    this.#unread.delete(record);
    this.#share(record, undefined);
    if (!alike) return;
    this.#alike.remove(alike);
    if (isRead(record)) this.#alikeByLine.remove(record);
  }

  #read(record: ComparedRecord, text: string): void {
    const example = readExample(readJson(text, this.#scratch));
    if (!example) return;
    const fingerprint = fingerprintOf(example);
    const digests = new Map<ImageFingerprint, string>();
    const digestImage = (image: ImageFingerprint): string => {
      const { start, end } = image.span;
      const known = digests.get(image) ?? digest(text.slice(start, end));
      digests.set(image, known);
      return known;
    };
    if (this.#companion) this.#share(record, findShared(this.#companion, fingerprint, digestImage));
    if (record.alike) return;
    record.alike = this.#alike.add(fingerprint, record, digestImage);
    if (isRead(record)) this.#alikeByLine.add(record);
  }

  #share(record: ComparedRecord, shared: ComparedRecord['shared']): void {
    if (record.shared) this.#sharedCount--;
    if (shared) this.#sharedCount++;
    record.shared = shared;
  }
}

function isRead(record: ComparedRecord | undefined): record is ReadRecord {
  return record?.alike !== undefined;
}
