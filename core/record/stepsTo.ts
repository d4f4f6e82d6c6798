import { contains } from '../text/span.ts';
import type { JsonTree, JsonValue } from './jsonTree.ts';

/** A value on the way from the outermost one to a place. */
export interface Step {
  readonly value: JsonValue;
  /** In an object. */
  readonly key?: JsonValue;
  /** In an array, from 0. */
  readonly index?: number;
}

/**
 * The values that a place is in, the outermost first; a key belongs to its value. Empty outside of all. Of two values that
 * touch at the place, it is in the second.
 */
export function stepsTo(tree: JsonTree, offset: number): readonly Step[] {
  const { root } = tree;
  if (!root || !contains(root.span, offset)) return [];
  const steps: Step[] = [{ value: root }];
  for (let next = childAt(root, offset); next; next = childAt(next.value, offset)) steps.push(next);
  return steps;
}

/** The names and numbers on the way: `messages`, `0`, `role`. */
export function pathOf(steps: readonly Step[]): (string | number)[] {
  return steps.slice(1).map(({ key, index }) => key?.asString() ?? index ?? 0);
}

function childAt(value: JsonValue, offset: number): Step | undefined {
  let found: Step | undefined;
  for (const child of childrenOf(value)) {
    const { start } = (child.key ?? child.value).span;
    if (start > offset) break;
    if (offset <= child.value.span.end) found = child;
  }
  return found;
}

function* childrenOf(value: JsonValue): Generator<Step> {
  yield* value.members();
  let index = 0;
  for (const element of value.elements()) yield { value: element, index: index++ };
}
