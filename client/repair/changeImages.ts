import {
  ProgressLocation,
  Range,
  window,
  workspace,
  WorkspaceEdit,
  type CancellationToken,
  type TextDocument,
} from 'vscode';
import type { Edit } from '../../core/finding/finding.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { toSignal } from '../abortSignal.ts';
import type { RecordPicture } from '../readRecord.ts';
import { RecordReader, toPosition } from '../recordReader.ts';
import type { ImagePlace } from './imagePlace.ts';

/** What is to be done to images of a document, as it was at one version. */
export interface ImageChange<T extends ImagePlace> {
  readonly document: TextDocument;
  readonly version: number;
  /** Of the notification that tells how far it is. */
  readonly title: string;
  readonly places: readonly T[];
  /** The edits of one image, in its record; none where it stays. Rejects when `signal` aborts. */
  readonly change: (
    picture: RecordPicture,
    place: T,
    signal: AbortSignal,
  ) => Promise<readonly Edit[]>;
  /** How many are changed at the same time. Default: 1. */
  readonly atOnce?: number;
  /** What is to be done before the document changes, once all is known. */
  readonly prepare?: () => Promise<void>;
}

/** Whether it was done, or why the document is as it was. */
export type ImageChangeOutcome = 'done' | 'cancelled' | 'outdated';

/**
 * Changes images one after the other, and then the document in one step, which can be undone in one. A document that changes
 * meanwhile ends it at once, for its places are no longer what they were.
 */
export async function changeImages<T extends ImagePlace>(
  change: ImageChange<T>,
): Promise<ImageChangeOutcome> {
  const { document, version, title } = change;
  const outdated = new AbortController();
  const listener = workspace.onDidChangeTextDocument((event) => {
    if (event.document === document && document.version !== version) outdated.abort();
  });
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  try {
    const edit = await window.withProgress(options, (progress, token) =>
      gather(change, outdated.signal, token, (message, increment) =>
        progress.report({ message, increment }),
      ),
    );
    if (isOutdated()) return 'outdated';
    if (!edit) return 'cancelled';
    await change.prepare?.();
    if (isOutdated()) return 'outdated';
    return edit.size === 0 || (await workspace.applyEdit(edit)) ? 'done' : 'outdated';
  } finally {
    listener.dispose();
  }

  function isOutdated(): boolean {
    return document.isClosed || document.version !== version;
  }
}

/** Undefined when told to end. */
async function gather<T extends ImagePlace>(
  { document, version, places, change, atOnce = 1 }: ImageChange<T>,
  outdated: AbortSignal,
  token: CancellationToken,
  report: (message: string, increment: number) => void,
): Promise<WorkspaceEdit | undefined> {
  const signal = AbortSignal.any([outdated, toSignal(token)]);
  const edit = new WorkspaceEdit();
  const reader = new RecordReader();
  const queue = places.values();
  let done = 0;
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } catch (error) {
    if (!isAborted(signal)) throw error;
  }
  return isAborted(signal) ? undefined : edit;

  async function work(): Promise<void> {
    for (const place of queue) {
      if (isAborted(signal) || document.version !== version) return;
      const picture = reader.read(document, place.line).pictures[place.image];
      const edits = picture ? await change(picture, place, signal) : [];
      for (const { span, newText } of edits) {
        const start = toPosition(document, place.line, span.start);
        const end = toPosition(document, place.line, span.end);
        edit.replace(document.uri, new Range(start, end), newText);
      }
      done++;
      report(`${formatCount(done)} of ${formatCount(places.length)}`, 100 / places.length);
    }
  }
}

/** Asked each time: it changes while something else is waited for. */
function isAborted({ aborted }: AbortSignal): boolean {
  return aborted;
}
