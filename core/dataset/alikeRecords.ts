import { placeOfText } from '../record/example.ts';
import type { Span } from '../text/span.ts';
import type { Likenesses, PlacedRepeat, Repeat, RepeatedImage } from './compare.ts';
import type { Answer, Fingerprint, ImageFingerprint } from './fingerprint.ts';
import { keyOfImage, keyOfQuestion, type DigestImage } from './keys.ts';

/** Where a record stands now. The one that holds it moves it along with its line. */
export interface MovingPlace {
  /** From 0. */
  readonly line: number;
}

/** A record among those that may be alike. */
export interface AlikeRecord {
  readonly place: MovingPlace;
  readonly answer: Answer | undefined;
  readonly question: QuestionGroup;
  /** Each of its images once. */
  readonly images: readonly ImageGroup[];
}

/** One that holds it. */
export interface HasAlike {
  readonly alike: AlikeRecord;
}

export type AlikeFindings = Pick<
  Likenesses,
  'repeatedExamples' | 'conflictingAnswers' | 'repeatedImages'
>;

/**
 * Which of some records are alike, worked out group by group: a record that comes or goes costs the groups that it is in,
 * and lines that move cost nothing, since they do not change places.
 */
export class AlikeRecords {
  readonly #questions = new Map<string, QuestionGroup>();
  readonly #images = new Map<string, ImageGroup>();
  /** How many questions several of them ask. */
  #repeatedQuestions = 0;

  /** Undefined where a picture of it is out of reach. */
  add(fingerprint: Fingerprint, place: MovingPlace, digest: DigestImage): AlikeRecord | undefined {
    const key = keyOfQuestion(fingerprint, digest);
    if (key === undefined) return undefined;
    const question = this.#questions.get(key) ?? new QuestionGroup(key);
    this.#questions.set(key, question);
    const images = this.#placeImages(fingerprint.images, digest);
    const record = { place, answer: fingerprint.answer, question, images: [...images.keys()] };
    for (const [group, span] of images) group.add(record, span);
    question.add(record);
    if (question.size === 2) this.#repeatedQuestions++;
    return record;
  }

  /** Adds a record that asks as no other does, by its images alone. */
  addAlone(
    fingerprints: readonly ImageFingerprint[],
    place: MovingPlace,
    digest: DigestImage,
  ): AlikeRecord {
    const images = this.#placeImages(fingerprints, digest);
    const record = { place, answer: undefined, question: alone, images: [...images.keys()] };
    for (const [group, span] of images) group.add(record, span);
    return record;
  }

  /** Each image once, where it stands first. */
  #placeImages(
    images: readonly ImageFingerprint[],
    digest: DigestImage,
  ): ReadonlyMap<ImageGroup, Span> {
    const placed = new Map<ImageGroup, Span>();
    for (const image of images) {
      const group = this.#groupOfImage(keyOfImage(image, digest) ?? '');
      if (!placed.has(group)) placed.set(group, image.span);
    }
    return placed;
  }

  remove(record: AlikeRecord): void {
    const { question, images } = record;
    question.remove(record);
    if (question.size === 1) this.#repeatedQuestions--;
    if (question.size === 0) this.#questions.delete(question.key);
    for (const image of images) {
      image.remove(record);
      if (image.size === 0) this.#images.delete(image.key);
    }
  }

  /** What the records have in common, given in the order of their lines; worked out as far as it is asked for. */
  compare(records: () => Iterable<HasAlike>): AlikeFindings {
    const asking = (): Iterable<HasAlike> => (this.#repeatedQuestions === 0 ? [] : records());
    return {
      repeatedExamples: { [Symbol.iterator]: () => repeatedExamples(asking()) },
      conflictingAnswers: { [Symbol.iterator]: () => conflictingAnswers(asking()) },
      repeatedImages: { [Symbol.iterator]: () => repeatedImages(records()) },
    };
  }

  #groupOfImage(key: string): ImageGroup {
    const group = this.#images.get(key) ?? new ImageGroup(key);
    this.#images.set(key, group);
    return group;
  }
}

export function* repeatedExamples(records: Iterable<HasAlike>): Generator<Repeat> {
  for (const { alike } of records) {
    const earlier = alike.question.earlierThan(alike);
    if (!earlier?.isCopy) continue;
    yield { line: alike.place.line, firstLine: earlier.first.place.line };
  }
}

