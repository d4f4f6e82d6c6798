import { JsonTree } from '../record/jsonTree.ts';
import { formatCount } from '../text/formatCount.ts';
import { span } from '../text/span.ts';
import { checkTree, type CheckedRecord } from './checkRecord.ts';
import type { CheckContext } from './context.ts';

/** Checks a record that no string can hold: over 512 MB, whose bytes nobody kept. */
export function checkTooLong(byteLength: number, context: CheckContext): CheckedRecord {
  const message = `Record is ${formatCount(byteLength)} bytes, more than can be read`;
  const problem = { code: 'too-long', span: span(0, 1), message } as const;
  return checkTree(new JsonTree('', new Int32Array(0), 0, problem), context, byteLength);
}
