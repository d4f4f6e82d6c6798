import { imagesOf, readExample } from '../record/example.ts';
import { isBlank } from '../record/isBlank.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { readJson } from '../record/readJson.ts';
import { decodeLine } from '../text/decodeLine.ts';
import { LineReader, type ByteLine } from '../text/lineReader.ts';
import { applyEdits, replace } from './jsonEdits.ts';

/** An image of a file, with where it stands. */
export interface FileImage {
  /** A data URI or another address, escapes resolved. */
  readonly address: string;
  /** From 0. */
  readonly line: number;
  /** From 1, blank lines apart. */
  readonly record: number;
  /** From 1, in its record. */
  readonly image: number;
}

/** What is to stand in place of the addresses of some images, in their order; undefined where one stays. */
export type ReplaceAddresses = (
  images: readonly FileImage[],
) => Promise<readonly (string | undefined)[]>;

/** A line with its line end, and the addresses in it. */
interface ReadLine {
  readonly bytes: Buffer;
  readonly text: string;
  readonly eol: string;
  readonly urls: readonly JsonValue[];
}

const byteOrderMark = Buffer.from('\uFEFF');

/**
 * Replaces addresses of images in a file, given as bytes in chunks of any size, and gives its new bytes; everything else keeps its
 * own. A record that is not JSON has no images. Memory is bounded by the lines that end in one chunk.
 *
 * Call `read` with each chunk in turn, then `finish` once; write what comes back before asking for more of it.
 */
export class AddressRewriter {
  readonly #replace: ReplaceAddresses;
  readonly #lines = new LineReader();
  /** Of a file that is one record, formatted over many lines, which is held as a whole. */
  readonly #chunks: Buffer[] | undefined;
  #line = 0;
  #records = 0;
  #isStarted = false;
  #tooLong: number | undefined;

  constructor({ isRecord }: { readonly isRecord: boolean }, replaceAll: ReplaceAddresses) {
    this.#chunks = isRecord ? [] : undefined;
    this.#replace = replaceAll;
  }

  /** The line, from 0, that is longer than any text, and cannot be written again: reading it was in vain. */
  get tooLongLine(): number | undefined {
    return this.#tooLong;
  }

  async *read(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
    if (this.#chunks) this.#chunks.push(Buffer.from(chunk));
    else yield* this.#rewriteLines(this.#lines.read(chunk));
  }

  async *finish(): AsyncGenerator<Uint8Array> {
    if (!this.#chunks) {
      yield* this.#rewriteLines(this.#lines.end());
      return;
    }
    const bytes = Buffer.concat(this.#chunks);
    const mark = bytes.indexOf(byteOrderMark) === 0 ? byteOrderMark.length : 0;
    yield bytes.subarray(0, mark);
    const images: FileImage[] = [];
    yield* this.#rewrite([this.#read(bytes.subarray(mark), '', images)], images);
  }

  async *#rewriteLines(lines: Iterable<ByteLine>): AsyncGenerator<Uint8Array> {
    const images: FileImage[] = [];
    const found: ReadLine[] = [];
    for (const { bytes, eol } of lines) {
      if (bytes) found.push(this.#read(bytes, eol, images));
      else this.#tooLong ??= this.#line;
      this.#line++;
    }
    if (found.length === 0) return;
    // The first line may be as long as many chunks.
    if (!this.#isStarted && this.#lines.hasBom) yield byteOrderMark;
    this.#isStarted = true;
    yield* this.#rewrite(found, images);
  }

  async *#rewrite(
    lines: readonly ReadLine[],
    images: readonly FileImage[],
  ): AsyncGenerator<Uint8Array> {
    const replaced = images.length > 0 ? await this.#replace(images) : [];
    let at = 0;
    for (const { bytes, text, eol, urls } of lines) {
      const edits = urls.flatMap((url) => {
        const address = replaced[at++];
        return address === undefined ? [] : [replace(url, JSON.stringify(address))];
      });
      yield edits.length === 0 ? bytes : Buffer.from(applyEdits(text, edits) + eol);
    }
  }

  /** Adds the images of the line to `images`. */
  #read(bytes: Buffer, eol: string, images: FileImage[]): ReadLine {
    // The reader uses its bytes again.
    const whole = Buffer.concat([bytes, Buffer.from(eol)]);
    if (isBlank(bytes)) return { bytes: whole, text: '', eol, urls: [] };
    this.#records++;
    const { text, invalid } = decodeLine(bytes);
    const tree = invalid ? undefined : readJson(text);
    const example = tree && !tree.problem ? readExample(tree) : undefined;
    const urls = example ? imagesOf(example).map(({ image }) => image.url) : [];
    const place = { line: this.#line, record: this.#records };
    for (const [index, url] of urls.entries()) {
      images.push({ ...place, address: url.asString() ?? '', image: index + 1 });
    }
    return { bytes: whole, text, eol, urls };
  }
}
