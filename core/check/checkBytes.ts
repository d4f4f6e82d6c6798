import type { JsonTree } from '../record/jsonTree.ts';
import { readJson, type JsonScratch } from '../record/readJson.ts';
import { decodeLine, describeInvalidByte } from '../text/decodeLine.ts';
import { span } from '../text/span.ts';
import { checkTree, type CheckedRecord, type RecordWatcher } from './checkRecord.ts';
import type { CheckContext } from './context.ts';

/** Checks one record as it stands on disk, in UTF-8. */
export function checkBytes(
  bytes: Uint8Array,
  context: CheckContext,
  scratch?: JsonScratch,
  watcher?: RecordWatcher,
): CheckedRecord {
  const tree = readJsonBytes(bytes, scratch);
  // Without a problem all bytes are UTF-8, and the text takes as many.
  return checkTree(tree, context, tree.problem ? undefined : bytes.length, watcher);
}

/**
 * Reads the bytes of a JSON text. The verdict is that of `JSON.parse` after decoding with a fatal UTF-8 decoder, but
 * for a byte order mark, which the caller takes off.
 */
export function readJsonBytes(bytes: Uint8Array, scratch?: JsonScratch): JsonTree {
  const { text, invalid } = decodeLine(bytes);
  const tree = readJson(text, scratch);
  // Of two problems the first counts.
  if (!invalid || (tree.problem && tree.problem.span.start < invalid.offset)) return tree;
  return tree.withProblem({
    code: 'invalid-utf8',
    span: span(invalid.offset, invalid.offset + 1),
    message: describeInvalidByte(invalid.byte),
  });
}
