import { countOf } from '../../core/finding/words.ts';
import { formatBytes } from '../../core/image/describeImage.ts';
import type { FileReport } from '../../core/check/fileChecker.ts';

/** What a report counts, of one file or of several. */
export type Totals = Pick<FileReport, 'records' | 'images' | 'bytes' | 'counts' | 'fixable'>;

export const noTotals: Totals = {
  records: 0,
  images: 0,
  bytes: 0,
  counts: { error: 0, warning: 0, info: 0, hint: 0 },
  fixable: 0,
};

export function addTotals(a: Totals, b: Totals): Totals {
  return {
    records: a.records + b.records,
    images: a.images + b.images,
    bytes: a.bytes + b.bytes,
    counts: {
      error: a.counts.error + b.counts.error,
      warning: a.counts.warning + b.counts.warning,
      info: a.counts.info + b.counts.info,
      hint: a.counts.hint + b.counts.hint,
    },
    fixable: a.fixable + b.fixable,
  };
}

/** `1,204 records, 1,310 images, 61.2 MB` */
export function describeContents({ records, images, bytes }: Totals): string {
  return [countOf(records, 'record'), countOf(images, 'image'), formatBytes(bytes)].join(', ');
}
