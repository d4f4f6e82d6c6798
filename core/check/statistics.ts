import type { Comparison } from '../dataset/compare.ts';
import type { ImageFacts } from '../image/imageFacts.ts';
import { chosenEpochs } from '../profile/epochs.ts';
import type { Sourced } from '../profile/profile.ts';
import type { Example, ImageReference } from '../record/example.ts';
import {
  countExampleTokens,
  inspectImages,
  type ExampleTokens,
  type InspectedImage,
} from '../tokens/exampleTokens.ts';
import type { TokenRange } from '../tokens/imageTokens.ts';
import type { CheckContext } from './context.ts';

/** The numbers of a file: data that can go over a wire. Tokens are an estimate; a range where auto or a size is open. */
export interface Statistics {
  readonly providerName: string;
  readonly model: string;
  readonly records: number;
  /** Records that are not JSON or have no messages: nothing else is counted of them. */
  readonly unreadable: number;
  readonly imageExamples: number;
  readonly images: number;
  /** Images by format: as their bytes say, `address` for one that is somewhere else and was not looked up, `unknown` for any other. */
  readonly formats: Readonly<Record<string, number>>;
  readonly details: Readonly<Record<'low' | 'high' | 'auto', number>>;
  /** Images by their longer side. */
  readonly sizes: Readonly<Record<SizeClass, number>>;
  readonly tokens: FileTokens;
  /** How often the job goes over the file, and who says so; null where nobody does. */
  readonly epochs: { readonly count: number; readonly from: 'user' | Sourced<unknown> } | null;
  /** Of training for all epochs, in US dollars; null where epochs or price are not known. */
  readonly cost: TokenRange | null;
  readonly price: Sourced<number> | null;
  /** What is paid for, for all epochs if they are known, else for one, and the most of it in a job; null where there is no limit. */
  readonly job: { readonly tokens: TokenRange; readonly limit: number } | null;
  /** What detail low for all images would save, for all epochs if they are known, else for one. */
  readonly savedAtLow: { readonly tokens: TokenRange; readonly dollars: TokenRange | null };
  /** At most five, the longest first. */
  readonly longest: readonly LongExample[];
  /** Examples that stand further up already. */
  readonly repeatedExamples: number;
  /** Images that several examples have. */
  readonly repeatedImages: number;
}

/** Of all examples, for one epoch. */
export interface FileTokens {
  /** Of texts and of the format around them. */
  readonly text: number;
  /** Of the answers that the model is trained on. */
  readonly trained: number;
  readonly images: TokenRange;
  readonly imagesAtLow: number;
  readonly imagesAtHigh: TokenRange;
  /** Texts and images, of each example no more than the model trains on: what is paid for. */
  readonly paid: TokenRange;
}

export interface LongExample {
  /** From 1. */
  readonly line: number;
  readonly tokens: TokenRange;
}

/** Bounds of the longer side, in pixels: a tile, two tiles, and what an image is scaled down to. */
const sizeBounds = [512, 1024, 2048] as const;

export type SizeClass = `${(typeof sizeBounds)[number]}` | 'larger' | 'unknown';

const listedExamples = 5;

/** Adds up the numbers of a file, example by example. Needs the same memory for any file. */
export class StatisticsCounter {
  readonly #context: CheckContext;
  #records = 0;
  #unreadable = 0;
  #imageExamples = 0;
  #images = 0;
  readonly #formats: Record<string, number> = {};
  readonly #details = { low: 0, high: 0, auto: 0 };
  readonly #sizes: Record<SizeClass, number> = { 512: 0, 1024: 0, 2048: 0, larger: 0, unknown: 0 };
  #text = 0;
  #trained = 0;
  #imageTokens: TokenRange = nothing;
  #imagesAtLow = 0;
  #imagesAtHigh: TokenRange = nothing;
  #paid: TokenRange = nothing;
  #paidAtLow = 0;
  #longest: LongExample[] = [];

  constructor(context: CheckContext) {
    this.#context = context;
  }

  get records(): number {
    return this.#records;
  }

