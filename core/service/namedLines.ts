import { isBlank } from '../record/isBlank.ts';
import { LineReader, type ByteLine } from '../text/lineReader.ts';
import type { SubmittedFile } from './journal.ts';
import { FileHasher, OpenedFile } from './openedFile.ts';
import type { Reconciliation } from './reconcile.ts';

/** What the service says of a line of the file that was submitted. */
export interface NamedLine {
  /** From 1. */
  readonly line: number;
  /** Of the line, for a mark that is not longer than it; 0 where the file is no longer that one. */
  readonly byteLength: number;
  /** In the service's words. */
  readonly message: string;
  /** `skipped`: the job went on without the example. `refused`: it did not go on. */
  readonly verdict: 'skipped' | 'refused';
}

/** Whether a file still holds what was submitted. `gone`: it cannot be read. */
export type FileState = 'same' | 'changed' | 'gone';

export interface NamedLines {
  readonly file: FileState;
  /** In order. Of the file as it is, where it is the same; else of the one that was sent, as far as that can be known. */
  readonly lines: readonly NamedLine[];
}

/** A hash needs no parts here. */
const noParts = Number.MAX_SAFE_INTEGER;

/** Takes what the service says of lines and of examples to the lines of the file that was submitted. */
export async function findNamedLines(
  submitted: Pick<SubmittedFile, 'path' | 'sha256' | 'byteLength'>,
  reconciliation: Reconciliation,
): Promise<NamedLines> {
  const file = await OpenedFile.open(submitted.path).catch(() => undefined);
  if (!file) return unread('gone', reconciliation);
  try {
    if (file.byteLength !== submitted.byteLength) return unread('changed', reconciliation);
    const finder = new LineFinder(reconciliation);
    const isSame = (await readAll(file, finder)) === submitted.sha256;
    return isSame ? { file: 'same', lines: finder.found } : unread('changed', reconciliation);
  } catch {
    return unread('gone', reconciliation);
  } finally {
    await file.close();
  }
}

/** Blank lines shift examples against lines, so without the file there is nothing to tell the lines of examples by. */
function unread(file: FileState, { reasons }: Reconciliation): NamedLines {
  const lines = reasons.flatMap(({ reason, lines: named }) =>
    named.map((line) => ({ line, byteLength: 0, message: reason, verdict: 'skipped' as const })),
  );
  return { file, lines: lines.sort((a, b) => a.line - b.line) };
}

/** Gives the hash. */
async function readAll(file: OpenedFile, finder: LineFinder): Promise<string> {
  const hasher = new FileHasher(noParts);
  const reader = new LineReader();
  for await (const chunk of file.read()) {
    hasher.update(chunk);
    for (const line of reader.read(chunk)) finder.take(line);
  }
  for (const line of reader.end()) finder.take(line);
  return hasher.digest().sha256;
}

/** Counts lines and records as they come by: the service names some by lines, others by examples. */
class LineFinder {
  readonly found: NamedLine[] = [];
  readonly #ofLines: ReadonlyMap<number, string>;
  readonly #ofExamples: ReadonlyMap<number, string>;
  #lines = 0;
  #records = 0;

  constructor({ reasons, refused }: Reconciliation) {
    this.#ofLines = new Map(
      reasons.flatMap(({ reason, lines }) => lines.map((line) => [line, reason])),
    );
    this.#ofExamples = new Map(refused.map(({ example, message }) => [example, message]));
  }

  /** A line without its bytes is too long to be blank. */
  take({ bytes, byteLength }: ByteLine): void {
    const line = ++this.#lines;
    const reason = this.#ofLines.get(line);
    if (reason !== undefined) {
      this.found.push({ line, byteLength, message: reason, verdict: 'skipped' });
    }
    if (bytes && isBlank(bytes)) return;
    const said = this.#ofExamples.get(++this.#records);
    if (said === undefined) return;
    this.found.push({ line, byteLength, message: said, verdict: 'refused' });
  }
}
