import type { Report, Severity } from '../finding/finding.ts';
import { splitImages } from '../fixes/splitFixes.ts';
import { imagesOf, placeOf, type Example } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import type { RecordRule } from './rule.ts';

export const imageCount: RecordRule = {
  id: 'image-count',
  summary: 'An example has no more images than the provider takes.',
  severity: 'error',
  skipsExample: true,
  scope: 'record',
  *check({ example }, { limits, profile }) {
    const { maxImagesPerExample: most, warnImagesPerExample: fewer } = limits;
    const { length } = imagesOf(example);
    const name = profile.providerName;
    if (length > most) {
      const effect = `${name} takes at most ${formatCount(most)} in an example and skips this one`;
      yield report(example, most, 'error', effect);
    } else if (length > fewer) {
      const effect = `${name} trains on them, but the tuned model may take at most ${formatCount(fewer)} in a request`;
      yield report(example, fewer, 'warning', effect);
    }
  },
};

/** On the first image past the limit. */
function report(example: Example, limit: number, severity: Severity, effect: string): Report {
  const images = imagesOf(example);
  return {
    span: placeOf(images[limit]?.image.url ?? example.root),
    severity,
    message: `Example has ${formatCount(images.length)} images; ${effect}.`,
    fixes: () => [splitImages(example, limit)].flatMap((fix) => fix ?? []),
  };
}
