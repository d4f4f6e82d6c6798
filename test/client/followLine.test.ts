import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { followLine, type TextChange } from '../../client/followLine.ts';

/** The line is number 5 and has 20 characters. */
function follow(...changes: readonly TextChange[]): number | undefined {
  return followLine(5, 20, changes);
}

function change(
  from: readonly [number, number],
  to: readonly [number, number],
  text = '',
): TextChange {
  const [[startLine, start], [endLine, end]] = [from, to];
  return {
    range: {
      start: { line: startLine, character: start },
      end: { line: endLine, character: end },
    },
    text,
  };
}

describe('a line that is followed', () => {
  it('moves with lines that come and go before it', () => {
    assert.equal(follow(change([2, 0], [2, 0], 'a\nb\n')), 7);
    assert.equal(follow(change([1, 0], [4, 0])), 2);
    assert.equal(follow(change([5, 0], [5, 0], 'new\n')), 6);
    assert.equal(follow(change([4, 7], [5, 0], '\n\n')), 6);
  });

  it('stays where it is for what happens inside it, behind it and beside it', () => {
    assert.equal(follow(change([5, 3], [5, 9], 'other')), 5);
    assert.equal(follow(change([5, 0], [5, 20], 'another record')), 5);
    assert.equal(follow(change([5, 20], [5, 20], '\nnext')), 5);
    assert.equal(follow(change([6, 0], [9, 0])), 5);
    assert.equal(follow(change([2, 0], [3, 4], 'a\nb')), 5);
  });

  it('is lost when it is deleted, or swallowed by a larger change', () => {
    assert.equal(follow(change([5, 0], [6, 0])), undefined);
    assert.equal(follow(change([5, 0], [5, 20])), undefined);
    assert.equal(follow(change([0, 0], [99, 0], 'all\nnew')), undefined);
    assert.equal(follow(change([4, 7], [5, 3])), undefined);
    assert.equal(follow(change([4, 7], [5, 20])), undefined);
  });

  it('follows several changes, each given in the text before all of them', () => {
    assert.equal(follow(change([8, 0], [9, 0]), change([5, 1], [5, 2]), change([1, 0], [2, 0])), 4);
  });
});
