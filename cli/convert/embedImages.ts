import type { FileHandle } from 'node:fs/promises';
import type { LineFix } from '../../core/check/fileRepairer.ts';
import { AddressRewriter, type FileImage } from '../../core/fixes/addressRewriter.ts';
import type { Embedding } from '../../core/image/embedBytes.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { ownCopy } from '../../core/text/ownCopy.ts';
import type { FixArguments } from '../fixArguments.ts';
import type { FixWork } from '../fixWork.ts';
import { readAddressesOf } from '../gather/addressReader.ts';
import type { Io } from '../io.ts';
import { ConversionReport } from './conversionReport.ts';

/** Where the bytes of images come from. */
export interface ImageStore {
  /** Of the addresses of a file, each as often as it stands there: how many are meant, and from where, to end a sentence. */
  survey(addresses: readonly string[]): Promise<{ readonly count: number; readonly where: string }>;
  /** What is to stand in place of those that are meant. */
  load(addresses: ReadonlySet<string>): Promise<ReadonlyMap<string, Embedding>>;
  /** Ends what is on its way. */
  dispose(): void;
}

/** Puts images into their records in place of their addresses. */
export class EmbedImages implements FixWork {
  readonly #args: FixArguments;
  readonly #store: ImageStore;
  readonly #report: ConversionReport;
  #wantRepair = 0;

  constructor(args: FixArguments, store: ImageStore, io: Io) {
    this.#args = args;
    this.#store = store;
    this.#report = new ConversionReport(args.input, 'embedded', io);
  }

  async announce(file: FileHandle): Promise<readonly string[]> {
    const addresses: string[] = [];
    await readAddressesOf(file, { isRecord: this.#isRecord }, (address) => {
      if (/^https?:/i.test(address)) addresses.push(ownCopy(address));
    });
    const { count, where } = await this.#store.survey(addresses);
    return this.#report.announce(count, where);
  }

  start(onFix: (fix: LineFix) => void): AddressRewriter {
    return new AddressRewriter({ isRecord: this.#isRecord }, async (images) => {
      const embeddings = await this.#store.load(new Set(images.map(({ address }) => address)));
      return images.map((image) => {
        const embedding = embeddings.get(image.address);
        return embedding && this.#embed(image, embedding, onFix);
      });
    });
  }

  *describe(): Generator<string> {
    if (this.#args.isDryRun) return;
    yield* this.#report.describe();
    if (this.#wantRepair === 0) return;
    const { input, output = input } = this.#args;
    yield `${formatCount(this.#wantRepair)} of them are not as the service takes them: vision-finetune fix ${output} --images\n`;
  }

  complain(): void {
    this.#report.complain();
  }

  dispose(): void {
    this.#store.dispose();
  }

  get #isRecord(): boolean {
    return this.#args.input.toLowerCase().endsWith('.json');
  }

  #embed(
    image: FileImage,
    embedding: Embedding,
    onFix: (fix: LineFix) => void,
  ): string | undefined {
    if (embedding.kind === 'left') {
      this.#report.leave(image, embedding.reason);
      return undefined;
    }
    this.#report.add(embedding.byteLength);
    if (embedding.wantsRepair) this.#wantRepair++;
    onFix({ line: image.line, title: `image ${image.image} → data URI`, rule: 'embedded' });
    return embedding.uri;
  }
}
