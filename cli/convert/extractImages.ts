import { mkdir, rm, rmdir, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { LineFix } from '../../core/check/fileRepairer.ts';
import { AddressRewriter, type FileImage } from '../../core/fixes/addressRewriter.ts';
import { decodeDataUri } from '../../core/image/dataUri.ts';
import { formatBytes } from '../../core/image/describeImage.ts';
import { noPicture } from '../../core/image/embedBytes.ts';
import { extractName, freshName } from '../../core/image/extractName.ts';
import { imageFormatOf, type ImageFormat } from '../../core/image/imageFacts.ts';
import {
  addressOf,
  mapName,
  writeImageMap,
  type OriginalPlace,
} from '../../core/image/imageMap.ts';
import { readEmbeddedImage } from '../../core/image/inspectImage.ts';
import { learntKey } from '../../core/image/learntImages.ts';
import { ConversionReport } from './conversionReport.ts';
import type { FixArguments } from '../fixArguments.ts';
import type { FixWork } from '../fixWork.ts';
import { readAddressesOf } from '../gather/addressReader.ts';
import { UsageError, type Io } from '../io.ts';
import { isSystemError, describeSystemError } from '../systemError.ts';

/** Writes embedded images into files of a folder, and puts addresses in their place. */
export class ExtractImages implements FixWork {
  readonly #args: FixArguments;
  readonly #folder: string;
  readonly #folderName: string;
  readonly #base: string;
  readonly #report: ConversionReport;
  /** By what an image shows: one that stands in many records is one file. */
  readonly #names = new Map<string, string>();
  readonly #places = new Map<string, OriginalPlace[]>();
  #written: string[] = [];
  /** The outermost folder that was made for the images, if any was. */
  #madeFolder: string | undefined;

  constructor(
    args: FixArguments,
    { folder, base }: { readonly folder: string; readonly base: string },
    io: Io,
  ) {
    this.#args = args;
    this.#folder = resolve(io.cwd, folder);
    this.#folderName = folder;
    this.#base = base;
    this.#report = new ConversionReport(args.input, 'extracted', io);
  }

  async announce(file: FileHandle): Promise<readonly string[]> {
    if (await exists(join(this.#folder, mapName))) {
      throw new UsageError(
        `${this.#folderName} has ${mapName} of images that were extracted before; name another folder`,
      );
    }
    let [count, bytes] = [0, 0];
    await readAddressesOf(file, { isRecord: this.#isRecord }, (address) => {
      const embedded = readEmbeddedImage(address);
      if (!embedded) return;
      count++;
      bytes += embedded.facts.byteLength;
    });
    return this.#report.announce(count, `to ${this.#folderName}, ${formatBytes(bytes)}`);
  }

  start(onFix: (fix: LineFix) => void): AddressRewriter {
    return new AddressRewriter({ isRecord: this.#isRecord }, async (images) => {
      const addresses: (string | undefined)[] = [];
      for (const image of images) addresses.push(await this.#extract(image, onFix));
      return addresses;
    });
  }

  async complete(): Promise<void> {
    if (this.#places.size === 0) return;
    const json = writeImageMap(
      { base: this.#base, images: this.#places },
      basename(this.#args.input),
    );
    await this.#write(mapName, Buffer.from(json));
  }

  keep(): void {
    this.#written = [];
    this.#madeFolder = undefined;
  }

  describe(): Iterable<string> {
    return this.#args.isDryRun ? [] : this.#report.describe();
  }

  complain(): void {
    this.#report.complain();
  }

  async dispose(): Promise<void> {
    for (const path of this.#written.splice(0)) await rm(path, { force: true });
    if (this.#madeFolder !== undefined) await removeEmpty(this.#folder, this.#madeFolder);
  }

  get #isRecord(): boolean {
    return this.#args.input.toLowerCase().endsWith('.json');
  }

  async #extract(image: FileImage, onFix: (fix: LineFix) => void): Promise<string | undefined> {
    const embedded = readEmbeddedImage(image.address);
    if (!embedded) return undefined;
    const { facts, uri } = embedded;
    const format = imageFormatOf(facts);
    if (format === undefined) {
      this.#report.leave(image, noPicture);
      return undefined;
    }
    const key = learntKey(image.address);
    const name =
      this.#names.get(key) ??
      (await this.#writeAnew(image, format, decodeDataUri(image.address, uri)));
    this.#names.set(key, name);
    const { line, record } = image;
    const places = this.#places.get(name) ?? [];
    this.#places.set(name, places);
    places.push({ record, image: image.image });
    this.#report.add(facts.byteLength);
    onFix({ line, title: `image ${image.image} → ${name}`, rule: 'extracted' });
    return addressOf(this.#base, name);
  }

  /** Gives the name of the file. In a dry run none is written. */
  async #writeAnew(
    { record, image }: FileImage,
    format: ImageFormat,
    bytes: Uint8Array,
  ): Promise<string> {
    const ending = format === 'jpeg' ? 'jpg' : format;
    const wanted = extractName(basename(this.#args.input), record, image, ending);
    const name = await freshName(wanted, (each) => exists(join(this.#folder, each)));
    if (!this.#args.isDryRun) await this.#write(name, bytes);
    return name;
  }

  async #write(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.#folder, name);
    try {
      const made = await mkdir(this.#folder, { recursive: true });
      this.#madeFolder ??= made;
      this.#written.push(path);
      await writeFile(path, bytes, { flag: 'wx' });
    } catch (error) {
      if (!isSystemError(error)) throw error;
      // What somebody else has put there meanwhile is not ours to take away.
      if (error.code === 'EEXIST') this.#written.pop();
      throw new UsageError(`${join(this.#folderName, name)}: ${describeSystemError(error)}`);
    }
  }
}

/** Removes folders from the innermost to the outermost, as far as nobody has put anything into them. */
async function removeEmpty(innermost: string, outermost: string): Promise<void> {
  try {
    for (let folder = innermost; ; folder = dirname(folder)) {
      await rmdir(folder);
      if (folder === outermost || folder === dirname(folder)) return;
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    // Whatever cannot be looked at is not written over either.
    return !(isSystemError(error) && ['ENOENT', 'ENOTDIR'].includes(error.code));
  }
}
