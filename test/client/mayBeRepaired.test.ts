import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayBeRepaired } from '../../client/mayBeRepaired.ts';
import { rules } from '../../core/rules/index.ts';
import { readText } from '../helpers/repository.ts';

describe('the repair of a picture', () => {
  it('is offered unless all findings are of rules whose pages say that there is none', () => {
    const without = rules.filter((rule) => !mayBeRepaired({ rule: rule.id })).map(({ id }) => id);
    assert.deepEqual(without.length, 4);
    for (const id of without) {
      assert.match(readText(`docs/rules/${id}.md`), /^## Fixes\n\nNone(?: here)?: /m, id);
    }
  });
});
