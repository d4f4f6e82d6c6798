import type { Io } from '../io.ts';

/** Whether there is somebody who can be asked, and sees the question. */
export function canAsk({ isTerminal }: Pick<Io, 'isTerminal'>): boolean {
  return isTerminal.stdin === true && isTerminal.stderr;
}

/** Puts a question on standard error. Only a clear yes is one. */
export async function ask(question: string, io: Pick<Io, 'stdin' | 'stderr'>): Promise<boolean> {
  io.stderr.write(`${question} [y/N] `);
  const decoder = new TextDecoder();
  let answer = '';
  for await (const chunk of io.stdin) {
    answer += decoder.decode(chunk, { stream: true });
    if (answer.includes('\n')) break;
  }
  return /^\s*y(?:es)?\s*$/i.test(answer.split('\n', 1)[0] ?? '');
}
