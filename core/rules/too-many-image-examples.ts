import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

export const tooManyImageExamples: DatasetRule = {
  id: 'too-many-image-examples',
  summary: 'A training file has at most 50,000 examples with images.',
  // The limit is documented; what happens past it is not.
  severity: 'warning',
  scope: 'dataset',
  *check({ imageExamples, places }, { limits }) {
    const line = places.firstExcessImageExample;
    if (line === undefined) return;
    const found = `File has ${formatCount(imageExamples)} examples with images`;
    const limit = formatCount(limits.maxImageExamples);
    yield {
      line,
      message: `${found}; the service takes at most ${limit}, and this is the first past it.`,
    };
  },
};
