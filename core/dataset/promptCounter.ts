import type { SystemPrompts } from './compare.ts';

interface CountedPrompt {
  readonly first: number;
  readonly second: number;
  readonly firstLine: number;
  count: number;
}

/** How often a file has each system prompt, told apart by 64 bits of hashes. */
export class PromptCounter {
  readonly #prompts = new Map<string, CountedPrompt>();
  /** Most records have that of the one before. */
  #last: CountedPrompt | undefined;

  add(first: number, second: number, line: number): void {
    const last = this.#last;
    if (last?.first === first && last.second === second) {
      last.count++;
      return;
    }
    const name = `${first},${second}`;
    const prompt = this.#prompts.get(name) ?? { first, second, firstLine: line, count: 0 };
    if (prompt.count === 0) this.#prompts.set(name, prompt);
    prompt.count++;
    this.#last = prompt;
  }

  count(): SystemPrompts {
    let most: CountedPrompt | undefined;
    let examples = 0;
    for (const prompt of this.#prompts.values()) {
      examples += prompt.count;
      if (prompt.count > (most?.count ?? 0)) most = prompt;
    }
    let firstOtherLine: number | undefined;
    for (const prompt of this.#prompts.values()) {
      if (prompt !== most) firstOtherLine = Math.min(firstOtherLine ?? Infinity, prompt.firstLine);
    }
    const mostFrequent = most?.count ?? 0;
    return { different: this.#prompts.size, mostFrequent, examples, firstOtherLine };
  }
}
