import type { Fix } from '../finding/finding.ts';
import type { ImageReference, PlacedImage } from '../record/example.ts';
import { addMember, replace } from './jsonEdits.ts';

/** How closely the model looks at an image: OpenAI, "Images and vision", "Choose an image detail level". */
export const detailLevels = ['low', 'high', 'auto'] as const;
export type DetailLevel = (typeof detailLevels)[number];

/** Sets the detail of one image; undefined where `image_url` is not an object and has no place for it. */
export function setDetail(image: ImageReference, level: DetailLevel): Fix | undefined {
  if (!image.object) return undefined;
  const json = JSON.stringify(level);
  return {
    title: `Set detail to ${level}`,
    kind: `detail-${level}`,
    edits: [image.detail ? replace(image.detail, json) : addMember(image.object, 'detail', json)],
    isCertain: false,
  };
}

/** In place of a detail that is none of the levels: the one that was certainly meant, but for its case or white space, else a choice. */
export function correctDetail(image: ImageReference): readonly Fix[] {
  const written = image.detail?.asString()?.trim().toLowerCase();
  const meant = detailLevels.filter((level) => level === written);
  const isCertain = meant.length > 0;
  return (isCertain ? meant : detailLevels).flatMap((level) => {
    const fix = setDetail(image, level);
    return fix ? [{ ...fix, isCertain }] : [];
  });
}

/** Sets the detail of all images of an example that have a place for it and another detail; none where there is nothing to set. */
export function setDetailOfAll(images: readonly PlacedImage[], level: DetailLevel): readonly Fix[] {
  const edits = images
    .filter(({ image }) => image.detail?.asString() !== level)
    .flatMap(({ image }) => setDetail(image, level)?.edits ?? []);
  if (edits.length === 0) return [];
  const title = `Set detail of all images of the example to ${level}`;
  return [{ title, kind: `details-${level}`, edits, isCertain: false }];
}
