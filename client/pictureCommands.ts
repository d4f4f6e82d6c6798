import {
  commands,
  env,
  FileSystemError,
  Range,
  Uri,
  ViewColumn,
  window,
  workspace,
  type TextDocument,
  type TextEditor,
} from 'vscode';
import { severities } from '../core/finding/finding.ts';
import { describeImage } from '../core/image/describeImage.ts';
import { extractName, freshName } from '../core/image/extractName.ts';
import {
  imageFormatOf,
  mediaTypeOf,
  type ImageFacts,
  type ImageFormat,
} from '../core/image/imageFacts.ts';
import { placeOf } from '../core/record/example.ts';
import { chooseImagesAt } from '../core/record/imagesAt.ts';
import { contains } from '../core/text/span.ts';
import type { PictureIds, PicturePlace } from './pictureIds.ts';
import type { RecordPicture } from './readRecord.ts';
import { findingsIn } from './recordFindings.ts';
import { isLineByLine, toOffset, toPosition, type RecordReader } from './recordReader.ts';
import { bytesOf } from './thumbnails.ts';

/** What is done with one picture: of a link in a hover, of the preview, or at the cursor. */
export class PictureCommands {
  readonly #reader: RecordReader;
  readonly #ids: PictureIds;

  constructor(reader: RecordReader, ids: PictureIds) {
    this.#reader = reader;
    this.#ids = ids;
  }

  /** The picture that a link names; without a link the one at the cursor, asked for where there are several. */
  async choose(link: unknown): Promise<PicturePlace | undefined> {
    if (link === undefined) return this.#atCursor();
    const place = this.#ids.find(link);
    return place && this.#find(place) ? place : undefined;
  }

  async copy(place: PicturePlace | undefined): Promise<void> {
    const { facts, format, bytes } = (place && this.#embedded(place)) ?? {};
    if (!facts || !format || !bytes) return;
    const base64 = Buffer.from(bytes).toString('base64');
    // As the bytes are, whatever the record declares.
    await env.clipboard.writeText(`data:${mediaTypeOf(format)};base64,${base64}`);
    window.setStatusBarMessage(`Copied as a data URI: ${describeImage(facts)}`, noticeMs);
  }

  /** Writes the bytes of a picture, as they are, into a file that was not there. */
  async extract(place: PicturePlace | undefined): Promise<void> {
    const { format, bytes } = (place && this.#embedded(place)) ?? {};
    if (!place || !format || !bytes) return;
    const ending = format === 'jpeg' ? 'jpg' : format;
    const folder = folderOf(place.uri);
    const source = place.uri.path.slice(place.uri.path.lastIndexOf('/') + 1);
    const name = extractName(source, await this.#recordNumber(place), place.index + 1, ending);
    const fresh = await freshName(name, (each) => exists(Uri.joinPath(folder, each)));
    const target = await window.showSaveDialog({
      title: 'Extract Picture to a File',
      defaultUri: Uri.joinPath(folder, fresh),
    });
    if (!target) return;
    if (await exists(target)) {
      void window.showWarningMessage(
        `${workspace.asRelativePath(target)} is there already, and is left as it is.`,
      );
      return;
    }
    await workspace.fs.writeFile(target, bytes);
    const open = 'Open';
    const choice = await window.showInformationMessage(
      `Written: ${workspace.asRelativePath(target)}`,
      open,
    );
    if (choice === open) await commands.executeCommand('vscode.open', target);
  }

  /** Puts the cursor on a picture, in the editor that shows its file. Whether it is still there. */
  async select(place: PicturePlace | undefined): Promise<boolean> {
    const found = place && this.#find(place);
    if (!found) return false;
    const { start } = placeOf(found.picture.image.url);
    await showPlace(found.document, place.line, start);
    return true;
  }

  /** Opens VS Code's menu of repairs at the gravest finding of a picture. */
  async repair(place: PicturePlace | undefined): Promise<void> {
    const found = place && this.#find(place);
    if (!found) return;
    const { span } = found.picture.part.value;
    const [gravest] = findingsIn(found.document, place.line)
      .filter(({ offset }) => contains(span, offset))
      .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
    await showPlace(found.document, place.line, gravest?.offset ?? span.start);
    await commands.executeCommand('editor.action.quickFix');
  }

  #embedded(
    place: PicturePlace,
  ): { facts: ImageFacts; format: ImageFormat; bytes: Uint8Array } | undefined {
    const found = this.#find(place);
    if (!found) return undefined;
    const { embedded } = found.picture;
    const format = imageFormatOf(embedded?.facts);
    if (embedded && format !== undefined) {
      return { facts: embedded.facts, format, bytes: bytesOf(found.picture) };
    }
    void window.showInformationMessage('There are no bytes of a known image in the record.');
    return undefined;
  }

  #find({
    uri,
    version,
    line,
    index,
  }: PicturePlace): { document: TextDocument; picture: RecordPicture } | undefined {
    const document = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    const picture =
      document?.version === version ? this.#reader.read(document, line).pictures[index] : undefined;
    if (document && picture) return { document, picture };
    void window.showInformationMessage('The file has changed since. Point at the picture again.');
    return undefined;
  }

  async #atCursor(): Promise<PicturePlace | undefined> {
    const editor = window.activeTextEditor;
    if (!editor) return undefined;
    const { document } = editor;
    const { active } = editor.selection;
    const { pictures } = this.#reader.read(document, active.line);
    const pointedAt = chooseImagesAt(pictures, toOffset(document, active));
    const choices = pointedAt.length > 0 ? pointedAt : pictures;
    if (choices.length === 0) {
      void window.showInformationMessage('There is no picture in the record at the cursor.');
      return undefined;
    }
    const picture = choices.length === 1 ? choices[0] : await pick(choices);
    const { uri, version } = document;
    return picture && { uri, version, line: active.line, index: picture.index };
  }

  /** From 1, blank lines apart. */
  async #recordNumber({ uri, line }: PicturePlace): Promise<number> {
    const document = await workspace.openTextDocument(uri);
    if (!isLineByLine(document)) return 1;
    let number = 1;
    for (let each = 0; each < line; each++) {
      if (!document.lineAt(each).isEmptyOrWhitespace) number++;
    }
    return number;
  }
}

/** How long the status bar says what was done, in milliseconds. */
const noticeMs = 4000;

/** Shows a place in the editor that has the document already, or else in the first column, and gives it the focus. */
export async function showPlace(
  document: TextDocument,
  line: number,
  offset: number,
): Promise<void> {
  const at = toPosition(document, line, offset);
  await window.showTextDocument(document, {
    selection: new Range(at, at),
    viewColumn: editorOf(document)?.viewColumn ?? ViewColumn.One,
  });
}

/** An editor that shows the document now. */
export function editorOf(document: TextDocument): TextEditor | undefined {
  return window.visibleTextEditors.find((editor) => editor.document === document);
}

async function pick(pictures: readonly RecordPicture[]): Promise<RecordPicture | undefined> {
  const items = pictures.map((picture) => ({
    label: `Image ${picture.index + 1}`,
    description: picture.embedded ? describeImage(picture.embedded.facts) : 'on the web',
    picture,
  }));
  return (await window.showQuickPick(items, { placeHolder: 'Which picture' }))?.picture;
}

function folderOf(uri: Uri): Uri {
  if (uri.scheme === 'untitled' || uri.query !== '') {
    return workspace.workspaceFolders?.[0]?.uri ?? Uri.file('.');
  }
  return Uri.joinPath(uri, '..');
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    // Whatever cannot be looked at is not written over either.
    return !(error instanceof FileSystemError && error.code === 'FileNotFound');
  }
}
