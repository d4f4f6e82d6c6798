import type { FromPage, ToPage } from '../../webview/protocol.ts';
import type { ReadRecord } from '../readRecord.ts';
import type { Thumbnails } from '../thumbnails.ts';
import type { Preview } from './previewRecord.ts';
import { showText } from './textPieces.ts';

/** Messages and parts of a record that are shown before somebody asks for more. */
export const firstBlocks = 300;

/** Characters of a text that come with each request for more. */
const moreCharacters = 100_000;

/** CSS pixels that a picture has room for in a page. */
const pictureRoom = 640;

type Asked<K extends FromPage['kind']> = Extract<FromPage, { kind: K }>;

/** The next piece of a long text. */
export function answerMoreText(
  { texts }: Preview,
  { revision, id, from }: Asked<'moreText'>,
): ToPage {
  const more = showText(texts[id] ?? '', from, moreCharacters);
  return { kind: 'moreText', revision, id, from, ...more };
}

/** A picture that a page asks for, or why it is not shown; undefined where nobody waits for it any more. */
export async function answerPicture(
  thumbnails: Thumbnails,
  { pictures }: ReadRecord,
  { revision, index, isWhole }: Asked<'picture'>,
  signal: AbortSignal,
): Promise<ToPage | undefined> {
  const picture = pictures[index];
  if (!picture) return undefined;
  try {
    const view = isWhole
      ? await thumbnails.whole(picture, signal)
      : await thumbnails.of(picture, pictureRoom, signal);
    if (view.kind === 'hidden') {
      return { kind: 'noPicture', revision, index, isWhole, reason: view.reason };
    }
    const { mediaType } = view;
    // VS Code hands over plain arrays with all the memory behind them, and makes JSON of Node.js's buffers.
    const bytes = new Uint8Array(view.bytes);
    return { kind: 'picture', revision, index, isWhole, bytes, mediaType };
  } catch {
    // Another record is shown.
    return undefined;
  }
}
