import { readJsonBytes } from '../../core/check/checkBytes.ts';
import { checkTree } from '../../core/check/checkRecord.ts';
import type { CheckContext } from '../../core/check/context.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { readExample, type Example } from '../../core/record/example.ts';
import { isBlank } from '../../core/record/isBlank.ts';
import { JsonScratch } from '../../core/record/readJson.ts';
import { rules } from '../../core/rules/index.ts';
import { LineReader, type ByteLine } from '../../core/text/lineReader.ts';
import { countExampleTokens, inspectImages } from '../../core/tokens/exampleTokens.ts';
import { isUnreadable, wordRefusal, type RefusedExample } from './refuseExample.ts';
import { screenExample } from './screening.ts';

/** What the service knows of a file once it has read it. */
export interface Inspection {
  readonly examples: number;
  /** The first thing that makes the file useless, in the service's words; undefined for a sound file. */
  readonly refusal: { readonly message: string; readonly isUnreadable: boolean } | undefined;
  readonly skipped: SkippedExamples;
  /** Of the examples that are trained on: the most that they may be. */
  readonly tokens: number;
  /** A few answers of the assistant, for a model that was trained on them. */
  readonly answers: readonly string[];
}

/** Examples that training leaves out, each counted under one reason. */
export interface SkippedExamples {
  readonly count: number;
  readonly reasons: ReadonlyMap<string, SkipReason>;
}

export interface SkipReason {
  readonly count: number;
  /** From 1; at most 100. */
  readonly lines: readonly number[];
}

/** What each rule whose errors leave an example out is called in the services' summaries. */
const skipReasons: Readonly<Record<string, string>> = {
  'image-url': 'inaccessible URL',
  'image-size': 'image too large',
  'image-format': 'invalid image format',
  'image-data': 'invalid image format',
  // Nobody has seen what it is called.
  'image-count': 'too many images',
};

const skippingRules = rules.flatMap((rule) => (rule.skipsExample ? [rule.id] : []));

/** Errors of these rules tell of examples that are cut, or of the file's weight: a job takes them. */
const toleratedRules = ['example-too-long', 'text-encoding'];

const maxLines = 100;
const maxAnswers = 64;
const longestAnswer = 2000;

/** Reads a file as the services do before they train on it. Memory is bounded by its longest line. */
export async function inspectFile(
  chunks: AsyncIterable<Buffer>,
  context: CheckContext,
): Promise<Inspection> {
  const reader = new LineReader();
  const inspector = new Inspector(context);
  for await (const chunk of chunks) for (const line of reader.read(chunk)) inspector.read(line);
  for (const line of reader.end()) inspector.read(line);
  return inspector.finish();
}

class Inspector {
  readonly #context: CheckContext;
  readonly #scratch = new JsonScratch();
  readonly #reasons = new Map<string, { count: number; lines: number[] }>();
  readonly #answers: string[] = [];
  #refusal: Inspection['refusal'];
  #line = 0;
  #examples = 0;
  #skipped = 0;
  #tokens = 0;

  constructor(context: CheckContext) {
    this.#context = context;
  }

  read({ bytes }: ByteLine): void {
    this.#line++;
    if (bytes && isBlank(bytes)) return;
    this.#examples++;
    if (!bytes) {
      this.#refuse(`Invalid file format. Example ${this.#examples} is too long to be read.`, true);
      return;
    }
    const tree = readJsonBytes(bytes, this.#scratch);
    const { findings } = checkTree(tree, this.#context, bytes.length);
    const errors = findings.filter(({ severity }) => severity === 'error');
    const example = readExample(tree);
    const grave = errors.find(({ rule }) => isRefused(rule));
    if (grave) {
      const place = { number: this.#examples, line: this.#line };
      const refused: RefusedExample = { finding: grave, tree, example, ...place };
      this.#refuse(wordRefusal(refused), isUnreadable(refused));
    } else if (example) {
      const reason = nameSkip(errors) ?? screenExample(example);
      if (reason === undefined) this.#train(example);
      else this.#skip(reason);
    }
  }

  finish(): Inspection {
    return {
      examples: this.#examples,
      refusal: this.#refusal,
      skipped: { count: this.#skipped, reasons: this.#reasons },
      tokens: this.#tokens,
      answers: this.#answers,
    };
  }

  /** One example at a time: only the first is told of. What cannot be read at all is found before the rest. */
  #refuse(message: string, isUnreadable: boolean): void {
    if (this.#refusal && (this.#refusal.isUnreadable || !isUnreadable)) return;
    this.#refusal = { message, isUnreadable };
  }

  #skip(reason: string): void {
    this.#skipped++;
    const known = this.#reasons.get(reason) ?? { count: 0, lines: [] };
    known.count++;
    if (known.lines.length < maxLines) known.lines.push(this.#line);
    this.#reasons.set(reason, known);
  }

  #train(example: Example): void {
    const tokens = countExampleTokens(example, inspectImages(example), this.#context.profile);
    this.#tokens += Math.min(
      tokens.text + tokens.images.max,
      this.#context.limits.maxExampleTokens,
    );
    const answer = example.messages.at(-1)?.content?.asString();
    if (
      answer !== undefined &&
      answer.length <= longestAnswer &&
      this.#answers.length < maxAnswers
    ) {
      this.#answers.push(answer);
    }
  }
}

function isRefused(rule: string): boolean {
  return !skippingRules.includes(rule) && !toleratedRules.includes(rule);
}

function nameSkip(errors: readonly Finding[]): string | undefined {
  const rule = errors.find((each) => skippingRules.includes(each.rule))?.rule;
  return rule === undefined ? undefined : (skipReasons[rule] ?? 'invalid image format');
}

/** Bytes in which the first record is looked for when a file arrives. */
const firstRecordBytes = 16 * 1024 ** 2;

/** The one thing that OpenAI says at once, before it keeps the file; undefined where the first line is an object. */
export async function refuseFirstLine(chunks: AsyncIterable<Buffer>): Promise<string | undefined> {
  const reader = new LineReader();
  let read = 0;
  for await (const chunk of chunks) {
    for (const { bytes } of reader.read(chunk)) return judgeFirstLine(bytes);
    read += chunk.length;
    if (read > firstRecordBytes) return undefined;
  }
  for (const { bytes } of reader.end()) return judgeFirstLine(bytes);
  return undefined;
}

function judgeFirstLine(bytes: Buffer | undefined): string | undefined {
  const text = bytes?.toString('utf8') ?? '';
  if (readJsonBytes(Buffer.from(text)).root?.kind === 'object') return undefined;
  const hint = JSON.stringify(text.slice(0, 4)).slice(1, -1).replaceAll('\\"', '"');
  return `Expected file to have JSONL format, where every line is a JSON dictionary. Line 1 is not a dictionary (HINT: line starts with: "${hint}...").`;
}
