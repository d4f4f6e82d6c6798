/** Rules about images for whose findings nothing can be offered: somebody has to look at them. */
const withoutRepair: ReadonlySet<string> = new Set([
  'duplicate-image',
  'image-low-resolution',
  'image-unreachable',
  'screening-forecast',
]);

/** Whether VS Code's menu of repairs may have something for the finding of a picture. */
export function mayBeRepaired({ rule }: { readonly rule: string }): boolean {
  return !withoutRepair.has(rule);
}
