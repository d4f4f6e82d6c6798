import { makeVisible } from '../core/text/quote.ts';
import type { Io } from './io.ts';

/** One line on standard error, whatever stands in the message. */
export function complain(io: Pick<Io, 'stderr'>, message: string): void {
  io.stderr.write(`vision-finetune: ${makeVisible(message)}\n`);
}
