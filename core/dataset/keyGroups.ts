/** Records by one hash. Nearly all hashes have one record, which stands for itself and needs no set. */
export class KeyGroups<T extends object> {
  readonly #members = new Map<number, T | Set<T>>();

  /** Calls with each member that has now got company. */
  add(hash: number, member: T, onCompany: (member: T) => void): void {
    const known = this.#members.get(hash);
    if (known === undefined) {
      this.#members.set(hash, member);
    } else if (known instanceof Set) {
      known.add(member);
      onCompany(member);
    } else if (known !== member) {
      this.#members.set(hash, new Set([known, member]));
      onCompany(known);
      onCompany(member);
    }
  }

  remove(hash: number, member: T): void {
    const known = this.#members.get(hash);
    if (!(known instanceof Set)) {
      if (known === member) this.#members.delete(hash);
      return;
    }
    known.delete(member);
    const [last] = known;
    if (known.size === 1 && last) this.#members.set(hash, last);
  }
}
