import { JsonValue, nodeSize, type JsonTree, type Member } from './jsonTree.ts';

/** A key that an object has more than once. */
export interface DuplicateKey {
  /** Every member of the object, in the order of the text. */
  readonly members: readonly Member[];
  /** Indices in `members` of those with the key: two or more. */
  readonly indices: readonly number[];
}

/** The keys that an object of the tree, however deep, has more than once. Makes nothing where there are none. */
export function* findDuplicateKeys(tree: JsonTree): Generator<DuplicateKey> {
  const end = tree.root ? tree.after(tree.root.node) : 0;
  for (let node = 0; node < end; node += nodeSize) {
    if (tree.kindOf(node) === 'object' && mayRepeat(tree, node)) yield* repeatedKeys(tree, node);
  }
}

/** Keys that are compared each with each: with more of them a set is faster. */
const fewKeys = 8;

const fewHashes = new Int32Array(fewKeys);

/** Whether two keys have the same hash, or one is spelled with an escape. */
function mayRepeat(tree: JsonTree, object: number): boolean {
  const end = tree.after(object);
  let many: Set<number> | undefined;
  let count = 0;
  for (let key = object + nodeSize; key + nodeSize < end; key = tree.after(key + nodeSize)) {
    const hash = hashKey(tree, key);
    if (hash === escaped) return true;
    if (many) {
      if (many.size === many.add(hash).size) return true;
    } else if (count === fewKeys) {
      many = new Set(fewHashes);
      if (many.size === many.add(hash).size) return true;
    } else {
      for (let other = 0; other < count; other++) if (fewHashes[other] === hash) return true;
      fewHashes[count++] = hash;
    }
  }
  return false;
}

/** Instead of the hash of a key that has an escape. */
const escaped = -1;

function hashKey(tree: JsonTree, key: number): number {
  const { text } = tree;
  const end = tree.endOf(key) - 1;
  let hash = end - tree.startOf(key);
  for (let at = tree.startOf(key) + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) return escaped;
    hash = (Math.imul(hash, 31) + code) & 0x7fff_ffff;
  }
  return hash;
}

function repeatedKeys(tree: JsonTree, object: number): DuplicateKey[] {
  const members = [...new JsonValue(tree, object).members()];
  const byName = new Map<string | undefined, number[]>();
  for (const [index, { key }] of members.entries()) {
    const name = key.asString();
    const indices = byName.get(name);
    if (indices) indices.push(index);
    else byName.set(name, [index]);
  }
  return [...byName.values()]
    .filter((indices) => indices.length > 1)
    .map((indices) => ({ members, indices }));
}
