import type { Fix } from '../finding/finding.ts';
import type { ImageReference } from '../record/example.ts';
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