export function* conflictingAnswers(records: Iterable<HasAlike>): Generator<PlacedRepeat> {
  for (const { alike } of records) {
    const { question, answer, place } = alike;
    const earlier = answer && question.earlierThan(alike);
    if (!earlier || earlier.isCopy) continue;
    yield { line: place.line, place: answer.place, firstLine: earlier.first.place.line };
  }
}

export function* repeatedImages(records: Iterable<HasAlike>): Generator<RepeatedImage> {
  for (const { alike } of records) {
    for (const image of alike.images) {
      const repeat = image.repeatOf(alike);
      if (repeat) yield repeat;
    }
  }
}

/** What an example that came earlier makes of one. */
interface Earlier {
  readonly first: AlikeRecord;
  /** The same answer, and not another one to the same question. */
  readonly isCopy: boolean;
}

/** Examples that ask the same. */
class QuestionGroup {
  readonly key: string;
  readonly #members = new Set<AlikeRecord>();
  /** The first with each answer; one without an answer has ''. Undefined after a change. */
  #firsts: Map<string, AlikeRecord> | undefined;
  #firstAnswered: AlikeRecord | undefined;

  constructor(key: string) {
    this.key = key;
  }

  get size(): number {
    return this.#members.size;
  }

  add(record: AlikeRecord): void {
    this.#members.add(record);
    this.#firsts = undefined;
  }

  remove(record: AlikeRecord): void {
    this.#members.delete(record);
    this.#firsts = undefined;
  }

  earlierThan(record: AlikeRecord): Earlier | undefined {
    if (this.#members.size < 2) return undefined;
    this.#firsts ??= this.#findFirsts();
    const same = this.#firsts.get(answerOf(record));
    if (same && same !== record) return { first: same, isCopy: true };
    const first = this.#firstAnswered;
    return record.answer && first && first !== record ? { first, isCopy: false } : undefined;
  }

  #findFirsts(): Map<string, AlikeRecord> {
    const firsts = new Map<string, AlikeRecord>();
    this.#firstAnswered = undefined;
    for (const member of this.#members) {
      const answer = answerOf(member);
      if (isEarlier(member, firsts.get(answer))) firsts.set(answer, member);
      if (member.answer && isEarlier(member, this.#firstAnswered)) this.#firstAnswered = member;
    }
    return firsts;
  }
}

function answerOf({ answer }: AlikeRecord): string {
  return answer?.digest ?? '';
}

function isEarlier(record: AlikeRecord, than: AlikeRecord | undefined): boolean {
  return !than || record.place.line < than.place.line;
}

/** Of all that ask as no other does; it knows none of them. */
const alone = new QuestionGroup('');

interface ImageUse {
  readonly first: AlikeRecord | undefined;
  readonly second: AlikeRecord | undefined;
  readonly examples: number;
}

/** Examples with the same image. Those of them that ask the same as an earlier one are not counted. */
class ImageGroup {
  readonly key: string;
  /** With where it first stands in each. */
  readonly #members = new Map<AlikeRecord, Span>();
  /** Undefined after a change. */
  #use: ImageUse | undefined;

  constructor(key: string) {
    this.key = key;
  }

  get size(): number {
    return this.#members.size;
  }

  add(record: AlikeRecord, span: Span): void {
    this.#members.set(record, span);
    this.#use = undefined;
  }

  remove(record: AlikeRecord): void {
    this.#members.delete(record);
    this.#use = undefined;
  }

  /** Its second use, if the first is by this record. */
  repeatOf(record: AlikeRecord): RepeatedImage | undefined {
    if (this.#members.size < 2) return undefined;
    this.#use ??= this.#findUse();
    const { first, second, examples } = this.#use;
    const span = second && this.#members.get(second);
    if (first !== record || !span) return undefined;
    const { line } = second.place;
    return { line, place: placeOfText(span), firstLine: first.place.line, examples };
  }

  /**
   * What asks the same has the same images; that is one cause. So a question group does not change without the groups of
   * its images.
   */
  #findUse(): ImageUse {
    let first: AlikeRecord | undefined;
    let second: AlikeRecord | undefined;
    let examples = 0;
    for (const member of this.#members.keys()) {
      if (member.question.earlierThan(member)) continue;
      examples++;
      if (isEarlier(member, first)) [first, second] = [member, first];
      else if (isEarlier(member, second)) second = member;
    }
    return { first, second, examples };
  }
}
