import type { PixelBox } from '../../core/image/learntImages.ts';

/** A face as the detector sees it, in pixels of the picture that it was given. */
export interface FoundFace {
  /** From 0 to 1. */
  readonly confidence: number;
  readonly box: PixelBox;
}

/** Pixels that a side of the detector's input has. */
export const inputSide = 256;

/**
 * Where BlazeFace looks: at every 16th pixel with two candidates, at every 32nd with six (the "back" model of MediaPipe,
 * `face_detection_back.pbtxt`). Its outputs have as many rows, one for each candidate.
 */
export const grids = {
  fine: { stride: 16, candidates: 2 },
  coarse: { stride: 32, candidates: 6 },
} as const satisfies Record<string, Grid>;

export interface Grid {
  readonly stride: number;
  /** At each of its places. */
  readonly candidates: number;
}

/** Numbers of a candidate: how far its centre is from its place, its width and height, and six points of a face, x and y. */
export const numbersOfCandidate = 16;

/**
 * The candidates of one grid that the detector is at least so sure of. `scores` has a number for each, before the
 * sigmoid; `numbers` has 16.
 */
export function* readCandidates(
  { stride, candidates }: Grid,
  scores: ArrayLike<number>,
  numbers: ArrayLike<number>,
  threshold: number,
): Generator<FoundFace> {
  const perRow = (inputSide / stride) * candidates;
  for (let at = 0; at < scores.length; at++) {
    const confidence = 1 / (1 + Math.exp(-(scores[at] ?? -Infinity)));
    if (!(confidence >= threshold)) continue;
    const column = Math.floor((at % perRow) / candidates);
    const row = Math.floor(at / perRow);
    const [dx = 0, dy = 0, width = 0, height = 0] = [0, 1, 2, 3].map(
      (each) => numbers[at * numbersOfCandidate + each] ?? 0,
    );
    const x = (column + 0.5) * stride + dx - width / 2;
    const y = (row + 0.5) * stride + dy - height / 2;
    yield { confidence, box: { x, y, width, height } };
  }
}

/** Share of two boxes that may be common to them, of what both cover, before they are one face. As in MediaPipe. */
const maxOverlap = 0.3;

/** One candidate for each face: the surest of those that lie over each other. The surest face comes first. */
export function chooseFaces(candidates: Iterable<FoundFace>): readonly FoundFace[] {
  const chosen: FoundFace[] = [];
  for (const face of [...candidates].sort((a, b) => b.confidence - a.confidence)) {
    if (chosen.every(({ box }) => overlap(box, face.box) <= maxOverlap)) chosen.push(face);
  }
  return chosen;
}

/** The area common to two boxes over the area of both: from 0 to 1. */
function overlap(a: PixelBox, b: PixelBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const common = Math.max(0, width) * Math.max(0, height);
  const both = a.width * a.height + b.width * b.height - common;
  return both > 0 ? common / both : 0;
}
