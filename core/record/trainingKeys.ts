import type { JsonValue } from './jsonTree.ts';

/** Keys that only training records have at their top: chat, completion and preference formats. */
export const trainingKeys = ['messages', 'prompt', 'input', 'preferred_output'] as const;

export function hasTrainingKey(root: JsonValue | undefined): boolean {
  return root !== undefined && trainingKeys.some((key) => root.get(key));
}
