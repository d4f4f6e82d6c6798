import { Uri, window, workspace, type TextDocument } from 'vscode';
import { replace } from '../../core/fixes/jsonEdits.ts';
import { noPicture } from '../../core/image/embedBytes.ts';
import { extractName, freshName } from '../../core/image/extractName.ts';
import { imageFormatOf } from '../../core/image/imageFacts.ts';
import {
  addressOf,
  mapName,
  readBase,
  writeImageMap,
  type OriginalPlace,
} from '../../core/image/imageMap.ts';
import type { RecordPicture } from '../readRecord.ts';
import { bytesOf } from '../thumbnails.ts';
import { changeImages } from './changeImages.ts';
import {
  askFolder,
  chooseImages,
  exists,
  tellConversions,
  type ConversionTools,
} from './conversion.ts';
import type { Conversion } from './conversionWords.ts';

const title = 'Extract Images to a Folder';

/** Writes embedded pictures into files, and puts addresses in their place: of where the folder is to be published. */
export async function extractImages({ client, report }: ConversionTools): Promise<void> {
  const chosen = await chooseImages(client, title, 'embedded');
  const base = chosen && (await askBase());
  const folder = base === undefined ? undefined : await askFolder('Extract Images Here');
  if (!chosen || base === undefined || !folder) return;
  const map = Uri.joinPath(folder, mapName);
  if (await exists(map)) {
    void window.showWarningMessage(
      `There is ${mapName} in this folder already, of images that were extracted before. Choose another folder.`,
    );
    return;
  }
  const { editor, version, images } = chosen;
  const { document } = editor;
  const files = new ExtractedFiles(document, folder);
  const conversions: Conversion[] = [];
  const outcome = await changeImages({
    document,
    version,
    title: `Extracting images of ${workspace.asRelativePath(document.uri)}`,
    places: images,
    async change(picture, { line, image, record }) {
      const { facts } = picture.embedded ?? {};
      if (!facts || imageFormatOf(facts) === undefined) {
        conversions.push({ kind: 'left', line, image, reason: noPicture });
        return [];
      }
      const name = await files.write(picture, { record, image: image + 1 });
      const { byteLength } = facts;
      conversions.push({ kind: 'converted', line, image, words: name, byteLength });
      return [replace(picture.image.url, JSON.stringify(addressOf(base, name)))];
    },
    async prepare() {
      if (files.places.size === 0) return;
      const json = writeImageMap({ base, images: files.places }, nameOf(document));
      await files.writeNew(mapName, Buffer.from(json));
    },
  });
  if (outcome !== 'done') await files.remove();
  await tellConversions(editor, outcome, 'extracted', conversions, { report });
}

async function askBase(): Promise<string | undefined> {
  const text = await window.showInputBox({
    title,
    prompt:
      'Where you will publish the folder. Each image gets this address with the name of its file.',
    value: 'https://example.com/images/',
    validateInput: (value) =>
      readBase(value) === undefined
        ? 'An address that begins with https:// and has no query is wanted.'
        : undefined,
    ignoreFocusOut: true,
  });
  return text === undefined ? undefined : readBase(text);
}

/** The files that are written, until they are wanted no more. */
class ExtractedFiles {
  readonly #document: TextDocument;
  readonly #folder: Uri;
  /** By what a picture shows: one that stands in many records is one file. */
  readonly #names = new Map<string, string>();
  readonly #written: Uri[] = [];
  readonly places = new Map<string, OriginalPlace[]>();

  constructor(document: TextDocument, folder: Uri) {
    this.#document = document;
    this.#folder = folder;
  }

  /** Gives the name of the file. */
  async write(picture: RecordPicture, place: OriginalPlace): Promise<string> {
    const known = this.#names.get(picture.key);
    const name = known ?? (await this.#writeAnew(picture, place));
    this.#names.set(picture.key, name);
    this.places.set(name, [...(this.places.get(name) ?? []), place]);
    return name;
  }

  async writeNew(name: string, bytes: Uint8Array): Promise<void> {
    const file = Uri.joinPath(this.#folder, name);
    await workspace.fs.writeFile(file, bytes);
    this.#written.push(file);
  }

  async remove(): Promise<void> {
    for (const file of this.#written) await workspace.fs.delete(file);
  }

  async #writeAnew(picture: RecordPicture, { record, image }: OriginalPlace): Promise<string> {
    const { format } = picture.embedded?.facts ?? {};
    const ending = format === 'jpeg' ? 'jpg' : (format ?? 'bin');
    const wanted = extractName(nameOf(this.#document), record, image, ending);
    const name = await freshName(wanted, (each) => exists(Uri.joinPath(this.#folder, each)));
    await this.writeNew(name, bytesOf(picture));
    return name;
  }
}

function nameOf({ uri }: TextDocument): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
