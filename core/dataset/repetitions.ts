import type { Companion } from './companion.ts';
import type { Fingerprint } from './fingerprint.ts';

/** Records of a file that are compared: what is kept of one takes some 500 bytes, and memory is bounded. No set in use is near it. */
export const maxComparedRecords = 1_000_000;

/**
 * Which records of a file may have something in common, with each other or with the companion. Records come and go as
 * the file is edited, at a small cost each.
 */
export class Repetitions<T extends Fingerprint> {
  readonly questions = new Groups<T>();
  readonly images = new Groups<T>();
  /** How many records have a system prompt. */
  readonly systemPrompts = new Map<string, number>();
  /** Records of which the companion has the question or an image. */
  readonly shared = new Set<T>();
  #companion: Companion | undefined;

  get companion(): Companion | undefined {
    return this.#companion;
  }

  add(record: T): void {
    this.questions.add(record.question, record);
    for (const { digest } of record.images) this.images.add(digest, record);
    if (record.system !== undefined) this.#countSystem(record.system, 1);
    if (this.#companion?.mayShare(record)) this.shared.add(record);
  }

  remove(record: T): void {
    this.questions.remove(record.question, record);
    for (const { digest } of record.images) this.images.remove(digest, record);
    if (record.system !== undefined) this.#countSystem(record.system, -1);
    this.shared.delete(record);
  }

  /** Compares with another file from now on, or with none. `records` are all there are. */
  accompany(companion: Companion | undefined, records: Iterable<T | undefined>): void {
    if (companion === this.#companion) return;
    this.#companion = companion;
    this.shared.clear();
    if (!companion) return;
    for (const record of records) {
      if (record && companion.mayShare(record)) this.shared.add(record);
    }
  }

  #countSystem(prompt: string, change: number): void {
    const count = (this.systemPrompts.get(prompt) ?? 0) + change;
    if (count > 0) this.systemPrompts.set(prompt, count);
    else this.systemPrompts.delete(prompt);
  }
}

/** Records by one digest. Nearly all digests have one record, which stands for itself and needs no set. */
class Groups<T extends object> {
  readonly #members = new Map<string, T | Set<T>>();
  /** The groups of more than one record. */
  readonly repeated = new Map<string, ReadonlySet<T>>();

  add(digest: string, member: T): void {
    const known = this.#members.get(digest);
    if (known === undefined) {
      this.#members.set(digest, member);
    } else if (known instanceof Set) {
      known.add(member);
    } else if (known !== member) {
      const group = new Set([known, member]);
      this.#members.set(digest, group);
      this.repeated.set(digest, group);
    }
  }

  remove(digest: string, member: T): void {
    const known = this.#members.get(digest);
    if (!(known instanceof Set)) {
      if (known === member) this.#members.delete(digest);
      return;
    }
    known.delete(member);
    if (known.size > 1) return;
    this.repeated.delete(digest);
    const [last] = known;
    if (last) this.#members.set(digest, last);
    else this.#members.delete(digest);
  }
}
