import { readExample } from '../../core/record/example.ts';
import { readJson } from '../../core/record/readJson.ts';
import { countExampleTokens, inspectImages } from '../../core/tokens/exampleTokens.ts';
import type { RecordFacts } from '../protocol.ts';
import type { Snapshot } from '../snapshot.ts';

/** What the record on a line holds and costs; of a broken one what stands before its first problem. Null where there is none. */
export function recordFactsAt({ document }: Snapshot, line: number): RecordFacts | null {
  const record = document.recordAt({ line, character: 0 });
  const example = record && readExample(readJson(record.text));
  if (!example) return null;
  const { profile, learnt } = document.context;
  const inspected = inspectImages(example, learnt);
  const { text, images } = countExampleTokens(example, inspected, profile);
  return { images: inspected.length, tokens: { min: text + images.min, max: text + images.max } };
}
