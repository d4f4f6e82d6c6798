import {
  Disposable,
  Hover,
  languages,
  MarkdownString,
  Uri,
  workspace,
  type CancellationToken,
  type ExtensionContext,
  type Position,
  type TextDocument,
} from 'vscode';
import {
  describeImageReference,
  readImageReference,
  type ReadImage,
} from '../core/check/describeImageReference.ts';
import { decodeDataUri } from '../core/image/dataUri.ts';
import { describeImage } from '../core/image/describeImage.ts';
import type { Profile } from '../core/profile/profile.ts';
import { findProfile } from '../core/profile/profiles.ts';
import { imagesAt } from '../core/record/imagesAt.ts';
import type { PlacedImage } from '../core/record/example.ts';
import { contains } from '../core/text/span.ts';
import { formatCount } from '../core/text/formatCount.ts';
import { documents, language, type Lifecycle } from './lifecycle.ts';
import { fitPicture, roomFor, showableFormats, type PictureSize } from './pictureSize.ts';
import { PictureStore } from './pictureStore.ts';
import type { StatusItem } from './statusItem.ts';
import { toWebLink } from './webLink.ts';

/** Pictures of a record that one hover shows. */
const maxPictures = 8;

/** VS Code cuts a hover's text at 100,000 characters (markdownRenderer.ts), and shows a cut data URI as text. */
const maxInlineCharacters = 90_000;

/** An address longer than this is cut. */
const maxAddressCharacters = 300;

/** Shows the pictures of a record where a person points. Fetches nothing. */
export function registerPictureHover(
  context: ExtensionContext,
  status: StatusItem,
  { onDidStart }: Pick<Lifecycle, 'onDidStart'>,
): Disposable {
  const store = new PictureStore(Uri.joinPath(context.globalStorageUri, 'pictures'), workspace.fs);
  const register = (): Disposable => languages.registerHoverProvider(documents, { provideHover });
  let registration = register();
  // Of several hovers VS Code shows first what was registered last: pictures stand above the server's words about keys.
  const listener = onDidStart(() => {
    registration.dispose();
    registration = register();
  });
  return new Disposable(() => {
    listener.dispose();
    registration.dispose();
  });

  async function provideHover(
    document: TextDocument,
    position: Position,
    token: CancellationToken,
  ): Promise<Hover | undefined> {
    const images = imagesIn(document, position);
    if (images.length === 0) return undefined;
    const pictures = images.slice(0, maxPictures).map(({ image }) => readImageReference(image));
    const room = roomAt(document, position, pictures.length);
    const markdown = new MarkdownString();
    for (const picture of pictures) {
      if (token.isCancellationRequested) return undefined;
      await appendPicture(markdown, picture, room, maxInlineCharacters / pictures.length);
    }
    const profile = profileOf(document);
    for (const picture of pictures) appendWords(markdown, picture, profile, pictures.length);
    const more = images.length - pictures.length;
    if (more > 0) markdown.appendMarkdown(`\n\nand ${formatCount(more)} more`);
    return new Hover(markdown);
  }

  /** What is applied to the file; undefined until the server has told. */
  function profileOf(document: TextDocument): Profile | undefined {
    const known = status.statusOf(document.uri.toString());
    return known && findProfile(known.provider, known.model);
  }

  /** Small pictures in the text itself, large ones as a file; undefined where no file can be kept. */
  async function addressOf(
    bytes: Uint8Array,
    format: string,
    inlineCharacters: number,
  ): Promise<string | undefined> {
    const isSmall = Math.ceil(bytes.length / 3) * 4 <= inlineCharacters;
    if (!isSmall) return (await store.put(bytes, format))?.toString();
    return `data:image/${format};base64,${Buffer.from(bytes).toString('base64')}`;
  }

  /** The bytes are shown under the format that they have, whatever the record calls them. */
  async function appendPicture(
    markdown: MarkdownString,
    { url, embedded }: ReadImage,
    room: PictureSize,
    inlineCharacters: number,
  ): Promise<void> {
    if (!embedded) return;
    const { uri, facts } = embedded;
    const size = fitPicture(facts, room);
    if (!size || !facts.format || !showableFormats.has(facts.format)) return;
    const source = await addressOf(decodeDataUri(url, uri), facts.format, inlineCharacters);
    if (source === undefined) return;
    const alternative = describeImage(facts).replaceAll(/[[\]\\]/g, '');
    markdown.appendMarkdown(
      `![${alternative}](${source}|width=${size.width},height=${size.height}) `,
    );
  }
}

/** A line is a record, unless the document is one: over many lines each picture has its place, and shows only there. */
function imagesIn(document: TextDocument, position: Position): readonly PlacedImage[] {
  if (document.languageId === language)
    return imagesAt(document.lineAt(position.line).text, position.character);
  const offset = document.offsetAt(position);
  const images = imagesAt(document.getText(), offset);
  return images.filter(({ part }) => contains(part.value.span, offset));
}

/** VS Code lists the findings at a place above what extensions say. */
function roomAt(document: TextDocument, position: Position, count: number): PictureSize {
  if (count > 1) return roomFor.oneOfSeveral;
  const findings = languages.getDiagnostics(document.uri);
  return findings.some(({ range }) => range.contains(position))
    ? roomFor.pictureUnderFinding
    : roomFor.onePicture;
}

/** What a picture is and costs: on two lines, or one where there are several. For one somewhere else, its address first. */
function appendWords(
  markdown: MarkdownString,
  picture: ReadImage,
  profile: Profile | undefined,
  count: number,
): void {
  markdown.appendMarkdown('\n\n');
  if (!picture.embedded) appendAddress(markdown, picture.url);
  for (const [index, line] of describeImageReference(picture, profile).entries()) {
    if (index > 0) markdown.appendMarkdown(count > 1 ? ' · ' : '  \n');
    markdown.appendText(line);
  }
}

/** As plain text, and for an address on the web a link that opens it when clicked. */
function appendAddress(markdown: MarkdownString, url: string): void {
  const isLong = url.length > maxAddressCharacters;
  markdown.appendCodeblock(isLong ? `${url.slice(0, maxAddressCharacters - 1)}…` : url, 'text');
  const link = toWebLink(url);
  if (link) markdown.appendMarkdown(`[Open in Browser](${link}) · `);
}
