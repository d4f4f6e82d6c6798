import {
  add,
  depthwiseConv2d,
  fused,
  maxPool,
  pad,
  relu,
  reshape,
  tensor,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

/** A model as TensorFlow.js stores it (`model.json` of a graph model): operations in the order in which they are done. */
export interface StoredGraph {
  readonly modelTopology: { readonly node: readonly StoredNode[] };
  readonly weightsManifest: readonly { readonly weights: readonly StoredWeight[] }[];
}

interface StoredNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr: Readonly<Record<string, StoredAttribute>>;
}

/** As protocol buffers are written in JSON: integers as text, text as base64. */
interface StoredAttribute {
  readonly s?: string;
  readonly list?: { readonly i?: readonly string[]; readonly s?: readonly string[] };
}

interface StoredWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

/**
 * A network that is ready to run. It knows the eight operations that BlazeFace is made of, for which the converter of
 * TensorFlow.js would bring all 300 and the means to fetch models from the web.
 */
export class Graph {
  readonly #nodes: readonly StoredNode[];
  readonly #weights: ReadonlyMap<string, Tensor>;

  /** `weights` are the numbers of all weights in the order of the manifest, 4 bytes each, the lowest first. */
  constructor({ modelTopology, weightsManifest }: StoredGraph, weights: Uint8Array) {
    this.#nodes = modelTopology.node.filter(({ op }) => op !== 'Const');
    this.#weights = readWeights(
      weightsManifest.flatMap(({ weights }) => weights),
      weights,
    );
  }

  /** What all nodes give for an input, by their names. To be called in `tidy`, which frees them. */
  run(input: Tensor4D): ReadonlyMap<string, Tensor> {
    const tensors = new Map(this.#weights);
    for (const node of this.#nodes) {
      const inputs = (node.input ?? []).map((name) => {
        const found = tensors.get(name);
        if (!found) throw new Error(`${node.name} comes before ${name}`);
        return found;
      });
      tensors.set(node.name, node.op === 'Placeholder' ? input : perform(node, inputs));
    }
    return tensors;
  }
}

/** As many inputs are there as the operation takes: the converter of the model has seen to that. */
function perform(node: StoredNode, inputs: readonly Tensor[]): Tensor {
  const [x, second, bias] = inputs as [Tensor4D, Tensor4D, Tensor];
  switch (node.op) {
    case '_FusedConv2D':
      return fused.conv2d({
        x,
        filter: second,
        bias,
        strides: sidesOf(node, 'strides'),
        pad: paddingOf(node),
        activation: textsOf(node, 'fused_ops').includes('Relu') ? 'relu' : 'linear',
      });
    case 'DepthwiseConv2dNative':
      return depthwiseConv2d(x, second, sidesOf(node, 'strides'), paddingOf(node));
    case 'MaxPool':
      return maxPool(x, sidesOf(node, 'ksize'), sidesOf(node, 'strides'), paddingOf(node));
    case 'AddV2':
      return add(x, second);
    case 'Relu':
      return relu(x);
    case 'Pad':
      return pad(x, pairs([...second.dataSync()]));
    case 'Reshape':
      return reshape(x, [...second.dataSync()]);
    case 'Identity':
      return x;
    default:
      throw new Error(`${node.op} is not known`);
  }
}

/** Down and across, of a list for batch, rows, columns and channels. */
function sidesOf({ attr }: StoredNode, name: string): [number, number] {
  const [, down = 1, across = 1] = (attr[name]?.list?.i ?? []).map(Number);
  return [down, across];
}

function paddingOf({ attr }: StoredNode): 'same' | 'valid' {
  return decodeText(attr['padding']?.s ?? '') === 'SAME' ? 'same' : 'valid';
}

function textsOf({ attr }: StoredNode, name: string): readonly string[] {
  return (attr[name]?.list?.s ?? []).map(decodeText);
}

function decodeText(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

function pairs(numbers: readonly number[]): [number, number][] {
  const count = numbers.length / 2;
  return Array.from({ length: count }, (_, at) => [numbers[2 * at] ?? 0, numbers[2 * at + 1] ?? 0]);
}

function readWeights(stored: readonly StoredWeight[], bytes: Uint8Array): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  // In a buffer of their own they begin where numbers may.
  const { buffer } = new Uint8Array(bytes);
  let at = 0;
  for (const { name, shape, dtype } of stored) {
    const count = shape.reduce((product, side) => product * side, 1);
    const numbers =
      dtype === 'int32' ? new Int32Array(buffer, at, count) : new Float32Array(buffer, at, count);
    tensors.set(name, tensor(numbers, [...shape], dtype));
    at += numbers.byteLength;
  }
  return tensors;
}