  /** A record; undefined for one that is not JSON or has no messages. `line` counts from 0. */
  add(example: Example | undefined, line: number): void {
    this.#records++;
    if (!example) {
      this.#unreadable++;
      return;
    }
    const images = inspectImages(example, this.#context.learnt);
    if (images.length > 0) this.#imageExamples++;
    this.#images += images.length;
    for (const image of images) this.#addImage(image);
    this.#addTokens(countExampleTokens(example, images, this.#context.profile), line);
  }

  finish({ repeatedExamples, repeatedImages }: Comparison): Statistics {
    const { profile, limits } = this.#context;
    const limit = limits.maxTrainingTokens;
    const epochs = this.#epochs();
    const times = epochs?.count ?? 1;
    const price = profile.trainingPrice ?? null;
    const dollars = (tokens: TokenRange): TokenRange | null =>
      price && epochs ? mapRange(tokens, (each) => (each * price.value) / 1_000_000) : null;
    const trained = mapRange(this.#paid, (each) => each * times);
    const saved = mapRange(this.#paid, (each) => (each - this.#paidAtLow) * times);
    return {
      providerName: profile.providerName,
      model: profile.model,
      records: this.#records,
      unreadable: this.#unreadable,
      imageExamples: this.#imageExamples,
      images: this.#images,
      formats: this.#formats,
      details: this.#details,
      sizes: this.#sizes,
      tokens: {
        text: this.#text,
        trained: this.#trained,
        images: this.#imageTokens,
        imagesAtLow: this.#imagesAtLow,
        imagesAtHigh: this.#imagesAtHigh,
        paid: this.#paid,
      },
      epochs,
      cost: dollars(trained),
      price,
      job: Number.isFinite(limit) ? { tokens: trained, limit } : null,
      savedAtLow: { tokens: saved, dollars: dollars(saved) },
      longest: this.#longest,
      repeatedExamples: repeatedExamples.length,
      repeatedImages: repeatedImages.length,
    };
  }

  #addImage({ image, facts }: InspectedImage): void {
    const format = facts?.format ?? (isHeld(image) ? 'unknown' : 'address');
    this.#formats[format] = (this.#formats[format] ?? 0) + 1;
    const detail = image.detail?.asString();
    this.#details[detail === 'low' || detail === 'high' ? detail : 'auto']++;
    this.#sizes[sizeClassOf(facts)]++;
  }

  #addTokens(tokens: ExampleTokens, line: number): void {
    const { text, trained, images, imagesAtLow, imagesAtHigh } = tokens;
    const limit = this.#context.limits.maxExampleTokens;
    const total = { min: text + images.min, max: text + images.max };
    this.#text += text;
    this.#trained += trained;
    this.#imageTokens = add(this.#imageTokens, images);
    this.#imagesAtLow += imagesAtLow;
    this.#imagesAtHigh = add(this.#imagesAtHigh, imagesAtHigh);
    this.#paid = add(this.#paid, {
      min: Math.min(total.min, limit),
      max: Math.min(total.max, limit),
    });
    this.#paidAtLow += Math.min(text + imagesAtLow, limit);
    this.#noteLength({ line: line + 1, tokens: total });
  }

  #noteLength(example: LongExample): void {
    const shortest = this.#longest.at(-1);
    const isFull = this.#longest.length === listedExamples;
    if (isFull && shortest && example.tokens.max <= shortest.tokens.max) return;
    this.#longest = [...this.#longest, example]
      .sort((a, b) => b.tokens.max - a.tokens.max)
      .slice(0, listedExamples);
  }

  #epochs(): Statistics['epochs'] {
    const { profile, epochs } = this.#context;
    if (epochs !== undefined) return { count: epochs, from: 'user' };
    const count = chosenEpochs(profile, this.#records);
    return count !== undefined && profile.defaultEpochs
      ? { count, from: profile.defaultEpochs }
      : null;
  }
}

const nothing: TokenRange = { min: 0, max: 0 };

function add(a: TokenRange, b: TokenRange): TokenRange {
  return { min: a.min + b.min, max: a.max + b.max };
}

function mapRange({ min, max }: TokenRange, change: (tokens: number) => number): TokenRange {
  return { min: change(min), max: change(max) };
}

/** Whether the record holds the image itself, if perhaps as nobody can read it. */
function isHeld({ url }: ImageReference): boolean {
  const start = url.span.start + 1;
  return /^data:/i.test(url.tree.text.slice(start, start + 5));
}

function sizeClassOf(facts: ImageFacts | undefined): SizeClass {
  if (!facts?.width || !facts.height) return 'unknown';
  const longer = Math.max(facts.width, facts.height);
  const bound = sizeBounds.find((each) => longer <= each);
  return bound === undefined ? 'larger' : `${bound}`;
}
