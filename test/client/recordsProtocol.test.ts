import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isToList, readFromList, readListState } from '../../webview/recordsProtocol.ts';

describe('a message of the page of records', () => {
  it('is read when each part is what it should be', () => {
    for (const message of [
      { kind: 'ready' },
      { kind: 'rows', from: 0, count: 200 },
      { kind: 'show', index: 7 },
      { kind: 'find', from: -1, isBackwards: false, text: undefined },
      { kind: 'find', from: 3, isBackwards: true, text: 'harbour' },
      { kind: 'edit', index: 0 },
      { kind: 'repair' },
      { kind: 'stop' },
      { kind: 'picture', revision: 1, index: 0, isWhole: false },
      { kind: 'reveal', revision: 1, offset: 12 },
    ]) {
      assert.deepEqual(readFromList(message), message);
    }
  });

  it('is left alone when anything in it is not', () => {
    for (const message of [
      undefined,
      null,
      'rows',
      [],
      {},
      { kind: 'rows', from: 0, count: 201 },
      { kind: 'rows', from: -1, count: 1 },
      { kind: 'rows', from: 0, count: Infinity },
      { kind: 'show', index: 0.5 },
      { kind: 'show', index: '0' },
      { kind: 'edit' },
      { kind: 'find', from: -2, isBackwards: false },
      { kind: 'find', from: 0, isBackwards: 'no' },
      { kind: 'find', from: 0, isBackwards: false, text: '' },
      { kind: 'find', from: 0, isBackwards: false, text: ['x'] },
      { kind: 'find', from: 0, isBackwards: false, text: 'x'.repeat(1001) },
      { kind: 'replace', index: 0, text: '{}' },
      { kind: '__proto__', index: 0 },
    ] as unknown[]) {
      assert.equal(readFromList(message), undefined);
    }
  });

  it('loses what does not belong to it', () => {
    const message = { kind: 'repair', path: '/etc/passwd', rules: [] };
    assert.deepEqual(readFromList(message), { kind: 'repair' });
  });
});

describe('a message to the page of records', () => {
  it('is told by its kind from all else', () => {
    assert.ok(isToList({ kind: 'list' }));
    for (const message of [undefined, null, 'list', {}, { kind: 'picture' }, { kind: 1 }]) {
      assert.ok(!isToList(message));
    }
  });
});

describe('what a page of records keeps', () => {
  it('is read when it is whole, and nothing else is', () => {
    const state = { selected: 3, search: 'harbour' };
    assert.deepEqual(readListState({ ...state, more: 1 }), state);
    for (const other of [undefined, null, 3, {}, { selected: 3 }, { ...state, selected: -1 }]) {
      assert.equal(readListState(other), undefined);
    }
  });
});
