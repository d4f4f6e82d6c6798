/** What a thread that checks stretches of a file and whoever asks it say to each other. */

import type { CheckContext } from '../core/check/context.ts';
import type { StretchStart } from '../core/check/stretchChecker.ts';
import type { StretchResult } from './checkStretch.ts';
import type { Stretch } from './stretches.ts';

/** What a thread is started with. */
export interface ThreadStart {
  /** Of the file, which stays open as long as the thread runs. */
  readonly descriptor: number;
  readonly context: CheckContext;
  /** Where the bytes of each stretch are to be digested. */
  readonly digestKey?: Uint8Array | undefined;
}

/** To the thread, which answers in order. */
export type ToThread = Stretch & StretchStart;

export type FromThread =
  | { readonly kind: 'checked'; readonly result: StretchResult }
  /** The file cannot be read: the properties of the error, of which a message keeps none. */
  | { readonly kind: 'refused'; readonly message: string; readonly error: object };
