import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SelectionRange } from 'vscode-languageserver';
import { selectionRangesAt } from '../../../server/features/selectionRanges.ts';
import { atCursor, type TextOptions } from '../../helpers/cursor.ts';

/** The texts that are selected one after the other. */
function selections(marked: string, options?: TextOptions): string[] {
  const { snapshot, position } = atCursor(marked, options);
  const texts: string[] = [];
  let range: SelectionRange | undefined = selectionRangesAt(snapshot, [position])[0];
  for (; range; range = range.parent) texts.push(snapshot.getText(range.range));
  return texts;
}

describe('a selection', () => {
  it('grows from the words of a string to the record', () => {
    assert.deepEqual(selections('{"messages": [{"role": "us<|>er", "content": ""}]}'), [
      'user',
      '"user"',
      '"role": "user"',
      '{"role": "user", "content": ""}',
      '[{"role": "user", "content": ""}]',
      '"messages": [{"role": "user", "content": ""}]',
      '{"messages": [{"role": "user", "content": ""}]}',
    ]);
  });

  it('grows from a key to its member', () => {
    assert.deepEqual(selections('{"wei<|>ght": 1}'), [
      'weight',
      '"weight"',
      '"weight": 1',
      '{"weight": 1}',
    ]);
  });

  it('takes a long string as a whole from any place in it', () => {
    const text = 'x'.repeat(10_000);
    const [first, second, third] = selections(`{"a": "${text}<|>${text}"}`);
    assert.equal(first?.length, 20_000);
    assert.equal(second, `"${text}${text}"`);
    assert.equal(third, `"a": "${text}${text}"`);
  });

  it('works in a broken record and in one over many lines', () => {
    assert.deepEqual(selections('{"role": "us<|>er" "content"').slice(0, 2), ['user', '"user"']);
    const [first] = selections('{\n  "role": "us<|>er"\n}', { languageId: 'json' });
    assert.equal(first, 'user');
  });

  it('is empty where there is no record', () => {
    assert.deepEqual(selections('<|>\n{}'), ['']);
  });

  it('grows at most some hundred times in a record nested 100,000 deep', () => {
    const { length } = selections(`${'['.repeat(100_000)}<|>${']'.repeat(100_000)}`);
    assert.ok(length >= 1 && length <= 300, `${length}`);
  });
});
