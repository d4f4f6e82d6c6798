import { placeOfText } from '../record/example.ts';
import type { Span } from '../text/span.ts';
import type { Companion } from './companion.ts';
import type { Fingerprint, ImageFingerprint } from './fingerprint.ts';
import { keyOfImage, keyOfQuestion, type DigestImage } from './keys.ts';
import type { Repetitions } from './repetitions.ts';

/** What records of a file have in common with each other, or with the file that it is validated with. */
export interface Likenesses {
  /** Examples that stand further up already. */
  readonly repeatedExamples: Iterable<Repeat>;
  /** Examples that answer the same question otherwise than one further up. */
  readonly conflictingAnswers: Iterable<PlacedRepeat>;
  /** For each image that several examples have, its second use; in the order of the first. */
  readonly repeatedImages: Iterable<RepeatedImage>;
  readonly systemPrompts: SystemPrompts;
  /** Examples and images that the companion has too. */
  readonly shared: Iterable<Shared>;
}

/** The same, worked out to the end. */
export interface Comparison extends Likenesses {
  readonly repeatedExamples: readonly Repeat[];
  readonly conflictingAnswers: readonly PlacedRepeat[];
  readonly repeatedImages: readonly RepeatedImage[];
  readonly shared: readonly Shared[];
}

/** Lines count from 0. */
export interface Repeat {
  readonly line: number;
  readonly firstLine: number;
}

export interface PlacedRepeat extends Repeat {
  /** Where on its line. */
  readonly place: Span;
}

export interface RepeatedImage extends PlacedRepeat {
  /** In how many examples, this one and the first included. */
  readonly examples: number;
}

export interface SystemPrompts {
  readonly different: number;
  /** Examples with the most frequent one. */
  readonly mostFrequent: number;
  /** Examples with any. */
  readonly examples: number;
  /** The first line with another one; undefined when there is only one. */
  readonly firstOtherLine: number | undefined;
}

export interface Shared {
  readonly line: number;
  /** Of the image; undefined where all of the example is shared. */
  readonly place: Span | undefined;
  /** In the companion, from 0. */
  readonly otherLine: number;
}

/** Calls with each record and its line, in order. */
export type VisitRecords<T extends Fingerprint> = (
  visit: (record: T, line: number) => void,
) => void;

/** The digest of all of an image that was sampled; undefined where its text is out of reach. */
export type DigestImageOf<T extends Fingerprint> = (
  image: ImageFingerprint,
  record: T,
  line: number,
) => string | undefined;

/** Goes over the records once at most, and only if there is anything to find. */
export function compareRecords<T extends Fingerprint>(
  repetitions: Repetitions<T>,
  visitRecords: VisitRecords<T>,
  digest: DigestImageOf<T>,
): Comparison {
  const suspects = findSuspects(repetitions);
  const systemPrompts = new PromptCount(repetitions.systemPrompts);
  const comparing = new Comparing(repetitions, digest);
  if (suspects.size > 0 || systemPrompts.different > 1) {
    visitRecords((record, line) => {
      systemPrompts.look(record, line);
      if (suspects.has(record)) comparing.look(record, line);
    });
  }
  return { ...comparing.result(), systemPrompts };
}

/** The records that have anything in common with another one. Of a hundred thousand usually few. */
function findSuspects<T extends Fingerprint>(repetitions: Repetitions<T>): ReadonlySet<T> {
  const suspects = new Set(repetitions.shared);
  for (const { repeated } of [repetitions.questions, repetitions.images]) {
    for (const group of repeated.values()) for (const record of group) suspects.add(record);
  }
  return suspects;
}

class PromptCount implements SystemPrompts {
  readonly different: number;
  readonly mostFrequent: number;
  readonly examples: number;
  readonly #frequent: string | undefined;
  #firstOtherLine: number | undefined;

  /** `counts` are examples by the digest of their system prompt. */
  constructor(counts: ReadonlyMap<string, number>) {
    let [frequent, mostFrequent, examples]: [string | undefined, number, number] = [
      undefined,
      0,
      0,
    ];
    for (const [prompt, count] of counts) {
      examples += count;
      if (count > mostFrequent) [frequent, mostFrequent] = [prompt, count];
    }
    this.different = counts.size;
    this.mostFrequent = mostFrequent;
    this.examples = examples;
    this.#frequent = frequent;
  }

