import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './durableFile.ts';
import { writeReceipt, type Receipt } from './receipt.ts';

/** The receipts of this user, two files for each submission: one for people, one for programs. */
export class Receipts {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes both; what was there of the same submission is replaced. */
  async write(receipt: Receipt): Promise<void> {
    const { id } = receipt.submission;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeDurably(join(this.#folder, `${id}.json`), `${JSON.stringify(receipt, null, 2)}\n`);
    await writeDurably(this.pathOf(id), writeReceipt(receipt));
  }

  /** Of the one for people. `id` is that of the submission. */
  pathOf(id: string): string {
    return join(this.#folder, `${id}.md`);
  }
}
