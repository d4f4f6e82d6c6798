import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatCount } from '../../core/text/formatCount.ts';

it('formatCount groups thousands by commas and rounds to tenths, whatever the locale', () => {
  const numbers = [0, 999, 1105, 1234567, 2.34, -1105];
  const texts = ['0', '999', '1,105', '1,234,567', '2.3', '-1,105'];
  assert.deepEqual(numbers.map(formatCount), texts);
});
