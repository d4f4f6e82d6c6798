import { decodeDataUri } from '../../core/image/dataUri.ts';
import { acceptedFormatOf } from '../../core/image/imageFacts.ts';
import { readEmbeddedImage } from '../../core/image/inspectImage.ts';
import { learntKey, type LearntImage } from '../../core/image/learntImages.ts';
import { countOf } from '../../core/finding/words.ts';
import { ImagingError } from '../../imaging/imagingError.ts';
import { ImagingPool } from '../../imaging/imagingPool.ts';
import { imagingScript } from '../../imaging/imagingScript.ts';
import { complain } from '../complain.ts';
import type { Io } from '../io.ts';
import type { Progress } from '../progress.ts';
import { chunkLength, withFile, type Unreadable } from '../readFile.ts';
import { AddressReader } from './addressReader.ts';
import type { GatheredFile, Gatherer } from './gather.ts';

/** Images that are named of those that were not decoded. */
const maxNamed = 3;

/** Decodes every image whose bytes stand in the file, as many at a time as there are cores. */
export function decodingGatherer(io: Io, progress: Progress): Gatherer {
  return async (file) => {
    const pool = new ImagingPool({ script: imagingScript });
    const stopListening = io.onInterrupt(() => {
      pool.dispose();
      return 'end';
    });
    try {
      const run = new DecodingRun(file, pool, progress);
      const read = await run.read();
      if (read !== undefined) return read;
      run.tell(io);
      return run.learnt;
    } finally {
      progress.erase();
      stopListening();
      pool.dispose();
    }
  };
}

/** One reading of a file. */
class DecodingRun {
  readonly learnt = new Map<string, LearntImage>();
  readonly #file: GatheredFile;
  readonly #pool: ImagingPool;
  readonly #progress: Progress;
  /** Of what was decoded already: the same picture may stand in many examples. */
  readonly #seen = new Set<string>();
  readonly #refusals: string[] = [];
  #refused = 0;

  constructor(file: GatheredFile, pool: ImagingPool, progress: Progress) {
    this.#file = file;
    this.#pool = pool;
    this.#progress = progress;
  }

  /** Holds the images of one chunk of the file, or of one record that is longer. */
  async read(): Promise<Unreadable | undefined> {
    const { name, path } = this.#file;
    const addresses: string[] = [];
    const isRecord = path.toLowerCase().endsWith('.json');
    const reader = new AddressReader({ isRecord }, (address) => addresses.push(address));
    return withFile(path, new Uint8Array(chunkLength), async ({ chunks, size }) => {
      let bytes = 0;
      for await (const chunk of chunks) {
        reader.read(chunk);
        await this.#decodeAll(addresses.splice(0));
        bytes += chunk.length;
        this.#progress.show({ name, bytes, size, records: 0 });
      }
      reader.finish();
      await this.#decodeAll(addresses.splice(0));
      return undefined;
    });
  }

  /** Says of which images nobody knows whether they are sound. */
  tell(io: Io): void {
    if (this.#refused === 0) return;
    const reasons = [...new Set(this.#refusals)].join('; ');
    complain(io, `${this.#file.name}: ${countOf(this.#refused, 'image')} not decoded: ${reasons}`);
  }

  async #decodeAll(addresses: readonly string[]): Promise<void> {
    await Promise.all(addresses.map((address) => this.#decode(address)));
  }

  async #decode(address: string): Promise<void> {
    const embedded = readEmbeddedImage(address);
    // Of another format a rule has said enough.
    if (!embedded || !acceptedFormatOf(embedded.facts)) return;
    const key = learntKey(address);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    try {
      const decodeProblem = await this.#pool.use((process) =>
        process.decode(decodeDataUri(address, embedded.uri)),
      );
      if (decodeProblem !== undefined) this.learnt.set(key, { decodeProblem });
    } catch (error) {
      if (!(error instanceof ImagingError)) throw error;
      this.#refused++;
      if (this.#refusals.length < maxNamed) this.#refusals.push(error.message);
    }
  }
}
