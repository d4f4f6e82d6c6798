import { createHash } from 'node:crypto';
import { FileType, Uri, workspace } from 'vscode';

/** Pictures kept; the oldest go first. At 10 MB each this is at most 640 MB, and a few MB in practice. */
const maxPictures = 64;

/** Copies of pictures that are too large to stand in a hover's text, in a folder that VS Code serves images from. */
export class PictureStore {
  readonly #folder: Uri;

  constructor(folder: Uri) {
    this.#folder = folder;
  }

  /** The file with these bytes, named by their hash, written unless it is there. */
  async put(bytes: Uint8Array, extension: string): Promise<Uri> {
    const file = Uri.joinPath(
      this.#folder,
      `${createHash('sha256').update(bytes).digest('hex')}.${extension}`,
    );
    if (await exists(file)) return file;
    const unfinished = file.with({ path: `${file.path}.${process.pid}` });
    await workspace.fs.createDirectory(this.#folder);
    await workspace.fs.writeFile(unfinished, bytes);
    await workspace.fs.rename(unfinished, file, { overwrite: true });
    await this.#prune();
    return file;
  }

  async #prune(): Promise<void> {
    const entries = await workspace.fs.readDirectory(this.#folder);
    if (entries.length <= maxPictures) return;
    const files = entries
      .filter(([, type]) => type === FileType.File)
      .map(([name]) => Uri.joinPath(this.#folder, name));
    const dated = await Promise.all(
      files.map(async (file) => ({ file, time: (await workspace.fs.stat(file)).mtime })),
    );
    dated.sort((a, b) => b.time - a.time);
    for (const { file } of dated.slice(maxPictures)) await workspace.fs.delete(file);
  }
}

async function exists(file: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
