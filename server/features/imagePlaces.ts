import { imagesOf, readExample } from '../../core/record/example.ts';
import { JsonScratch, readJson } from '../../core/record/readJson.ts';
import type { ImagePlacesParams, PlacedAddress } from '../protocol.ts';
import type { Snapshot } from '../snapshot.ts';

const beginnings = { web: /^https?:/i, embedded: /^data:/i };

/** Where images of one kind are, a record at a time. A record that is not JSON has none. */
export function* imagePlaces(
  { document }: Snapshot,
  { kind }: Pick<ImagePlacesParams, 'kind'>,
): Generator<readonly PlacedAddress[]> {
  const scratch = new JsonScratch();
  let record = 0;
  for (const { text, line } of document.records()) {
    record++;
    const tree = readJson(text, scratch);
    const example = tree.problem ? undefined : readExample(tree);
    const places: PlacedAddress[] = [];
    for (const [image, { image: reference }] of (example ? imagesOf(example) : []).entries()) {
      const address = reference.url.asString() ?? '';
      if (!beginnings[kind].test(address)) continue;
      places.push({ line, record, image, address: kind === 'web' ? address : '' });
    }
    yield places;
  }
}
