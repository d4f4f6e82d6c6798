import type { ExitStatus, Io } from './io.ts';

/** What `vision-finetune NAME …` does. */
export interface Command {
  readonly name: string;
  /** A few words for the list of commands. */
  readonly summary: string;
  /** Its page of help, ending in a line feed. */
  readonly help: string;
  /** With the arguments after its name. Throws a `UsageError` for those it cannot use. */
  readonly run: (args: readonly string[], io: Io) => Promise<ExitStatus>;
}
