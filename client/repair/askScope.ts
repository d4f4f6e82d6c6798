import { window, type QuickPickItem, type TextEditor } from 'vscode';
import { countOf } from '../../core/finding/words.ts';
import { chooseImagesAt } from '../../core/record/imagesAt.ts';
import { RecordReader, isLineByLine, toOffset } from '../recordReader.ts';
import type { ImagePlace } from './imagePlace.ts';

interface ScopeItem<T> extends QuickPickItem {
  readonly images: readonly T[];
}

/**
 * Asks for which of some images something is to be done: that at the cursor, those of its record, or all; only where it makes
 * a difference. Undefined when dismissed.
 */
export async function askScope<T extends ImagePlace>(
  { document, selection }: TextEditor,
  title: string,
  images: readonly T[],
): Promise<readonly T[] | undefined> {
  const { active } = selection;
  const { pictures } = new RecordReader().read(document, active.line);
  const [pointedAt, ...others] = chooseImagesAt(pictures, toOffset(document, active));
  const ofRecord = images.filter(({ line }) => line === active.line || !isLineByLine(document));
  const here = others.length === 0 ? pointedAt?.index : undefined;
  const scopes: readonly ScopeItem<T>[] = [
    scope(
      'This image',
      ofRecord.filter(({ image }) => image === here),
    ),
    scope('All images of this record', ofRecord),
    scope('All images of this file', images),
  ];
  const different = scopes.filter((each, index) => {
    const before = scopes[index - 1]?.images.length ?? 0;
    return each.images.length > before;
  });
  if (different.length <= 1) return images;
  const picked = await window.showQuickPick(different, { title, placeHolder: 'Which images' });
  return picked?.images;
}

function scope<T>(label: string, images: readonly T[]): ScopeItem<T> {
  return { label, description: countOf(images.length, 'image'), images };
}