  get firstOtherLine(): number | undefined {
    return this.#firstOtherLine;
  }

  look({ system }: Fingerprint, line: number): void {
    if (system !== undefined && system !== this.#frequent) this.#firstOtherLine ??= line;
  }
}

/** Where an image was seen. */
interface ImageUse {
  readonly firstLine: number;
  second?: PlacedRepeat;
  lastLine: number;
  examples: number;
}

/** Where a question was seen. */
interface Asked {
  /** The first line of each answer; an example without one has the answer ''. */
  readonly answers: Map<string, number>;
  /** The first line with an answer. */
  answeredLine?: number;
}

class Comparing<T extends Fingerprint> {
  readonly #repetitions: Repetitions<T>;
  readonly #digest: DigestImageOf<T>;
  readonly #asked = new Map<string, Asked>();
  readonly #images = new Map<string, ImageUse>();
  readonly #repeatedExamples: Repeat[] = [];
  readonly #conflictingAnswers: PlacedRepeat[] = [];
  readonly #shared: Shared[] = [];

  constructor(repetitions: Repetitions<T>, digest: DigestImageOf<T>) {
    this.#repetitions = repetitions;
    this.#digest = digest;
  }

  look(record: T, line: number): void {
    const digest: DigestImage = (image) => this.#digest(image, record, line);
    if (this.#repetitions.shared.has(record)) this.#lookForShared(record, line, digest);
    // What asks the same has the same images; that is one cause.
    if (!this.#lookForQuestion(record, line, digest)) this.#lookForImages(record, line, digest);
  }

  result(): Omit<Comparison, 'systemPrompts'> {
    return {
      repeatedExamples: this.#repeatedExamples,
      conflictingAnswers: this.#conflictingAnswers,
      repeatedImages: [...this.#images.values()].flatMap(({ second, examples }) =>
        second ? [{ ...second, examples }] : [],
      ),
      shared: this.#shared,
    };
  }

  /** Whether there is something to say: the example is a copy, or answers otherwise. */
  #lookForQuestion(record: T, line: number, digest: DigestImage): boolean {
    if (!this.#repetitions.questions.repeated.has(record.question)) return false;
    const key = keyOfQuestion(record, digest);
    if (key === undefined) return false;
    const asked: Asked = this.#asked.get(key) ?? { answers: new Map() };
    this.#asked.set(key, asked);
    const { answer } = record;
    const firstLine = asked.answers.get(answer?.digest ?? '');
    if (firstLine !== undefined) {
      this.#repeatedExamples.push({ line, firstLine });
      return true;
    }
    asked.answers.set(answer?.digest ?? '', line);
    if (!answer) return false;
    asked.answeredLine ??= line;
    if (asked.answeredLine === line) return false;
    const { place } = answer;
    this.#conflictingAnswers.push({ line, place, firstLine: asked.answeredLine });
    return true;
  }

  #lookForImages(record: T, line: number, digest: DigestImage): void {
    for (const image of record.images) {
      if (!this.#repetitions.images.repeated.has(image.digest)) continue;
      const key = keyOfImage(image, digest);
      if (key === undefined) continue;
      const use: ImageUse | undefined = this.#images.get(key);
      if (!use) {
        this.#images.set(key, { firstLine: line, lastLine: line, examples: 1 });
      } else if (use.lastLine !== line) {
        const { firstLine } = use;
        use.second ??= { line, place: placeOfText(image.span), firstLine };
        use.lastLine = line;
        use.examples++;
      }
    }
  }

  #lookForShared(record: T, line: number, digest: DigestImage): void {
    const { companion } = this.#repetitions;
    const found = companion && findShared(companion, record, digest);
    if (found) this.#shared.push({ line, ...found });
  }
}

/** What the companion has of an example: the whole of it, or else its first image. */
export function findShared(
  companion: Companion,
  record: Fingerprint,
  digest: DigestImage,
): Omit<Shared, 'line'> | undefined {
  const exampleLine = companion.lineOfExample(record, digest);
  if (exampleLine !== undefined) return { place: undefined, otherLine: exampleLine };
  for (const image of record.images) {
    const otherLine = companion.lineOfImage(image, digest);
    if (otherLine !== undefined) return { place: placeOfText(image.span), otherLine };
  }
  return undefined;
}
