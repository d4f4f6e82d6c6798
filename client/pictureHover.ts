import {
  Disposable,
  Hover,
  languages,
  MarkdownString,
  type CancellationToken,
  type Position,
  type TextDocument,
} from 'vscode';
import { describeImageReference } from '../core/check/describeImageReference.ts';
import { describeImage } from '../core/image/describeImage.ts';
import { chooseImagesAt } from '../core/record/imagesAt.ts';
import { contains } from '../core/text/span.ts';
import { makeVisible } from '../core/text/quote.ts';
import { toSignal } from './abortSignal.ts';
import type { LearntStore } from './learntStore.ts';
import { documents, type Lifecycle } from './lifecycle.ts';
import type { PictureIds } from './pictureIds.ts';
import { linksTo, type PointedAt } from './pictureLinks.ts';
import { fitInto, roomFor, uprightSize, type PictureSize } from './pictureSize.ts';
import type { PictureStore } from './pictureStore.ts';
import type { RecordPicture } from './readRecord.ts';
import { findingsIn, type RecordFinding } from './recordFindings.ts';
import { isLineByLine, toOffset, type RecordReader } from './recordReader.ts';
import type { StatusItem } from './statusItem.ts';
import { fileName, type PictureView, type ShownPicture, type Thumbnails } from './thumbnails.ts';
import { toWebLink } from './webLink.ts';

/** Pictures of a record that one hover shows. */
const maxPictures = 8;

/** Of more pictures than these each is shown smaller. */
const maxLarge = 4;

/** VS Code cuts a hover's text at 100,000 characters (markdownRenderer.ts), and shows a cut data URI as text. */
const maxInlineCharacters = 90_000;

/** An address longer than this is cut. */
const maxAddressCharacters = 300;

/** Most findings that are told of one picture. */
const maxFindings = 4;

/** How long a hover waits for its pictures, in milliseconds; the words are there from the beginning. */
const patience = 5000;

export interface HoverParts {
  readonly reader: RecordReader;
  readonly thumbnails: Thumbnails;
  readonly store: PictureStore;
  readonly ids: PictureIds;
  readonly status: StatusItem;
  readonly learnt: LearntStore;
}

/**
 * Shows the pictures of a record where a person points, with what they are and cost. Fetches nothing. Words and pictures are
 * two hovers, which VS Code shows as they come: a picture of 10 MB takes half a second, and nobody waits for it to read.
 */
export function registerPictureHover(
  parts: HoverParts,
  { onDidStart }: Pick<Lifecycle, 'onDidStart'>,
): Disposable {
  // Of several hovers VS Code shows first what was registered last: pictures, words about them, the server's words about keys.
  const register = (): Disposable =>
    Disposable.from(
      languages.registerHoverProvider(documents, {
        provideHover: (document, position) => {
          const pointedAt = findPictures(parts, document, position);
          return pointedAt && describePictures(parts, pointedAt);
        },
      }),
      languages.registerHoverProvider(documents, {
        provideHover: (document, position, token) => {
          const pointedAt = findPictures(parts, document, position);
          return pointedAt && drawPictures(parts, pointedAt, token);
        },
      }),
    );
  let registration = register();
  const listener = onDidStart(() => {
    registration.dispose();
    registration = register();
  });
  return new Disposable(() => {
    listener.dispose();
    registration.dispose();
  });
}

function findPictures(
  { reader }: HoverParts,
  document: TextDocument,
  position: Position,
): PointedAt | undefined {
  const { pictures: all } = reader.read(document, position.line);
  const offset = toOffset(document, position);
  // Over many lines each picture has its place, and shows only there.
  const found = isLineByLine(document)
    ? chooseImagesAt(all, offset)
    : all.filter(({ part }) => contains(part.value.span, offset));
  if (found.length === 0) return undefined;
  const pictures = found.slice(0, maxPictures);
  return { document, position, pictures, more: found.length - pictures.length };
}

/** Undefined where no picture is embedded. */
async function drawPictures(
  { thumbnails, store }: HoverParts,
  { document, position, pictures }: PointedAt,
  token: CancellationToken,
): Promise<Hover | undefined> {
  const embedded = pictures.filter((picture) => picture.embedded);
  if (embedded.length === 0) return undefined;
  const signal = AbortSignal.any([toSignal(token), AbortSignal.timeout(patience)]);
  const side = pictures.length > 1 ? 320 : 640;
  const views = await Promise.all(
    embedded.map((picture) => thumbnails.of(picture, side, signal).catch(() => late)),
  );
  if (token.isCancellationRequested) return undefined;
  const room = roomAt(document, position, pictures.length);
  const inlineCharacters = maxInlineCharacters / pictures.length;
  const markdown = new MarkdownString();
  const hidden: string[] = [];
  for (const [index, view] of views.entries()) {
    const shown = embedded[index];
    if (view.kind === 'hidden') {
      const start = pictures.length > 1 && shown ? `${nameOf(shown)}: not` : 'Not';
      hidden.push(`${start} shown, for ${view.reason}.`);
      continue;
    }
    const source = await addressOf(view, store, inlineCharacters);
    const { facts } = shown?.embedded ?? {};
    if (source === undefined || !facts) continue;
    // As large as the picture itself, not as its copy.
    const size = fitInto(uprightSize(facts) ?? view, room);
    const alternative = describeImage(facts).replaceAll(/[[\]\\]/g, '');
    markdown.appendMarkdown(
      `![${alternative}](${source}|width=${size.width},height=${size.height}) `,
    );
  }
  for (const words of hidden) {
    markdown.appendMarkdown('\n\n');
    markdown.appendText(words);
  }
  return markdown.value === '' ? undefined : new Hover(markdown);
}

