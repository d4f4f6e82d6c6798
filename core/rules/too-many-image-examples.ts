import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

export const tooManyImageExamples: DatasetRule = {
  id: 'too-many-image-examples',
  summary: 'A training file has at most 50,000 examples with images.',
  // The limit is documented; what happens past it is not.
  severity: 'warning',
  scope: 'dataset',
  *check({ imageExamples, firstExcessImageLine }, { limits }) {
    if (firstExcessImageLine === undefined) return;
    const limit = formatCount(limits.maxImageExamples);
    yield {
      line: firstExcessImageLine,
      message: `File has ${formatCount(imageExamples)} examples with images; the service takes at most ${limit}, counted up to here.`,
    };
  },
};
