import type { SystemPrompts } from './compare.ts';
import type { RecordKeys } from './recordKeys.ts';

/** How many records of an open document have each system prompt. */
export class PromptCounts {
  /** By its hash. */
  readonly #counts = new Map<number, number>();

  add(prompt: number | undefined, change: 1 | -1): void {
    if (prompt === undefined) return;
    const count = (this.#counts.get(prompt) ?? 0) + change;
    if (count > 0) this.#counts.set(prompt, count);
    else this.#counts.delete(prompt);
  }

  /** `records` are all there are, by line. */
  count(records: readonly (WithKeys | undefined)[]): SystemPrompts {
    let frequent: number | undefined;
    let [mostFrequent, examples] = [0, 0];
    for (const [prompt, count] of this.#counts) {
      examples += count;
      if (count > mostFrequent) [frequent, mostFrequent] = [prompt, count];
    }
    const different = this.#counts.size;
    const isOther = (record: WithKeys | undefined): boolean => {
      const system = record?.keys.system;
      return system !== undefined && system !== frequent;
    };
    const other = different > 1 ? records.findIndex(isOther) : -1;
    const firstOtherLine = other === -1 ? undefined : other;
    return { different, mostFrequent, examples, firstOtherLine };
  }
}

interface WithKeys {
  readonly keys: RecordKeys;
}
