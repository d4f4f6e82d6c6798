import { FileHasher, OpenedFile } from '../../core/service/openedFile.ts';
import type { Reconciliation } from '../../core/service/reconcile.ts';
import type { SubmittedFile } from '../../core/service/journal.ts';
import { isBlank } from '../../core/record/isBlank.ts';
import { LineReader, type ByteLine } from '../../core/text/lineReader.ts';
import { formatCount } from '../../core/text/formatCount.ts';

/** What the service says of a line of the file. */
export interface NamedLine {
  /** From 0. */
  readonly line: number;
  /** Of the line, in bytes: for a mark that is not longer than it. */
  readonly byteLength: number;
  readonly message: string;
  /** `skipped`: the job went on without the example. `refused`: it did not go on. */
  readonly verdict: 'skipped' | 'refused';
}

/** A hash needs no parts here. */
const noParts = Number.MAX_SAFE_INTEGER;

/**
 * The lines that the service has named, as the file has them; undefined where the file is no longer the one that was
 * submitted, or cannot be read, so that its lines may be others.
 */
export async function findNamedLines(
  { path, sha256 }: Pick<SubmittedFile, 'path' | 'sha256'>,
  reconciliation: Reconciliation,
): Promise<readonly NamedLine[] | undefined> {
  const file = await OpenedFile.open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const hasher = new FileHasher(noParts);
    const finder = new LineFinder(reconciliation);
    const reader = new LineReader();
    for await (const chunk of file.read()) {
      hasher.update(chunk);
      for (const line of reader.read(chunk)) finder.take(line);
    }
    for (const line of reader.end()) finder.take(line);
    return hasher.digest().sha256 === sha256 ? finder.found : undefined;
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
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

  take({ bytes, byteLength }: ByteLine): void {
    const line = this.#lines++;
    const reason = this.#ofLines.get(line + 1);
    if (reason !== undefined) {
      const message = `The service left this example out: ${reason}.`;
      this.found.push({ line, byteLength, message, verdict: 'skipped' });
    }
    if (bytes && isBlank(bytes)) return;
    const said = this.#ofExamples.get(++this.#records);
    if (said === undefined) return;
    const message = `The service refused the file for this example, ${formatCount(this.#records)}: ${said}`;
    this.found.push({ line, byteLength, message, verdict: 'refused' });
  }
}
