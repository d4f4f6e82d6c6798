import type { Step } from './protocol.ts';

/** The step from one record to another that a key means, wherever the focus is: left and right, and with Shift to a problem. */
export function stepOf(event: KeyboardEvent): Step | undefined {
  const { key, shiftKey, altKey, ctrlKey, metaKey, target } = event;
  if (altKey || ctrlKey || metaKey) return undefined;
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  // A long line of code is scrolled by the same keys, and the cursor of a field moved.
  if (target instanceof HTMLElement && target.matches('.code, input')) return undefined;
  const step = key === 'ArrowRight' ? 'next' : 'previous';
  return shiftKey ? `${step}Problem` : step;
}
