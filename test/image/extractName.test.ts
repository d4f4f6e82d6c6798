import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { extractName, freshName } from '../../core/image/extractName.ts';

describe('the name of an extracted picture', () => {
  it('says of which file, record and image it is', () => {
    assert.equal(extractName('train.jsonl', 12, 1, 'png'), 'train-record12-image1.png');
    assert.equal(extractName('Untitled-1', 1, 2, 'jpg'), 'Untitled-1-record1-image2.jpg');
  });

  it('holds nothing that leads to another folder or that a system refuses', () => {
    assert.equal(extractName('a:b*c?.jsonl', 1, 1, 'png'), 'a-b-c--record1-image1.png');
    assert.equal(extractName('.jsonl', 1, 1, 'png'), 'record1-image1.png');
  });

  it('is one that is not taken', async () => {
    const taken = new Set(['x.png', 'x-2.png']);
    const fresh = (name: string): Promise<string> =>
      freshName(name, (each) => Promise.resolve(taken.has(each)));
    assert.equal(await fresh('x.png'), 'x-3.png');
    assert.equal(await fresh('y.png'), 'y.png');
  });
});
