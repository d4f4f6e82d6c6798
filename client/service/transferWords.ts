import { formatBytes } from '../../core/image/describeImage.ts';
import type { SubmissionProgress, SubmissionResult } from '../../core/service/submission.ts';
import { makeVisible } from '../../core/text/quote.ts';

/** What a submission is doing; `milliseconds` since the first byte of the file that is being sent. */
export function describeProgress(progress: SubmissionProgress, milliseconds: number): string {
  switch (progress.step) {
    case 'uploading': {
      const { name, sent, of } = progress;
      const speed =
        milliseconds > 0 ? `, ${formatBytes(Math.round((sent * 1000) / milliseconds))}/s` : '';
      return `uploading ${makeVisible(name)}: ${formatBytes(sent)} of ${formatBytes(of)}${speed}`;
    }
    case 'processing':
      return `the service processes ${makeVisible(progress.name)} (${makeVisible(progress.status)})`;
    case 'creating':
      return 'creating the job';
    case 'looking-up':
      return 'looking whether the job was created';
  }
}

/** Of a job that was not created here, or not alone. */
export function describeFound({
  jobId,
  withdrawnId,
}: Pick<SubmissionResult, 'jobId' | 'withdrawnId'>): string {
  const id = makeVisible(jobId);
  if (withdrawnId === undefined) return `The job was there already: ${id}. No other was created.`;
  const own = makeVisible(withdrawnId);
  return `Another machine has created the same job in the same moment: ${id}. The one created here, ${own}, is cancelled.`;
}
