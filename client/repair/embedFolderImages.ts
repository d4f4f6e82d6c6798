import { Uri, window, workspace } from 'vscode';
import { replace } from '../../core/fixes/jsonEdits.ts';
import { restoreBytes, type Embedding } from '../../core/image/embedBytes.ts';
import { mapName, readAddresses } from '../../core/image/imageMap.ts';
import { changeImages } from './changeImages.ts';
import { askFolder, chooseImages, tellConversions, type ConversionTools } from './conversion.ts';
import type { Conversion } from './conversionWords.ts';
import { Room } from './room.ts';

const title = 'Embed Images From a Folder';

/** A longer file is not read: no document has room for it. */
const maxFileBytes = 40_000_000;

/** Puts extracted pictures back into their records, as their files are now. */
export async function embedFolderImages({ client, report }: ConversionTools): Promise<void> {
  const folder = await askFolder('Embed Images From Here');
  const names = folder && (await readMap(folder));
  if (!names) return;
  const chosen = await chooseImages(client, title, 'web', ({ address }) => names.has(address));
  if (!chosen) return;
  const { editor, version, images, maxBytes } = chosen;
  const { document } = editor;
  const room = new Room(document);
  const conversions: Conversion[] = [];
  let wantsRepair = false;
  const outcome = await changeImages({
    document,
    version,
    title: `Embedding images of ${workspace.asRelativePath(document.uri)}`,
    places: images,
    async change({ image: { url } }, { line, image, address }) {
      const words = names.get(address) ?? '';
      const embedding = room.take(await read(Uri.joinPath(folder, words), maxBytes));
      if (embedding.kind === 'left') {
        conversions.push({ kind: 'left', line, image, reason: `${words}: ${embedding.reason}` });
        return [];
      }
      const { byteLength, uri } = embedding;
      wantsRepair ||= embedding.wantsRepair;
      conversions.push({ kind: 'converted', line, image, words, byteLength });
      return [replace(url, JSON.stringify(uri))];
    },
  });
  await tellConversions(editor, outcome, 'embedded', conversions, { report, wantsRepair });
}

async function readMap(folder: Uri): Promise<ReadonlyMap<string, string> | undefined> {
  const file = Uri.joinPath(folder, mapName);
  const bytes = await readFile(file);
  const names = bytes && readAddresses(new TextDecoder().decode(bytes));
  if (!names) {
    void window.showWarningMessage(
      `There is no ${mapName} in this folder that tells which image is which.`,
    );
  }
  return names;
}

async function read(file: Uri, maxBytes: number): Promise<Embedding> {
  const bytes = await readFile(file);
  if (!bytes) return { kind: 'left', reason: 'its file cannot be read' };
  return restoreBytes(bytes, maxBytes);
}

/** Undefined for what is not there, or is longer than any document. */
async function readFile(file: Uri): Promise<Uint8Array | undefined> {
  try {
    const { size } = await workspace.fs.stat(file);
    return size > maxFileBytes ? undefined : await workspace.fs.readFile(file);
  } catch {
    return undefined;
  }
}
