import type { Writable } from 'node:stream';
import type { Screen } from '../core/image/forecastImage.ts';
import type { Network } from '../core/remote/network.ts';
import type { ServiceClientOptions } from '../core/service/serviceClient.ts';
import type { InterruptHandler } from './interruption.ts';

/** All that the command line knows of the process it runs in, so that a test can be that process. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Without `stdin` nobody can be asked. */
  readonly isTerminal: {
    readonly stdin?: boolean;
    readonly stdout: boolean;
    readonly stderr: boolean;
  };
  /** Characters in a line of the terminal. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where paths count from; absolute. */
  readonly cwd: string;
  /** ISO 8601, local: `2026-11-21`. */
  readonly today: string;
  /** Milliseconds from any moment on. */
  readonly now: () => number;
  /**
   * Calls a handler once when the process is to end, so that what is half done can be undone. Gives a function that
   * takes the handler away, which is called as soon as there is nothing to undo.
   */
  readonly onInterrupt: (handler: InterruptHandler) => () => void;
  /** Where images on the web are found; the internet where it is left out. */
  readonly network?: Network;
  /** What looks for faces; the image process where it is left out. */
  readonly screen?: Screen;
  /** How time passes for the client of the service; as for everybody where it is left out. */
  readonly service?: Pick<ServiceClientOptions, 'clock' | 'random' | 'patience'>;
}

/** 0: no error found. 1: errors found. 2: unusable arguments, an unreadable file, or a fault of the program. */
export type ExitStatus = 0 | 1 | 2;

/** Something that the person at the terminal can put right, in words for one line without its full stop. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
