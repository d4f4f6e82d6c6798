import type { DatasetTotals, PlaceName } from '../dataset/totals.ts';
import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

/** Of all images. Fewer than a tenth are exceptions, which image-detail-cost names one by one. */
const leastShare = 0.1;

export const mixedDetail: DatasetRule = {
  id: 'mixed-detail',
  summary: 'The images of a file have the same detail.',
  severity: 'info',
  scope: 'dataset',
  *check(view) {
    const used = countDetails(view).filter(
      ({ count }) => count >= view.images * leastShare && count > 0,
    );
    const [most, ...others] = used.sort((a, b) => b.count - a.count);
    const line = others[0] && view.places[others[0].place];
    if (!most || line === undefined) return;
    const counts = used.map(({ name, count }) => `${formatCount(count)} ${name}`).join(', ');
    yield {
      line,
      message: `Images have different details (${counts}); expected one, as the model will be used.`,
    };
  },
};

interface DetailCount {
  readonly name: string;
  readonly count: number;
  readonly place: PlaceName;
}

function countDetails({ lowDetail, highDetail, autoDetail }: DatasetTotals): DetailCount[] {
  return [
    { name: 'low', count: lowDetail, place: 'firstLowDetail' },
    { name: 'high', count: highDetail, place: 'firstHighDetail' },
    { name: 'auto', count: autoDetail, place: 'firstAutoDetail' },
  ];
}
