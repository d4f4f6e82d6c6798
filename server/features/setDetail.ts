import type { TextEdit } from 'vscode-languageserver';
import type { RecordAt } from '../../core/check/checkedDocument.ts';
import { setDetail } from '../../core/fixes/detailFixes.ts';
import { imagesOf, readExample, type PlacedImage } from '../../core/record/example.ts';
import { imagesAt } from '../../core/record/imagesAt.ts';
import { readJson } from '../../core/record/readJson.ts';
import type { SetDetailParams } from '../protocol.ts';
import type { Snapshot } from '../snapshot.ts';
import { toTextEdits } from './codeActions.ts';

/** The edits that set the detail of images, a record at a time; an image that has it already has none. */
export function* detailEdits(
  { document }: Snapshot,
  { detail, position, scope }: Pick<SetDetailParams, 'detail' | 'position' | 'scope'>,
): Generator<TextEdit[]> {
  if (scope === 'file') {
    for (const record of document.records()) yield editsIn(record, imagesIn(record.text), detail);
    return;
  }
  const record = position && document.recordAt(position);
  if (!record) return;
  const images =
    scope === 'record'
      ? imagesIn(record.text)
      : imagesAt(record.text, record.offsetOf(position)).slice(0, 1);
  yield editsIn(record, images, detail);
}

/** A record that is not JSON is left alone. */
function imagesIn(text: string): readonly PlacedImage[] {
  const tree = readJson(text);
  const example = tree.problem ? undefined : readExample(tree);
  return example ? [...imagesOf(example)] : [];
}

function editsIn(
  record: RecordAt,
  images: readonly PlacedImage[],
  detail: SetDetailParams['detail'],
): TextEdit[] {
  const edits = images
    .filter(({ image }) => image.detail?.asString() !== detail)
    .flatMap(({ image }) => setDetail(image, detail)?.edits ?? []);
  return toTextEdits(record, edits);
}
