import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readExpiry } from '../../core/image/signedAddress.ts';

describe('readExpiry', () => {
  const cases: Record<string, [query: string, parameter: string, time: string]> = {
    'an Azure SAS': [
      'sv=1&se=2026-11-25T08%3A30%3A00Z&sig=x',
      'se=2026-11-25T08%3A30%3A00Z',
      '2026-11-25T08:30:00Z',
    ],
    'an Azure SAS to the minute': [
      'se=2026-11-25T08:30Z&sig=x',
      'se=2026-11-25T08:30Z',
      '2026-11-25T08:30:00Z',
    ],
    'an Azure SAS to the day': ['se=2026-11-25&sig=x', 'se=2026-11-25', '2026-11-25T00:00:00Z'],
    'an Azure SAS to the tick': [
      'se=2026-11-25T08:30:00.0000000Z&sig=x',
      'se=2026-11-25T08:30:00.0000000Z',
      '2026-11-25T08:30:00Z',
    ],
    'an Azure SAS without a zone, which is UTC': [
      'se=2026-11-25T08:30:00&sig=x',
      'se=2026-11-25T08:30:00',
      '2026-11-25T08:30:00Z',
    ],
    'S3 version 4': [
      'X-Amz-Date=20261124T230000Z&X-Amz-Expires=7200&X-Amz-Signature=x',
      'X-Amz-Expires=7200',
      '2026-11-25T01:00:00Z',
    ],
    'Google Cloud Storage V4': [
      'X-Goog-Expires=60&X-Goog-Date=20261124T000000Z&X-Goog-Signature=x',
      'X-Goog-Expires=60',
      '2026-11-24T00:01:00Z',
    ],
    CloudFront: [
      'Expires=1795300000&Signature=x&Key-Pair-Id=y',
      'Expires=1795300000',
      '2026-11-21T22:26:40Z',
    ],
    'names in lower case': [
      'a=b&expires=1795300000&signature=x',
      'expires=1795300000',
      '2026-11-21T22:26:40Z',
    ],
  };
  for (const [what, [query, parameter, time]] of Object.entries(cases)) {
    it(`reads ${what}`, () => {
      const expiry = readExpiry(query);
      assert.ok(expiry);
      assert.equal(query.slice(expiry.span.start, expiry.span.end), parameter);
      assert.equal(expiry.time, Date.parse(time));
      assert.equal(expiry.isSigned, true);
    });
  }

  it('says where no signature stands beside it', () => {
    assert.equal(readExpiry('se=2026-11-25')?.isSigned, false);
  });

  it('reads nothing from what has another meaning', () => {
    for (const query of [
      '',
      'width=200',
      'se=north&sig=x',
      'se=2026-13-45T99:00Z&sig=x',
      'expires=never',
      'Expires=30&Signature=x',
      'X-Amz-Expires=60&X-Amz-Signature=x',
      'X-Amz-Expires=soon&X-Amz-Date=20261124T000000Z',
      'X-Amz-Expires=60&X-Amz-Date=yesterday',
      'se=%zz&sig=%',
    ]) {
      assert.equal(readExpiry(query), undefined, query);
    }
  });
});
