import { imagesOf, readExample } from '../../core/record/example.ts';
import { JsonScratch, readJson } from '../../core/record/readJson.ts';
import type { RecordAt } from '../../core/check/checkedDocument.ts';
import type { WebAddressesParams } from '../protocol.ts';
import type { Snapshot } from '../snapshot.ts';

/** The addresses of images on the web as they are written, a record at a time. A record that is not JSON has none. */
export function* webAddresses(
  { document }: Snapshot,
  { line }: Pick<WebAddressesParams, 'line'>,
): Generator<readonly string[]> {
  const scratch = new JsonScratch();
  for (const { text } of line === undefined ? document.records() : recordOn(line)) {
    const tree = readJson(text, scratch);
    const example = tree.problem ? undefined : readExample(tree);
    const images = example ? imagesOf(example) : [];
    yield images
      .map(({ image }) => image.url.asString() ?? '')
      .filter((address) => /^https?:/i.test(address));
  }

  function recordOn(line: number): readonly RecordAt[] {
    const record = document.recordAt({ line, character: 0 });
    return record ? [record] : [];
  }
}
