import { MarkdownString, type Position, type TextDocument } from 'vscode';
import { imageFormatOf } from '../core/image/imageFacts.ts';
import { formatCount } from '../core/text/formatCount.ts';
import { contains } from '../core/text/span.ts';
import { mayBeRepaired } from './mayBeRepaired.ts';
import type { PictureIds } from './pictureIds.ts';
import type { RecordPicture } from './readRecord.ts';
import { findingsIn } from './recordFindings.ts';
import { refusePicture } from './thumbnails.ts';
import { toWebLink } from './webLink.ts';

/** Pictures of a document that a person points at. */
export interface PointedAt {
  readonly document: TextDocument;
  readonly position: Position;
  readonly pictures: readonly RecordPicture[];
  /** How many more there are than are shown. */
  readonly more: number;
}

type Link = readonly [title: string, command: string];

/** Commands for one picture, or for a record that has several. Holds no word of the record, for its links are live. */
export function linksTo(pointedAt: PointedAt, ids: PictureIds): MarkdownString {
  const { document, position, pictures } = pointedAt;
  const [picture] = pictures;
  const links = pictures.length > 1 ? linksOfRecord(pointedAt) : linksOfPicture(pointedAt);
  const { uri, version } = document;
  const id = ids.name({ uri, version, line: position.line, index: picture?.index ?? 0 });
  const query = encodeURIComponent(JSON.stringify([id]));
  const markdown = new MarkdownString(
    links.map(([title, command]) => `[${title}](command:${command}?${query})`).join(' · '),
  );
  markdown.isTrusted = { enabledCommands: links.map(([, command]) => command) };
  return markdown;
}

/** The preview shows all of them. */
function linksOfRecord({ more }: PointedAt): readonly Link[] {
  const openPreview = 'visionFinetune.previewRecord';
  return [
    ...(more > 0 ? [[`and ${formatCount(more)} more`, openPreview] as const] : []),
    ['Preview Record', openPreview],
    ['Set Detail…', setImageDetail],
  ];
}

function linksOfPicture({ document, position, pictures }: PointedAt): readonly Link[] {
  const [picture] = pictures;
  if (!picture) return [];
  const links: Link[] = [];
  if (refusePicture(picture) === undefined) links.push(['Open', 'visionFinetune.openPicture']);
  if (imageFormatOf(picture.embedded?.facts) !== undefined) {
    links.push(['Copy', 'visionFinetune.copyPicture']);
    links.push(['Extract…', 'visionFinetune.extractPicture']);
  }
  links.push(['Set Detail…', setImageDetail]);
  if (!picture.embedded && toWebLink(picture.url)) {
    links.push(['Check Address…', 'visionFinetune.checkRemoteImagesOfRecord']);
  }
  const { span } = picture.part.value;
  const findings = findingsIn(document, position.line);
  if (findings.some((each) => contains(span, each.offset) && mayBeRepaired(each))) {
    links.push(['Repair…', 'visionFinetune.repairPicture']);
  }
  return links;
}

const setImageDetail = 'visionFinetune.setImageDetail';
