import {
  Hover,
  languages,
  MarkdownString,
  Uri,
  type CancellationToken,
  type Disposable,
  type ExtensionContext,
  type Position,
  type TextDocument,
} from 'vscode';
import { describeCost } from '../core/check/describeImageReference.ts';
import { dataUriSource, decodeDataUri, parseDataUri, type DataUri } from '../core/image/dataUri.ts';
import { describeImage } from '../core/image/describeImage.ts';
import { identifyImage } from '../core/image/identifyImage.ts';
import type { ImageFacts } from '../core/image/imageFacts.ts';
import type { Profile } from '../core/profile/profile.ts';
import { findProfile } from '../core/profile/profiles.ts';
import { imagesAt } from '../core/record/imagesAt.ts';
import type { ImageReference } from '../core/record/example.ts';
import { formatCount } from '../core/text/formatCount.ts';
import { language } from './lifecycle.ts';
import { fitPicture, showableFormats } from './pictureSize.ts';
import { PictureStore } from './pictureStore.ts';
import type { StatusItem } from './statusItem.ts';

/** Pictures of a record that one hover shows. */
const maxPictures = 8;

/** VS Code cuts a hover's text at 100,000 characters (markdownRenderer.ts), and shows a cut data URI as text. */
const maxInlineCharacters = 90_000;

/** Shows the pictures of a record where a person points. Fetches nothing. */
export function registerPictureHover(context: ExtensionContext, status: StatusItem): Disposable {
  const store = new PictureStore(Uri.joinPath(context.globalStorageUri, 'pictures'));
  return languages.registerHoverProvider({ language }, { provideHover });

  async function provideHover(
    document: TextDocument,
    position: Position,
    token: CancellationToken,
  ): Promise<Hover | undefined> {
    const images = imagesAt(document.lineAt(position.line).text, position.character);
    if (images.length === 0) return undefined;
    const profile = profileOf(document);
    const contents: MarkdownString[] = [];
    for (const { image } of images.slice(0, maxPictures)) {
      if (token.isCancellationRequested) return undefined;
      contents.push(await showImage(image, profile));
    }
    const more = images.length - maxPictures;
    if (more > 0) contents.push(new MarkdownString().appendText(`and ${formatCount(more)} more`));
    return new Hover(contents);
  }

  function profileOf(document: TextDocument): Profile | undefined {
    const known = status.statusOf(document.uri.toString());
    return findProfile(known?.provider ?? 'azure');
  }

  async function showImage(
    image: ImageReference,
    profile: Profile | undefined,
  ): Promise<MarkdownString> {
    const url = image.url.asString() ?? '';
    const uri = parseDataUri(url);
    const facts = uri && identifyImage(dataUriSource(url, uri));
    const markdown = new MarkdownString();
    if (facts) await appendPicture(markdown, url, uri, facts);
    else appendAddress(markdown, url);
    const lines = facts ? [describeImage(facts)] : [];
    if (profile) lines.push(describeCost(image, facts, profile));
    for (const line of lines) markdown.appendText(line).appendMarkdown('  \n');
    return markdown;
  }

  /** The bytes are shown under the format that they have, whatever the record calls them. */
  async function appendPicture(
    markdown: MarkdownString,
    url: string,
    uri: DataUri,
    facts: ImageFacts,
  ): Promise<void> {
    const size = fitPicture(facts);
    if (!size || !facts.format || !showableFormats.has(facts.format)) return;
    const bytes = decodeDataUri(url, uri);
    const isSmall = Math.ceil(bytes.length / 3) * 4 <= maxInlineCharacters;
    const source = isSmall
      ? `data:image/${facts.format};base64,${Buffer.from(bytes).toString('base64')}`
      : (await store.put(bytes, facts.format)).toString();
    const alternative = describeImage(facts).replaceAll(/[[\]\\]/g, '');
    markdown.appendMarkdown(
      `![${alternative}](${source}|width=${size.width},height=${size.height})\n\n`,
    );
  }
}

/** The address as plain text, and for one on the web a link that opens it when clicked. */
function appendAddress(markdown: MarkdownString, url: string): void {
  markdown.appendCodeblock(url.length > 300 ? `${url.slice(0, 299)}…` : url, 'text');
  const link = toLink(url);
  if (link) markdown.appendMarkdown(`[Open in Browser](${link})\n\n`);
}

/** Safe as the target of a markdown link; undefined unless http or https. */
function toLink(url: string): string | undefined {
  try {
    const { protocol, href } = new URL(url);
    if (protocol !== 'https:' && protocol !== 'http:') return undefined;
    return href.replaceAll(
      /[()<>[\]\\|`]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch {
    return undefined;
  }
}
