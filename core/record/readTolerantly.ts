import { visit } from 'jsonc-parser';
import {
  arrayKind,
  falseKind,
  JsonTree,
  nodeSize,
  nullKind,
  numberKind,
  objectKind,
  stringKind,
  trueKind,
} from './jsonTree.ts';
import { readJson } from './readJson.ts';

/**
 * Reads a record as far as anything can be made of it: past its first problem jsonc-parser's recovery goes on, so
 * that a picture is found behind a missing comma. The tree keeps the problem. Only for one record at a time: it costs
 * ten times `readJson`.
 */
export function readTolerantly(text: string): JsonTree {
  const tree = readJson(text);
  if (!tree.problem) return tree;
  const tape = new RecoveryTape();
  try {
    visit(text, {
      onObjectBegin: (offset) => tape.open(objectKind, offset),
      onArrayBegin: (offset) => tape.open(arrayKind, offset),
      onObjectProperty: (_name, offset, length) => tape.addKey(offset, length),
      onLiteralValue: (value, offset, length) => tape.addValue(kindOf(value), offset, length),
      onObjectEnd: (offset, length) => tape.close(offset + length),
      onArrayEnd: (offset, length) => tape.close(offset + length),
    });
  } catch {
    // It recurses, and overflows some tens of thousands of levels down.
    return tree;
  }
  return tape.toTree(text).withProblem(tree.problem);
}

/** Nodes as `JsonTree` wants them, from events that may lack a value behind a key or the end of an object. */
class RecoveryTape {
  readonly #cells: number[] = [];
  readonly #open: number[] = [];
  #keyEnd: number | undefined;

  open(kind: number, offset: number): void {
    this.#open.push(this.addValue(kind, offset, 1));
  }

  addKey(offset: number, length: number): void {
    this.#completeMember();
    this.#add(stringKind, offset, offset + length);
    this.#keyEnd = offset + length;
  }

  addValue(kind: number, offset: number, length: number): number {
    this.#keyEnd = undefined;
    return this.#add(kind, offset, offset + length);
  }

  close(end: number): void {
    this.#completeMember();
    const node = this.#open.pop();
    if (node === undefined) return;
    this.#cells[node + 2] = end;
    this.#cells[node + 3] = this.#cells.length;
  }

  toTree(text: string): JsonTree {
    while (this.#open.length > 0) this.close(text.length);
    return new JsonTree(text, Int32Array.from(this.#cells), this.#cells.length, undefined);
  }

  /** A key whose value is missing has an empty null. */
  #completeMember(): void {
    if (this.#keyEnd !== undefined) this.addValue(nullKind, this.#keyEnd, 0);
  }

  #add(kind: number, start: number, end: number): number {
    const node = this.#cells.length;
    this.#cells.push(kind, start, end, node + nodeSize);
    return node;
  }
}

function kindOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return stringKind;
    case 'number':
      return numberKind;
    case 'boolean':
      return value ? trueKind : falseKind;
    default:
      return nullKind;
  }
}
