import type { FileHandle } from 'node:fs/promises';
import { readJsonBytes } from '../../core/check/checkBytes.ts';
import { imagesOf, readExample } from '../../core/record/example.ts';
import { isBlank } from '../../core/record/isBlank.ts';
import { JsonScratch } from '../../core/record/readJson.ts';
import { markLength } from '../../core/text/byteOrderMark.ts';
import { LineReader, type ByteLine } from '../../core/text/lineReader.ts';
import { chunksOf } from '../chunksOf.ts';

/**
 * Tells the address of each image of a file, which is read in chunks of any size: data URIs and all. A record that is not JSON
 * is left out, as its images are in a check.
 */
export class AddressReader {
  readonly #tell: (address: string) => void;
  readonly #lines = new LineReader();
  readonly #scratch = new JsonScratch();
  /** Of a file that is one record. */
  readonly #chunks: Buffer[] | undefined;

  /** An address may be a piece of its record: whoever keeps it should keep a copy. */
  constructor({ isRecord }: { readonly isRecord: boolean }, tell: (address: string) => void) {
    this.#tell = tell;
    this.#chunks = isRecord ? [] : undefined;
  }

  read(chunk: Uint8Array): void {
    if (this.#chunks) this.#chunks.push(Buffer.from(chunk));
    else for (const line of this.#lines.read(chunk)) this.#readLine(line);
  }

  finish(): void {
    if (this.#chunks) {
      const bytes = Buffer.concat(this.#chunks);
      this.#readRecord(bytes.subarray(markLength(bytes)));
    } else for (const line of this.#lines.end()) this.#readLine(line);
  }

  #readLine({ bytes }: ByteLine): void {
    if (bytes && !isBlank(bytes)) this.#readRecord(bytes);
  }

  #readRecord(bytes: Uint8Array): void {
    const tree = readJsonBytes(bytes, this.#scratch);
    const example = tree.problem ? undefined : readExample(tree);
    if (!example) return;
    for (const { image } of imagesOf(example)) this.#tell(image.url.asString() ?? '');
  }
}

/** Tells the address of each image of a file, from its start. */
export async function readAddressesOf(
  file: FileHandle,
  options: { readonly isRecord: boolean },
  tell: (address: string) => void,
): Promise<void> {
  const reader = new AddressReader(options, tell);
  for await (const chunk of chunksOf(file)) reader.read(chunk);
  reader.finish();
}
