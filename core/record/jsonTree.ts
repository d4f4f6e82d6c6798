import { span, type Span } from '../text/span.ts';

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'true' | 'false' | 'null';

/** The first place where a text stops being JSON. */
export interface SyntaxProblem {
  readonly code: SyntaxProblemCode;
  /** The characters that are wrong; empty, at the end, where something is missing there. */
  readonly span: Span;
  /** One sentence without the closing full stop. */
  readonly message: string;
}

export type SyntaxProblemCode =
  | 'no-value'
  | 'unexpected-character'
  | 'unexpected-end'
  | 'trailing-comma'
  | 'single-quotes'
  | 'bare-word'
  | 'control-character'
  | 'bad-escape'
  | 'bad-number'
  | 'second-value'
  | 'too-many-values'
  | 'too-long'
  | 'nul'
  | 'invalid-utf8';

const kinds: readonly JsonKind[] = [
  'object',
  'array',
  'string',
  'number',
  'true',
  'false',
  'null',
  'string',
];

export const objectKind = 0;
export const arrayKind = 1;
export const stringKind = 2;
export const numberKind = 3;
export const trueKind = 4;
export const falseKind = 5;
export const nullKind = 6;
/** A string that is known to hold no escape: what it says is what stands there, megabytes of base64 as well. */
export const plainStringKind = 7;

/** Cells that one node takes on the tape: its kind, start, end, and the index of the node after its subtree. */
export const nodeSize = 4;

/**
 * A JSON text as a flat list of nodes in the order of the text, each a few integers: nothing is copied out of
 * the text until somebody asks for a value. An object's members are pairs of nodes, key then value.
 * A broken text has the nodes up to its problem, with everything that was open there closed at that place.
 */
export class JsonTree {
  readonly text: string;
  readonly problem: SyntaxProblem | undefined;
  readonly #tape: Int32Array;
  readonly #length: number;

  /** `tape` holds `length` cells, `nodeSize` a node; the tree only reads it. */
  constructor(text: string, tape: Int32Array, length: number, problem: SyntaxProblem | undefined) {
    this.text = text;
    this.#tape = tape;
    this.#length = length;
    this.problem = problem;
  }

  /** The outermost value; undefined when the text holds none. */
  get root(): JsonValue | undefined {
    return this.#length === 0 ? undefined : new JsonValue(this, 0);
  }

  /** The same nodes with a problem that shows only outside the text, in its bytes. */
  withProblem(problem: SyntaxProblem): JsonTree {
    return new JsonTree(this.text, this.#tape, this.#length, problem);
  }

  kindOf(node: number): JsonKind {
    return kinds[this.#cell(node)] ?? 'null';
  }

  startOf(node: number): number {
    return this.#cell(node + 1);
  }

  endOf(node: number): number {
    return this.#cell(node + 2);
  }

  /** What a string says, escapes resolved. */
  stringAt(node: number): string {
    const start = this.startOf(node);
    const end = this.endOf(node);
    if (this.#cell(node) === plainStringKind) return this.text.slice(start + 1, end - 1);
    return unquote(this.text.slice(start, end));
  }

  /** The index of the first node after this one and all it contains. */
  after(node: number): number {
    return Math.min(this.#cell(node + 3), this.#length);
  }

  #cell(index: number): number {
    return this.#tape[index] ?? 0;
  }
}

/** A property of an object: `"role": "user"`. */
export interface Member {
  readonly key: JsonValue;
  readonly value: JsonValue;
}

/** One value of a tree: a handle, made when needed. Valid as long as its tree. */
export class JsonValue {
  readonly tree: JsonTree;
  readonly node: number;

  constructor(tree: JsonTree, node: number) {
    this.tree = tree;
    this.node = node;
  }

  get kind(): JsonKind {
    return this.tree.kindOf(this.node);
  }

  /** Of the whole value with its quotes or brackets: `"user"`, `[1, 2]`. */
  get span(): Span {
    return span(this.tree.startOf(this.node), this.tree.endOf(this.node));
  }

  /** The elements of an array; none when it is not one. */
  *elements(): Generator<JsonValue> {
    if (this.kind !== 'array') return;
    const end = this.tree.after(this.node);
    for (let node = this.node + nodeSize; node < end; node = this.tree.after(node)) {
      yield new JsonValue(this.tree, node);
    }
  }

  /** The members of an object in the order of the text, duplicates included; none when it is not one. */
  *members(): Generator<Member> {
    if (this.kind !== 'object') return;
    const end = this.tree.after(this.node);
    for (let node = this.node + nodeSize; node + nodeSize < end;) {
      const value = node + nodeSize;
      yield { key: new JsonValue(this.tree, node), value: new JsonValue(this.tree, value) };
      node = this.tree.after(value);
    }
  }

  /** The value under a key; of duplicates the last, as in `JSON.parse`. */
  get(name: string): JsonValue | undefined {
    if (this.kind !== 'object') return undefined;
    let found: number | undefined;
    const end = this.tree.after(this.node);
    for (let key = this.node + nodeSize; key + nodeSize < end;) {
      const value = key + nodeSize;
      if (isKey(this.tree, key, name)) found = value;
      key = this.tree.after(value);
    }
    return found === undefined ? undefined : new JsonValue(this.tree, found);
  }

  /** The member under a key, with the key as it stands; of duplicates the last. */
  getMember(name: string): Member | undefined {
    const value = this.get(name);
    return value && { key: new JsonValue(this.tree, value.node - nodeSize), value };
  }

  /** Whether an object has no key but some of these; makes nothing, for it is asked of every record. */
  hasOnlyKeys(names: readonly string[]): boolean {
    if (this.kind !== 'object') return true;
    const end = this.tree.after(this.node);
    for (let key = this.node + nodeSize; key + nodeSize < end;) {
      if (!isOneOf(this.tree, key, names)) return false;
      key = this.tree.after(key + nodeSize);
    }
    return true;
  }

  /**
   * The text of a string, escapes resolved; undefined for other kinds. Without escapes it is a slice of the record,
   * which keeps the whole record in memory: `ownCopy` what is to outlive it.
   */
  asString(): string | undefined {
    return this.kind === 'string' ? this.tree.stringAt(this.node) : undefined;
  }

  /** Whether it is the empty string, which is written in one way. */
  get isEmptyString(): boolean {
    const { start, end } = this.span;
    return this.kind === 'string' && end - start === '""'.length;
  }
}

function isOneOf(tree: JsonTree, key: number, names: readonly string[]): boolean {
  for (const name of names) if (isKey(tree, key, name)) return true;
  return false;
}

function isKey(tree: JsonTree, key: number, name: string): boolean {
  const start = tree.startOf(key);
  const end = tree.endOf(key);
  if (end - start === name.length + 2 && tree.text.startsWith(name, start + 1)) return true;
  // A key may be spelled with escapes, which make it longer than its name.
  const isLonger = end - start > name.length + 2 && end - start <= 6 * name.length + 2;
  return isLonger && tree.stringAt(key) === name;
}

/** Given with its quotes. Only one that was read tolerantly may be broken. */
function unquote(raw: string): string {
  if (!raw.includes('\\'))
    return raw.slice(1, raw.endsWith('"') && raw.length > 1 ? -1 : undefined);
  try {
    return JSON.parse(raw) as string;
  } catch {
    return raw.slice(1);
  }
}
