import { imagesOf, readExample } from '../record/example.ts';
import { isBlank } from '../record/isBlank.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { readJson } from '../record/readJson.ts';
import { decodeLine } from '../text/decodeLine.ts';
import { LineRewriter, type WholeLine } from '../text/lineRewriter.ts';
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

/** A line, and the addresses in it. */
interface ReadLine extends WholeLine {
  readonly text: string;
  readonly urls: readonly JsonValue[];
}

/**
 * Replaces addresses of images in a file; everything else keeps its bytes. A record that is not JSON has no images. Used as the
 * `LineRewriter` that it is.
 */
export class AddressRewriter extends LineRewriter {
  readonly #replace: ReplaceAddresses;
  #records = 0;

  constructor(options: { readonly isRecord: boolean }, replaceAll: ReplaceAddresses) {
    super(options, (lines) => this.#rewrite(lines));
    this.#replace = replaceAll;
  }

  async *#rewrite(lines: readonly WholeLine[]): AsyncGenerator<Uint8Array> {
    const images: FileImage[] = [];
    const read = lines.map((line) => this.#read(line, images));
    const replaced = images.length > 0 ? await this.#replace(images) : [];
    let at = 0;
    for (const { whole, text, eol, urls } of read) {
      const edits = urls.flatMap((url) => {
        const address = replaced[at++];
        return address === undefined ? [] : [replace(url, JSON.stringify(address))];
      });
      yield edits.length === 0 ? whole : Buffer.from(applyEdits(text, edits) + eol);
    }
  }

  /** Adds the images of the line to `images`. */
  #read(line: WholeLine, images: FileImage[]): ReadLine {
    if (isBlank(line.bytes)) return { ...line, text: '', urls: [] };
    this.#records++;
    const { text, invalid } = decodeLine(line.bytes);
    const tree = invalid ? undefined : readJson(text);
    const example = tree && !tree.problem ? readExample(tree) : undefined;
    const urls = example ? imagesOf(example).map(({ image }) => image.url) : [];
    const place = { line: line.line, record: this.#records };
    for (const [index, url] of urls.entries()) {
      images.push({ ...place, address: url.asString() ?? '', image: index + 1 });
    }
    return { ...line, text, urls };
  }
}
