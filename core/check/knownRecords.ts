import { isUtf8 } from 'node:buffer';
import { comparedStrings, type ComparedString } from '../dataset/comparedStrings.ts';
import { longImage, sampleLength, sampleOffset, samples } from '../dataset/fingerprint.ts';
import { QuickKeys } from '../dataset/quickKeys.ts';
import type { RecordCounts } from '../dataset/totals.ts';
import { lineSeparators } from '../fixes/separatorFixes.ts';
import { identifyImage } from '../image/identifyImage.ts';
import { PlainAddresses } from '../image/plainAddresses.ts';
import { readPlainDataUri } from '../image/plainDataUri.ts';
import { imagesOf, readExample, type Example, type PlacedImage } from '../record/example.ts';
import { readJson } from '../record/readJson.ts';
import { PlainString } from '../record/plainString.ts';
import { RecordTemplates, type Template } from '../record/recordTemplates.ts';
import { sureCharacters } from '../rules/example-too-long.ts';
import type { ImageView, RecordView } from '../rules/rule.ts';
import { isSilentOn } from './checkRecord.ts';
import type { CheckContext } from './context.ts';

/** What is known of all records that follow one template: that they are sound, apart from their images. */
export interface KnownRecord {
  readonly counts: RecordCounts;
  readonly strings: readonly Omit<ComparedString, 'value'>[];
  /** A record that follows the template and is held for good: a few hundred characters. */
  readonly view: RecordView;
  readonly images: readonly PlacedImage[];
  /** Whether nothing is to be said of them either where they are on the web, at an address without fault. */
  readonly mayBeOnWeb: boolean;
  /** Bytes of a record, but for its images, up to which no rule looks at its length. */
  readonly maxBytes: number;
}

const separators = lineSeparators.map((separator) => Buffer.from(separator));

/**
 * Tells of most records of a file that no rule has anything to say of them, without reading them as JSON: they follow the
 * template of one that was checked, and differ from it only in what no rule looks at. That is the text of messages, but
 * for its encoding and its length (text-encoding, example-too-long); images are looked at one by one.
 */
export class KnownRecords {
  /** Of the record that was recognized last. */
  readonly keys = new QuickKeys();
  readonly #context: CheckContext;
  readonly #string = new PlainString();
  readonly #addresses = new PlainAddresses();
  readonly #templates = new RecordTemplates<KnownRecord>(this.#string);

  constructor(context: CheckContext) {
    this.#context = context;
  }

  /** What is known of a record, given as UTF-8; undefined where it has to be read. */
  recognize(record: Buffer): KnownRecord | undefined {
    const known = this.#templates.match(record);
    if (!known || (!this.#string.isAscii && !isPlainText(record))) return undefined;
    return this.#lookAtStrings(record, known) ? known : undefined;
  }

  /** Takes note of a record of which no rule had anything to say. */
  learn(example: Example, counts: RecordCounts): void {
    const strings = comparedStrings(example);
    const { literals, holes } = templateOf(example, strings);
    const text = literals.reduce((before, literal, index) => {
      return `${before}${holes[index - 1] === 'address' ? onWeb.address : 'a'}${literal}`;
    });
    const tree = readJson(text);
    const standIn = readExample(tree);
    if (!standIn) return;
    const images = imagesOf(standIn);
    const { profile, limits } = this.#context;
    const maxBytes = sureCharacters(images.length, profile, limits.maxExampleTokens);
    const view = { tree, example: standIn };
    const mayBeOnWeb = images.every((image) => this.#isSilentOn(view, image, onWeb));
    const known = {
      counts,
      strings: strings.map(({ kind, part }) => ({ kind, part })),
      view,
      images,
      mayBeOnWeb,
      maxBytes,
    };
    this.#templates.learn({ literals, holes }, known);
  }

  /** Whether its images are sound and its texts are short. Gathers the keys meanwhile. */
  #lookAtStrings(record: Buffer, known: KnownRecord): boolean {
    const { starts, ends, hashes } = this.#templates;
    const { strings } = known;
    let bytes = record.length;
    let image = 0;
    this.keys.reset();
    for (let index = 0; index < strings.length; index++) {
      const string = strings[index];
      const [start, end] = [starts[index] ?? 0, ends[index] ?? 0];
      if (string?.kind === 'address') {
        bytes -= end - start;
        if (!this.#isSoundImage(record, known, image++, index)) return false;
      }
      if (string) this.keys.add(string, hashes, 2 * index);
    }
    this.keys.end();
    return bytes <= known.maxBytes;
  }

  #isSoundImage(record: Buffer, known: KnownRecord, image: number, string: number): boolean {
    const { view, starts, ends } = this.#templates;
    const [start, end] = [starts[string] ?? 0, ends[string] ?? 0];
    if (known.mayBeOnWeb && this.#addresses.has(view, start, end)) return true;
    const placed = known.images[image];
    if (!placed) return false;
    const from = start - record.byteOffset;
    const to = end - record.byteOffset;
    const embedded = readPlainDataUri(record, from, to);
    if (embedded) {
      this.#hashImage(start, end, string);
      const { address, uri, source } = embedded;
      const facts = identifyImage(source);
      return this.#isSilentOn(known.view, placed, { address, dataUri: uri, facts });
    }
    const address = record.toString('latin1', from, to);
    if (!plainText.test(address)) return false;
    this.#addresses.learn(address);
    return this.#isSilentOn(known.view, placed, { address, dataUri: undefined, facts: undefined });
  }

  #isSilentOn(view: RecordView, placed: PlacedImage, read: ReadImage): boolean {
    return isSilentOn({ ...view, ...placed, ...read, learnt: undefined }, this.#context);
  }

  /** As `KeyMaker` does: of all of an image, or of samples. */
  #hashImage(start: number, end: number, string: number): void {
    const { view, hashes } = this.#templates;
    const { hash } = this.#string;
    const length = end - start + 2;
    hash.reset();
    if (length > longImage) {
      for (let sample = 0; sample < samples; sample++) {
        const at = start - 1 + sampleOffset(length, sample);
        hash.addBytes(view, at, at + sampleLength);
      }
      hash.addNumber(length);
    } else {
      hash.addBytes(view, start, end);
      hash.addNumber(end - start);
    }
    hash.settleInto(hashes, 2 * string);
  }
}

type ReadImage = Pick<ImageView, 'address' | 'dataUri' | 'facts'>;

const onWeb: ReadImage = { address: 'https://example.com/', dataUri: undefined, facts: undefined };

/** ASCII without an escape. Data URIs are none: what is wrong with one is told by looking at all of it. */
const plainText = /^(?!data:)[ -[\]-~]+$/i;

function isPlainText(record: Buffer): boolean {
  return isUtf8(record) && !separators.some((separator) => record.includes(separator));
}

function templateOf({ root }: Example, strings: readonly ComparedString[]): Template {
  const { text } = root.tree;
  let from = 0;
  const literals = strings.map(({ value }) => {
    const { start, end } = value.span;
    const literal = text.slice(from, start + 1);
    from = end - 1;
    return literal;
  });
  return { literals: [...literals, text.slice(from)], holes: strings.map(({ kind }) => kind) };
}
