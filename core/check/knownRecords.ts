import { isAscii, isUtf8 } from 'node:buffer';
import { comparedStrings, type ComparedString } from '../dataset/comparedStrings.ts';
import { longImage, sampleLength, sampleOffset, samples } from '../dataset/fingerprint.ts';
import { QuickKeys } from '../dataset/quickKeys.ts';
import type { RecordCounts } from '../dataset/totals.ts';
import { lineSeparators } from '../fixes/separatorFixes.ts';
import { identifyImage } from '../image/identifyImage.ts';
import { PlainAddresses } from '../image/plainAddresses.ts';
import { readPlainDataUri } from '../image/plainDataUri.ts';
import {
  imagesOf,
  placeOfText,
  readExample,
  type Example,
  type PlacedImage,
} from '../record/example.ts';
import { readJson } from '../record/readJson.ts';
import { PlainString } from '../record/plainString.ts';
import { RecordTemplates, type Template } from '../record/recordTemplates.ts';
import { sureCharacters } from '../rules/example-too-long.ts';
import type { ImageView, RecordView } from '../rules/rule.ts';
import type { Span } from '../text/span.ts';
import { isError, reportOnImage, reportOnRecord, type RatedReport } from './checkRecord.ts';
import type { CheckContext } from './context.ts';
import { areAlike, isKnowable, isOfForm, maxReports } from './reportsOfForm.ts';

/** What is known of all records that follow one template, apart from their images. */
export interface KnownRecord {
  readonly counts: RecordCounts;
  /** What is said of each, placed in `view`. */
  readonly reports: readonly RatedReport[];
  /** Whether they are compared with others: no error is said of them. */
  readonly isCompared: boolean;
  readonly strings: readonly Omit<ComparedString, 'value'>[];
  /** A record that follows the template and is held for good. */
  readonly view: RecordView;
  /** The insides of its strings. */
  readonly holes: readonly Span[];
  readonly images: readonly KnownImage[];
  /** Bytes of a record, but for its images, up to which no rule looks at its length. */
  readonly maxBytes: number;
}

interface KnownImage {
  readonly placed: PlacedImage;
  /** What is said of it where it is on the web, at an address without fault. */
  readonly onWeb: readonly RatedReport[];
}

/** A record that was read, and what was said of it. */
export interface ReadRecord {
  readonly counts: RecordCounts;
  readonly reports: readonly RatedReport[];
  readonly isCompared: boolean;
}

/** Records that are learnt from, which costs about a check: where no two follow one template, nothing is gained by more. */
const maxLearnt = 1000;

/** Characters that one record may have besides its texts and images, and all that are learnt from: they are held for good, three times over. */
const longestForm = 2 ** 16;
const longestForms = 2 ** 21;

/** Bytes of a record, if it is not ASCII, up to which places in it are counted out: of a longer one that takes as long as reading it. */
const longestDecoded = 2 ** 16;

const separators = lineSeparators.map((separator) => Buffer.from(separator));

/**
 * Knows what there is to say of most records of a file without reading them as JSON: they follow the template of one that
 * was checked, and differ from it only in what no rule looks at: what was said of its form is said of them too. That is the text of messages, but for
 * its encoding and its length (text-encoding, example-too-long). Images are looked at one by one.
 */
export class KnownRecords {
  /** Of the record that was recognized last. */
  readonly keys = new QuickKeys();
  /** What is said of it and of its images, each with its place in the record. */
  readonly reports: RatedReport[] = [];
  readonly #context: CheckContext;
  readonly #string = new PlainString();
  readonly #addresses = new PlainAddresses();
  readonly #templates = new RecordTemplates<KnownRecord>(this.#string);
  #learnt = 0;
  #learntLength = 0;
  /** Of the record at hand, from when it is first asked: bytes of it are UTF-16 code units, too. It may hold megabytes of images. */
  #isAscii: boolean | undefined;

  constructor(context: CheckContext) {
    this.#context = context;
  }

