import { inspectImage } from '../../core/image/inspectImage.ts';
import { imagesOf, readExample } from '../../core/record/example.ts';
import { readJson } from '../../core/record/readJson.ts';
import { exampleTexts, overheadTokens } from '../../core/tokens/exampleTexts.ts';
import { imageTokens } from '../../core/tokens/imageCost.ts';
import { countLongTextTokens } from '../../core/tokens/textTokens.ts';
import type { RecordFacts } from '../protocol.ts';
import type { Snapshot } from '../snapshot.ts';

/** What the record on a line holds and costs; of a broken one what stands before its first problem. Null where there is none. */
export function recordFactsAt({ document }: Snapshot, line: number): RecordFacts | null {
  const record = document.recordAt({ line, character: 0 });
  const example = record && readExample(readJson(record.text));
  if (!example) return null;
  const { profile } = document.context;
  const images = imagesOf(example);
  const texts = [...exampleTexts(example)].map(({ text }) => text);
  const textTokens = countLongTextTokens(texts) + overheadTokens(example, profile.textTokens);
  let { min, max } = { min: textTokens, max: textTokens };
  for (const { image } of images) {
    const facts = inspectImage(image.url.asString() ?? '');
    const cost = imageTokens(image, facts, profile.imageTokens);
    min += cost.min;
    max += cost.max;
  }
  return { images: images.length, tokens: { min, max } };
}
