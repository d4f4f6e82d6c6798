import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeStatus } from '../../client/statusWords.ts';

const none = { error: 0, warning: 0, info: 0, hint: 0 };

describe('the words of the status', () => {
  it('count records, images and what is wrong with them, gravest first', () => {
    const counts = { error: 2, warning: 1, info: 3, hint: 1200 };
    assert.equal(
      describeStatus({ state: 'checked', records: 1204, images: 1310, counts }),
      '1,204 records · 1,310 images · 2 errors · 1 warning · 3 notes · 1,200 hints',
    );
  });

  it('say that there are no problems, and one of a thing without an s', () => {
    assert.equal(
      describeStatus({ state: 'checked', records: 1, images: 1, counts: none }),
      '1 record · 1 image · no problems',
    );
  });

  it('never say of a check that goes on that there are no problems', () => {
    assert.equal(
      describeStatus({ state: 'checking', records: 1, images: 1, counts: none }),
      '1 record · 1 image · still checking',
    );
    assert.equal(
      describeStatus({ state: 'checking', records: 9, images: 0, counts: { ...none, error: 2 } }),
      '9 records · 0 images · 2 errors · still checking',
    );
  });

  it('say that a file is not checked, or why not all of it is', () => {
    assert.equal(
      describeStatus({ state: 'ignored', records: 5, images: 0, counts: none }),
      'Not training data',
    );
    assert.equal(
      describeStatus({ state: 'failed', records: 5, images: 0, counts: none }),
      'Check failed; the output says why',
    );
  });
});
