import { formatCount } from '../core/text/formatCount.ts';
import { tellsNoText, type Unreadable } from './readFile.ts';

type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** What a file goes through while it is repaired. */
export interface RepairChunks<Report> {
  /** The next bytes of the file, valid until the next are asked for; none at its end. */
  readonly read: () => Promise<Uint8Array>;
  readonly repairer: {
    read(chunk: Uint8Array): Pieces;
    finish(): Pieces;
    /** From 0. */
    readonly tooLongLine: number | undefined;
  };
  /** Checks the bytes that the repairer gives. */
  readonly checker: { read(chunk: Uint8Array): void; finish(): Report };
  readonly write: (bytes: Uint8Array) => Promise<void> | undefined;
  /** After each chunk, with the bytes read so far. May throw to end it. */
  readonly onRead: (bytes: number) => void;
}

/** Repairs a file chunk by chunk, and gives what a check of the result finds, or why it cannot be repaired. */
export async function repairChunks<Report>({
  read,
  repairer,
  checker,
  write,
  onRead,
}: RepairChunks<Report>): Promise<Report | Unreadable> {
  for (let bytes = 0; ;) {
    const chunk = await read();
    const noText = bytes === 0 ? tellsNoText(chunk) : undefined;
    if (noText !== undefined) return { reason: noText };
    const isEnd = chunk.length === 0;
    for await (const piece of isEnd ? repairer.finish() : repairer.read(chunk)) {
      checker.read(piece);
      const writing = write(piece);
      if (writing) await writing;
    }
    bytes += chunk.length;
    onRead(bytes);
    if (repairer.tooLongLine !== undefined) {
      const line = formatCount(repairer.tooLongLine + 1);
      return { reason: `line ${line} is longer than can be read` };
    }
    if (isEnd) return checker.finish();
  }
}
