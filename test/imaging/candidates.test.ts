import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  chooseFaces,
  grids,
  numbersOfCandidate,
  readCandidates,
  type FoundFace,
} from '../../imaging/faces/candidates.ts';

/** Outputs of the detector in which one candidate is sure, with these numbers. */
function outputs(count: number, sure: number, numbers: readonly number[]) {
  const scores = new Float32Array(count).fill(-5);
  scores[sure] = 2;
  const boxes = new Float32Array(count * numbersOfCandidate);
  boxes.set(numbers, sure * numbersOfCandidate);
  return { scores, boxes };
}

function faceAt(x: number, y: number, confidence: number): FoundFace {
  return { confidence, box: { x, y, width: 10, height: 10 } };
}

describe('the candidates of the face detector', () => {
  it('stand around the places of their grid', () => {
    const cases = [
      [grids.fine, 512, 0, { x: 8 - 10, y: 8 - 20 }],
      [grids.fine, 512, 1, { x: 8 - 10, y: 8 - 20 }],
      [grids.fine, 512, 2, { x: 24 - 10, y: 8 - 20 }],
      [grids.fine, 512, 511, { x: 248 - 10, y: 248 - 20 }],
      [grids.coarse, 384, 6, { x: 48 - 10, y: 16 - 20 }],
      [grids.coarse, 384, 48, { x: 16 - 10, y: 48 - 20 }],
    ] as const;
    for (const [grid, count, sure, corner] of cases) {
      const { scores, boxes } = outputs(count, sure, [0, 0, 20, 40]);
      const [face, ...others] = readCandidates(grid, scores, boxes, 0.7);
      assert.deepEqual(others, []);
      assert.deepEqual(face?.box, { ...corner, width: 20, height: 40 });
      assert.equal(face.confidence.toFixed(3), '0.881');
    }
  });

  it('are moved by as many pixels as the detector says', () => {
    const { scores, boxes } = outputs(512, 0, [3, -4, 20, 40]);
    const [face] = readCandidates(grids.fine, scores, boxes, 0.7);
    assert.deepEqual(face?.box, { x: 1, y: -16, width: 20, height: 40 });
  });

  it('are left out where the detector is not sure enough, or says nothing', () => {
    const { scores, boxes } = outputs(512, 0, [0, 0, 20, 40]);
    assert.deepEqual([...readCandidates(grids.fine, scores, boxes, 0.9)], []);
    scores[0] = NaN;
    assert.deepEqual([...readCandidates(grids.fine, scores, boxes, 0.1)].length, 0);
    assert.deepEqual([...readCandidates(grids.fine, [], [], 0)], []);
  });
});

describe('the faces among candidates', () => {
  it('are the surest of those that lie over each other, the surest first', () => {
    const faces = chooseFaces([
      faceAt(1, 0, 0.8),
      faceAt(0, 0, 0.9),
      faceAt(0, 1, 0.75),
      faceAt(100, 0, 0.95),
    ]);
    assert.deepEqual(
      faces.map(({ box, confidence }) => [box.x, confidence]),
      [
        [100, 0.95],
        [0, 0.9],
      ],
    );
  });

  it('may touch, and overlap a little', () => {
    // 5 of 15 columns are common: one third; 4 of 16: one quarter.
    assert.equal(chooseFaces([faceAt(0, 0, 0.9), faceAt(5, 0, 0.8)]).length, 1);
    assert.equal(chooseFaces([faceAt(0, 0, 0.9), faceAt(6, 0, 0.8)]).length, 2);
    assert.equal(chooseFaces([faceAt(0, 0, 0.9), faceAt(10, 0, 0.8)]).length, 2);
  });
});