  /** What is known of a record, given as UTF-8; undefined where it has to be read. */
  recognize(record: Buffer): KnownRecord | undefined {
    const known = this.#templates.match(record);
    if (!known || (!this.#string.isAscii && !isPlainText(record))) return undefined;
    this.reports.length = 0;
    this.#isAscii = undefined;
    if (!this.#add(known.reports, record, known)) return undefined;
    return this.#lookAtStrings(record, known) ? known : undefined;
  }

  /** Takes note of a record, if what was said of it can be said of others of its form. */
  learn(example: Example, { counts, reports, isCompared }: ReadRecord): void {
    if (this.#learnt === maxLearnt || !reports.every(isKnowable)) return;
    this.#learnt++;
    const strings = comparedStrings(example);
    const { literals, holes } = templateOf(example, strings);
    const text = literals.reduce((before, literal, index) => {
      return `${before}${holes[index - 1] === 'address' ? onWeb.address : 'a'}${literal}`;
    });
    if (text.length > longestForm || this.#learntLength + text.length > longestForms) return;
    this.#learntLength += text.length;
    const tree = readJson(text);
    const standIn = readExample(tree);
    if (!standIn) return;
    const view = { tree, example: standIn };
    const ofForm = reports.filter(isOfForm);
    const said = ofForm.length > 0 ? reportOnRecord(view, this.#context).map(withFixes) : [];
    if (!areAlike(said, ofForm)) return;
    const images = imagesOf(standIn).map((placed) => ({
      placed,
      onWeb: this.#reportOn(view, placed, onWeb).map(withFixes),
    }));
    const { profile, limits } = this.#context;
    this.#templates.learn(
      { literals, holes },
      {
        counts,
        reports: said,
        isCompared,
        strings: strings.map(({ kind, part }) => ({ kind, part })),
        view,
        holes: comparedStrings(standIn).map(({ value }) => insideOf(value.span)),
        images,
        maxBytes: sureCharacters(images.length, profile, limits.maxExampleTokens),
      },
    );
  }

  /** Whether its texts are short, and what there is to say of its images is known. Gathers the keys meanwhile. */
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
        if (!this.#lookAtImage(record, known, image++, index)) return false;
      }
      if (string) this.keys.add(string, hashes, 2 * index);
    }
    this.keys.end();
    return bytes <= known.maxBytes;
  }

  #lookAtImage(record: Buffer, known: KnownRecord, image: number, string: number): boolean {
    const { view, starts, ends } = this.#templates;
    const [start, end] = [starts[string] ?? 0, ends[string] ?? 0];
    const found = known.images[image];
    if (!found) return false;
    if (this.#addresses.has(view, start, end)) return this.#addOfImage(found.onWeb, record, known);
    const [from, to] = [start - record.byteOffset, end - record.byteOffset];
    const embedded = readPlainDataUri(record, from, to);
    if (embedded) {
      this.#hashImage(start, end, string);
      const { address, uri, source } = embedded;
      const read = { address, dataUri: uri, facts: identifyImage(source) };
      return this.#addOfImage(this.#reportOn(known.view, found.placed, read), record, known);
    }
    const address = record.toString('latin1', from, to);
    if (!plainText.test(address)) return false;
    this.#addresses.learn(address);
    this.#hashImage(start, end, string);
    const said = this.#reportOn(known.view, found.placed, { ...onWeb, address });
    // What is wrong with the address has its place in that.
    return areAlike(said, found.onWeb) && this.#addOfImage(found.onWeb, record, known);
  }

  #reportOn(view: RecordView, placed: PlacedImage, read: ReadImage): readonly RatedReport[] {
    return reportOnImage({ ...view, ...placed, ...read, learnt: undefined }, this.#context);
  }

  /** With an error, a record counts for another one than those of its form. */
  #addOfImage(reports: readonly RatedReport[], record: Buffer, known: KnownRecord): boolean {
    return !reports.some(isError) && this.#add(reports, record, known);
  }

  /** Moves reports from the stand-in to the record. What has no place but by reading is not for here. */
  #add(reports: readonly RatedReport[], record: Buffer, known: KnownRecord): boolean {
    if (reports.length === 0) return true;
    if (this.reports.length + reports.length > maxReports) return false;
    this.#isAscii ??= isAscii(record);
    if (!this.#isAscii && record.length > longestDecoded) return false;
    for (const rated of reports) {
      const span = this.#place(rated.report.span, record, known);
      if (!span) return false;
      this.reports.push({ ...rated, report: { ...rated.report, span } });
    }
    return true;
  }

  /** Where a span of the stand-in is in the record: a whole string, or a piece of what both have in common. */
  #place(span: Span, record: Buffer, { holes }: KnownRecord): Span | undefined {
    const { starts, ends } = this.#templates;
    // Of the stand-in in UTF-16, of the record in bytes: behind the last hole before the span.
    let [from, at] = [0, 0];
    for (const [index, hole] of holes.entries()) {
      if (span.end <= hole.start) break;
      const start = (starts[index] ?? 0) - record.byteOffset;
      const end = (ends[index] ?? 0) - record.byteOffset;
      if (span.start < hole.end) {
        const isWhole = span.start === hole.start - 1 && span.end === hole.end + 1;
        if (!isWhole) return undefined;
        const before = this.#unitsIn(record, 0, start);
        return placeOfText({
          start: before - 1,
          end: before + this.#unitsIn(record, start, end) + 1,
        });
      }
      [from, at] = [hole.end, end];
    }
    const shift = this.#unitsIn(record, 0, at) - from;
    return { start: span.start + shift, end: span.end + shift };
  }

  /** How many UTF-16 code units bytes of the record take. */
  #unitsIn(record: Buffer, start: number, end: number): number {
    if (this.#isAscii) return end - start;
    const bytes = record.subarray(start, end);
    return isAscii(bytes) ? bytes.length : bytes.toString().length;
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

/** Makes the fixes once, not for each record: they are on the stand-in, and only counted. */
function withFixes(rated: RatedReport): RatedReport {
  const fixes = rated.report.fixes?.() ?? [];
  return { ...rated, report: { ...rated.report, fixes: () => fixes } };
}

/** Without its quotes. */
function insideOf({ start, end }: Span): Span {
  return { start: start + 1, end: end - 1 };
}

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
