import { haveOneValue, keepOneMember } from '../fixes/duplicateKeyFixes.ts';
import type { Report } from '../finding/finding.ts';
import { placeOf } from '../record/example.ts';
import { findDuplicateKeys, type DuplicateKey } from '../record/duplicateKeys.ts';
import { quote } from '../text/quote.ts';
import type { RecordRule } from './rule.ts';

export const duplicateKey: RecordRule = {
  id: 'duplicate-key',
  summary: 'Every object has each of its keys once.',
  // JSON leaves to the reader which value counts, and which the service takes is not known.
  severity: 'warning',
  scope: 'record',
  *check({ tree }) {
    for (const duplicate of findDuplicateKeys(tree)) yield* reportDuplicate(duplicate);
  },
};

/** On the second of the keys: the first is fine by itself. */
function* reportDuplicate(duplicate: DuplicateKey): Generator<Report> {
  const found = duplicate.indices.flatMap((index) => duplicate.members[index] ?? []);
  const [, second] = found;
  if (!second) return;
  const name = quote(second.key.asString() ?? '');
  const times = found.length === 2 ? 'twice' : `${found.length} times`;
  const what = haveOneValue(found)
    ? 'with the same value; expected it once'
    : 'with different values; the last counts here, the service may take another; expected it once';
  yield {
    span: placeOf(second.key),
    message: `Key ${name} is given ${times} ${what}.`,
    fixes: () => keepOneMember(duplicate),
  };
}
