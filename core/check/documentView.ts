import type { Likenesses } from '../dataset/compare.ts';
import type { FileEncoding } from '../dataset/encoding.ts';
import { findPlaces } from '../dataset/totals.ts';
import type { DatasetView } from '../rules/rule.ts';
import type { LineStore } from '../text/lineStore.ts';
import type { CheckContext } from './context.ts';
import type { DocumentMeasure } from './documentMeasure.ts';
import type { CheckedLine } from './lineChecker.ts';

/** A document of lines that are all checked, as the rules about a file see it. `saved` is what the bytes on disk tell. */
export function viewDocument(
  store: LineStore<CheckedLine, DocumentMeasure>,
  { limits, companion }: CheckContext,
  saved: FileEncoding | undefined,
  compare: () => Likenesses,
): DatasetView {
  let comparison: Likenesses | undefined;
  const places = findPlaces(
    limits,
    ({ count, over }) => store.find((measure) => measure[count] > over)?.index,
  );
  return {
    ...store.measure,
    places,
    encoding: saved ?? {
      hasByteOrderMark: false,
      loneReturns: store.measure.loneReturns,
      firstLoneReturn: places.firstLoneReturn,
      invalidBytes: [],
    },
    get comparison() {
      return (comparison ??= compare());
    },
    companion,
  };
}
