import type { Span } from '../text/span.ts';
import type { Companion } from './companion.ts';
import type { Fingerprint, ImageFingerprint } from './fingerprint.ts';
import type { Repetitions } from './repetitions.ts';

/** What records of a file have in common with each other, or with the file that it is validated with. */
export interface Comparison {
  /** Examples that stand further up already. */
  readonly repeatedExamples: readonly Repeat[];
  /** Examples that answer the same question otherwise than one further up. */
  readonly conflictingAnswers: readonly Repeat[];
  /** For each picture that several examples have, its second use. */
  readonly repeatedImages: readonly RepeatedImage[];
  readonly systemPrompts: SystemPrompts;
  /** Examples and pictures that the companion has too. */
  readonly shared: readonly Shared[];
}

/** Lines count from 0. */
export interface Repeat {
  readonly line: number;
  readonly span: Span;
  readonly firstLine: number;
}

export interface RepeatedImage extends Repeat {
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
  readonly kind: 'example' | 'image';
  readonly line: number;
  readonly span: Span;
  /** In the companion, from 0. */
  readonly otherLine: number;
}

/** A record at its present line. */
export interface LocatedRecord<T extends Fingerprint> {
  readonly line: number;
  readonly record: T;
}

/** The digest of all of an image, of which only samples are hashed. Undefined where its text is out of reach. */
export type DigestImage<T extends Fingerprint> = (
  located: LocatedRecord<T>,
  image: ImageFingerprint,
) => string | undefined;

/** Goes over the records once, in order, and only if there is anything to find. */
export function compareRecords<T extends Fingerprint>(
  repetitions: Repetitions<T>,
  records: Iterable<LocatedRecord<T>>,
  digest: DigestImage<T>,
  companion?: Companion,
): Comparison {
  const comparing = new Comparing(repetitions, digest, companion);
  if (comparing.hasWork) for (const located of records) comparing.look(located);
  return comparing.result();
}

const wholeRecord: Span = { start: 0, end: 1 };

class Comparing<T extends Fingerprint> {
  readonly #repetitions: Repetitions<T>;
  readonly #digest: DigestImage<T>;
  readonly #companion: Companion | undefined;
  readonly #examples = new Map<number, number>();
  readonly #answers = new Map<number, { readonly line: number; readonly answer: number }>();
  readonly #images = new Map<
    string,
    { readonly firstLine: number; second?: Repeat; examples: number }
  >();
  readonly #repeatedExamples: Repeat[] = [];
  readonly #conflictingAnswers: Repeat[] = [];
  readonly #shared: Shared[] = [];
  readonly #frequentPrompt: readonly [hash: number, count: number];
  #firstOtherPrompt: number | undefined;

  constructor(
    repetitions: Repetitions<T>,
    digest: DigestImage<T>,
    companion: Companion | undefined,
  ) {
    this.#repetitions = repetitions;
    this.#digest = digest;
    this.#companion = companion;
    let frequent: readonly [number, number] = [NaN, 0];
    for (const entry of repetitions.systemPrompts) if (entry[1] > frequent[1]) frequent = entry;
    this.#frequentPrompt = frequent;
  }

  get hasWork(): boolean {
    const { examples, questions, images, systemPrompts } = this.#repetitions;
    const repeated = examples.repeated.size + questions.repeated.size + images.repeated.size;
    return repeated > 0 || systemPrompts.size > 1 || this.#companion !== undefined;
  }

  look(located: LocatedRecord<T>): void {
    const { line, record } = located;
    if (this.#companion) this.#lookForShared(located, this.#companion);
    if (record.system !== undefined && record.system !== this.#frequentPrompt[0])
      this.#firstOtherPrompt ??= line;
    const isRepeated = this.#lookForExample(located);
    if (!isRepeated) this.#lookForAnswer(located);
    // An example that is a copy has all its pictures twice; that is one cause.
    if (!isRepeated) for (const image of new Set(record.images)) this.#lookForImage(located, image);
  }

  result(): Comparison {
    const repeatedImages: RepeatedImage[] = [];
    for (const { second, examples } of this.#images.values()) {
      if (second) repeatedImages.push({ ...second, examples });
    }
    return {
      repeatedExamples: this.#repeatedExamples,
      conflictingAnswers: this.#conflictingAnswers,
      repeatedImages,
      systemPrompts: {
        different: this.#repetitions.systemPrompts.size,
        mostFrequent: this.#frequentPrompt[1],
        examples: [...this.#repetitions.systemPrompts.values()].reduce(
          (sum, count) => sum + count,
          0,
        ),
        firstOtherLine: this.#firstOtherPrompt,
      },
      shared: this.#shared,
    };
  }

  #lookForExample({ line, record }: LocatedRecord<T>): boolean {
    if (!this.#repetitions.examples.repeated.has(record.example)) return false;
    const firstLine = this.#examples.get(record.example);
    if (firstLine === undefined) {
      this.#examples.set(record.example, line);
      return false;
    }
    this.#repeatedExamples.push({ line, span: wholeRecord, firstLine });
    return true;
  }

  #lookForAnswer({ line, record }: LocatedRecord<T>): void {
    const { answer, question } = record;
    if (!answer || !this.#repetitions.questions.repeated.has(question)) return;
    const first = this.#answers.get(question);
    if (!first) this.#answers.set(question, { line, answer: answer.hash });
    else if (first.answer !== answer.hash) {
      this.#conflictingAnswers.push({ line, span: answer.span, firstLine: first.line });
    }
  }

  #lookForImage(located: LocatedRecord<T>, image: ImageFingerprint): void {
    if (!this.#repetitions.images.repeated.has(image.hash)) return;
    const key = this.#identify(located, image);
    if (key === undefined) return;
    const known = this.#images.get(key);
    const { line } = located;
    if (!known) {
      this.#images.set(key, { firstLine: line, examples: 1 });
    } else if (line !== (known.second?.line ?? known.firstLine)) {
      known.examples++;
      known.second ??= { line, span: image.span, firstLine: known.firstLine };
    }
  }

  #lookForShared(located: LocatedRecord<T>, companion: Companion): void {
    const { line, record } = located;
    const otherLine = companion.examples.get(record.example);
    if (otherLine !== undefined) {
      this.#shared.push({ kind: 'example', line, span: wholeRecord, otherLine });
      return;
    }
    for (const image of record.images) {
      if (!companion.imageHashes.has(image.hash)) continue;
      const imageLine = companion.images.get(this.#identify(located, image) ?? '');
      if (imageLine === undefined) continue;
      this.#shared.push({ kind: 'image', line, span: image.span, otherLine: imageLine });
      return;
    }
  }

  #identify(located: LocatedRecord<T>, image: ImageFingerprint): string | undefined {
    return identifyImageBytes(image, () => this.#digest(located, image));
  }
}

/** What two images have in common exactly when they are the same. */
export function identifyImageBytes(
  image: ImageFingerprint,
  digest: () => string | undefined,
): string | undefined {
  if (image.isExact) return String(image.hash);
  const full = digest();
  return full === undefined ? undefined : `${image.hash} ${full}`;
}
