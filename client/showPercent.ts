import type { Progress } from 'vscode';

/** Shows in a progress bar how much of all is done, and what else there is to say. */
export function showPercent(
  progress: Progress<{ readonly message: string; readonly increment: number }>,
): (done: number, all: number, more?: string) => void {
  let shown = 0;
  return (done, all, more = '') => {
    const percent = Math.floor((done / Math.max(1, all)) * 100);
    progress.report({ increment: percent - shown, message: `${percent} %${more}` });
    shown = percent;
  };
}
