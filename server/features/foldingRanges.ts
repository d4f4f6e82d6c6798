import type { FoldingRange } from 'vscode-languageserver';
import { formatCount } from '../../core/text/formatCount.ts';
import type { Snapshot } from '../snapshot.ts';

/** VS Code keeps 5,000 regions of a file (`editor.foldingMaximumRegions`) and drops the rest of them. */
export const maxFoldingRanges = 5000;

/** Lines of the smallest block; each larger block holds ten of those before it. */
const smallestBlock = 100;

/**
 * Blocks of 100 lines, of 1,000 and so on, so that "Fold Level 1" leaves the contents of a long file on one screen. Records
 * themselves are single lines. The first line of a block stays in sight.
 */
export function foldingRangesOf({ document, lineCount }: Snapshot): FoldingRange[] {
  // A record over many lines is JSON, which editors fold by themselves.
  if (document.kind === 'record') return [];
  const ranges: FoldingRange[] = [];
  const sizes = blockSizes(lineCount);
  for (const size of sizes.reverse()) {
    for (let start = 0; start + 1 < lineCount; start += size) {
      const endLine = Math.min(start + size, lineCount) - 1;
      const collapsedText = `lines ${formatCount(start + 1)} to ${formatCount(endLine + 1)}`;
      ranges.push({ startLine: start, endLine, kind: 'region', collapsedText });
    }
  }
  return ranges;
}

/** From the smallest whose blocks all fit to the largest of which there are two. */
function blockSizes(lineCount: number): number[] {
  let size = smallestBlock;
  // All larger blocks together are a ninth of the smallest ones.
  while (lineCount / size > maxFoldingRanges * 0.85) size *= 10;
  const sizes: number[] = [];
  for (; size < lineCount; size *= 10) sizes.push(size);
  return sizes;
}
