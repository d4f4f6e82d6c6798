import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeFindings, placePattern } from '../../client/findingWords.ts';
import type { FileFinding } from '../../server/protocol.ts';

describe('the list of findings', () => {
  it('has a line for each, its place first and counted from 1', () => {
    assert.equal(
      describeFindings([
        finding(0, 9731, 'error', 'json-syntax'),
        finding(26, 0, 'hint', 'image-detail-cost'),
      ]),
      '1:9732  error    Something is wrong.  json-syntax\n' +
        '27:1    hint     Something is wrong.  image-detail-cost\n',
    );
  });

  it('is empty without findings', () => {
    assert.equal(describeFindings([]), '');
  });

  it('begins each line with a place that can be read again', () => {
    const text = describeFindings([finding(26, 87, 'warning', 'image-detail')]);
    assert.deepEqual(placePattern.exec(text)?.slice(1), ['27', '88']);
  });
});

function finding(
  line: number,
  character: number,
  severity: FileFinding['severity'],
  rule: string,
): FileFinding {
  const start = { line, character };
  return { rule, severity, message: 'Something is wrong.', range: { start, end: start } };
}
