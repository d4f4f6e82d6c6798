import type { Fingerprint } from './fingerprint.ts';

/** Which records of a file have something in common. Records come and go as the file is edited, at a small cost each. */
export class Repetitions<T extends Fingerprint> {
  readonly examples = new Groups<T>();
  readonly questions = new Groups<T>();
  readonly images = new Groups<T>();
  /** How many records have a system prompt, by its hash. */
  readonly systemPrompts = new Map<number, number>();

  add(record: T): void {
    this.examples.add(record.example, record);
    if (record.answer) this.questions.add(record.question, record);
    for (const { hash } of record.images) this.images.add(hash, record);
    if (record.system !== undefined) this.#countSystem(record.system, 1);
  }

  remove(record: T): void {
    this.examples.remove(record.example, record);
    if (record.answer) this.questions.remove(record.question, record);
    for (const { hash } of record.images) this.images.remove(hash, record);
    if (record.system !== undefined) this.#countSystem(record.system, -1);
  }

  #countSystem(hash: number, change: number): void {
    const count = (this.systemPrompts.get(hash) ?? 0) + change;
    if (count > 0) this.systemPrompts.set(hash, count);
    else this.systemPrompts.delete(hash);
  }
}

/** Records by one hash. Nearly all hashes have one record, which stands for itself and needs no set. */
export class Groups<T extends object> {
  readonly #members = new Map<number, T | Set<T>>();
  /** The groups of more than one record. */
  readonly repeated = new Map<number, ReadonlySet<T>>();

  add(hash: number, member: T): void {
    const known = this.#members.get(hash);
    if (known === undefined) {
      this.#members.set(hash, member);
    } else if (known instanceof Set) {
      known.add(member);
    } else if (known !== member) {
      const group = new Set([known, member]);
      this.#members.set(hash, group);
      this.repeated.set(hash, group);
    }
  }

  remove(hash: number, member: T): void {
    const known = this.#members.get(hash);
    if (!(known instanceof Set)) {
      if (known === member) this.#members.delete(hash);
      return;
    }
    known.delete(member);
    if (known.size > 1) return;
    this.repeated.delete(hash);
    const [last] = known;
    if (last) this.#members.set(hash, last);
    else this.#members.delete(hash);
  }
}
