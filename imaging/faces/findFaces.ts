import { readFile } from 'node:fs/promises';
import { tensor4d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { chooseFaces, grids, inputSide, readCandidates, type FoundFace } from './candidates.ts';
import { Graph, type StoredGraph } from './graph.ts';
import { modelFiles } from './modelFiles.ts';
import { startTensors } from './startTensors.ts';

export type { FoundFace } from './candidates.ts';

/** A picture that fits the detector's input: at most 256 pixels across and down. */
export interface Pixels {
  /** Red, green and blue of each pixel, from 0 to 255, row by row from the top. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * From here on a face is reported (docs/forecast.md). Of 349 photographs of public test sets, this found 83 of 88 with a clear face, 23 of 48
 * with people who are small, turned or masked, and called a face 2 of 155 things that were none.
 */
const threshold = 0.7;

/** Names of the model's outputs for each grid. */
const outputs = [
  { grid: grids.fine, scores: 'Identity', boxes: 'Identity_2' },
  { grid: grids.coarse, scores: 'Identity_1', boxes: 'Identity_3' },
];

let detector: Promise<Graph> | undefined;

/** The faces of a picture, the surest first, by BlazeFace. The first call reads the model. */
export async function findFaces(pixels: Pixels): Promise<readonly FoundFace[]> {
  detector ??= loadDetector();
  const graph = await detector;
  const { left, top, numbers } = prepare(pixels);
  const candidates: FoundFace[] = [];
  tidy(() => {
    const results = graph.run(tensor4d(numbers, [1, inputSide, inputSide, 3]));
    for (const { grid, scores, boxes } of outputs) {
      candidates.push(
        ...readCandidates(
          grid,
          numbersOf(results.get(scores)),
          numbersOf(results.get(boxes)),
          threshold,
        ),
      );
    }
  });
  return chooseFaces(candidates).map(({ confidence, box }) => ({
    confidence,
    box: { ...box, x: box.x - left, y: box.y - top },
  }));
}

async function loadDetector(): Promise<Graph> {
  const { wasm, model, weights } = modelFiles();
  await startTensors(wasm);
  const graph = JSON.parse(await readFile(model, 'utf8')) as StoredGraph;
  return new Graph(graph, await readFile(weights));
}

/** The picture in the middle of a black square, its colours from -1 to 1. */
function prepare({ data, width, height }: Pixels): {
  readonly left: number;
  readonly top: number;
  readonly numbers: Float32Array;
} {
  const left = Math.floor((inputSide - width) / 2);
  const top = Math.floor((inputSide - height) / 2);
  const numbers = new Float32Array(inputSide * inputSide * 3).fill(-1);
  for (let row = 0; row < height; row++) {
    const from = row * width * 3;
    const to = ((top + row) * inputSide + left) * 3;
    for (let at = 0; at < width * 3; at++) numbers[to + at] = (data[from + at] ?? 0) / 127.5 - 1;
  }
  return { left, top, numbers };
}

function numbersOf(tensor: Tensor | undefined): ArrayLike<number> {
  return tensor?.dataSync() ?? [];
}
