/** What anybody would write first, and what others have written: each reads every record of a file and says nothing of it. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseTree } from 'jsonc-parser';
import type { Chunks } from './fileChunks.ts';

/** No more than it takes: no line numbers, no findings. */
export function parseLines(chunks: Chunks, parse: (line: string) => unknown = JSON.parse): void {
  let rest: Buffer = Buffer.alloc(0);
  for (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      parse(bytes.toString('utf8', start, end));
      start = end + 1;
    }
    // The chunk is used again.
    rest = Buffer.from(bytes.subarray(start));
  }
}

export function parseTrees(chunks: Chunks): void {
  parseLines(chunks, (line) => parseTree(line));
}

export async function parseWithReadline(path: string): Promise<void> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  for await (const line of lines) JSON.parse(line);
}