const late: PictureView = {
  kind: 'hidden',
  reason: 'it takes longer than a hover waits: point at it again',
};

/** Small pictures in the text itself, large ones as a file; undefined where no file can be kept. */
async function addressOf(
  view: ShownPicture,
  store: PictureStore,
  inlineCharacters: number,
): Promise<string | undefined> {
  const { bytes, mediaType } = view;
  const isSmall = Math.ceil(bytes.length / 3) * 4 <= inlineCharacters;
  if (!isSmall) return (await store.put(fileName(view), bytes))?.toString();
  return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
}

/** VS Code lists the findings at a place above what extensions say. */
function roomAt(document: TextDocument, position: Position, count: number): PictureSize {
  if (count > maxLarge) return roomFor.oneOfMany;
  if (count > 1) return roomFor.oneOfSeveral;
  const findings = languages.getDiagnostics(document.uri);
  return findings.some(({ range }) => range.contains(position))
    ? roomFor.pictureUnderFinding
    : roomFor.onePicture;
}

/** What the pictures are, what was found of them, and what can be done with them. */
function describePictures(parts: HoverParts, pointedAt: PointedAt): Hover {
  const { document, position, pictures } = pointedAt;
  const markdown = new MarkdownString();
  const profile = parts.status.profileOf(document);
  const learnt = parts.learnt.images;
  const findings = findingsElsewhere(document, position);
  for (const picture of pictures) {
    markdown.appendMarkdown('\n\n');
    appendWords(
      markdown,
      picture,
      describeImageReference(picture, profile, learnt),
      pictures.length,
    );
    const { span } = picture.part.value;
    appendFindings(
      markdown,
      findings.filter(({ offset }) => contains(span, offset)),
    );
  }
  return new Hover([markdown, linksTo(pointedAt, parts.ids)]);
}

/** VS Code itself shows the findings under the pointer. */
function findingsElsewhere(document: TextDocument, position: Position): readonly RecordFinding[] {
  const here = new Set(
    languages
      .getDiagnostics(document.uri)
      .filter(({ range }) => range.contains(position))
      .map(({ range }) => toOffset(document, range.start)),
  );
  return findingsIn(document, position.line).filter(({ offset }) => !here.has(offset));
}

/** As the preview calls it, which counts from 1. */
function nameOf({ index }: RecordPicture): string {
  return `Image ${index + 1}`;
}

/** What a picture is and costs: on two lines, or one where there are several. For one somewhere else, its address first. */
function appendWords(
  markdown: MarkdownString,
  picture: RecordPicture,
  words: readonly string[],
  count: number,
): void {
  if (count > 1) markdown.appendMarkdown(nameOf(picture) + (picture.embedded ? ' · ' : ''));
  if (!picture.embedded) appendAddress(markdown, picture.url);
  for (const [index, line] of words.entries()) {
    if (index > 0) markdown.appendMarkdown(count > 1 ? ' · ' : '  \n');
    markdown.appendText(line);
  }
}

/** As plain text, and for an address on the web a link that opens it when clicked. */
function appendAddress(markdown: MarkdownString, url: string): void {
  const isLong = url.length > maxAddressCharacters;
  const shown = isLong ? `${url.slice(0, maxAddressCharacters - 1)}…` : url;
  markdown.appendCodeblock(makeVisible(shown), 'text');
  const link = toWebLink(url);
  if (link) markdown.appendMarkdown(`[Open in Browser](${link}) · `);
}

const marks = { error: '✖', warning: '⚠', info: 'ℹ' } as const;

/** A line each; hints, such as what detail costs, are said by the words already. */
function appendFindings(markdown: MarkdownString, findings: readonly RecordFinding[]): void {
  for (const { severity, message } of findings.slice(0, maxFindings)) {
    if (severity === 'hint') continue;
    markdown.appendMarkdown('  \n');
    markdown.appendMarkdown(toPlainMarkdown(`${marks[severity]} ${message}`));
  }
}

/** A text that markdown shows as it is: a message quotes addresses, and of those and of e-mail addresses VS Code makes links. */
function toPlainMarkdown(text: string): string {
  const { value } = new MarkdownString().appendText(text);
  return value.replaceAll(/[:@]|(?<=www)\./gi, '\\$&');
}
