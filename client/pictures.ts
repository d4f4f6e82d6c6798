import {
  Uri,
  ViewColumn,
  window,
  workspace,
  type Disposable,
  type ExtensionContext,
  type TextDocument,
  type WebviewPanel,
} from 'vscode';
import { readMemento, type PictureAction } from '../webview/protocol.ts';
import { LearntStore } from './learntStore.ts';
import type { Lifecycle } from './lifecycle.ts';
import { PictureCommands } from './pictureCommands.ts';
import { registerPictureHover } from './pictureHover.ts';
import { PictureIds, type PicturePlace } from './pictureIds.ts';
import { PictureStore } from './pictureStore.ts';
import { RecordReader } from './recordReader.ts';
import type { StatusItem } from './statusItem.ts';
import { Thumbnails } from './thumbnails.ts';
import type { ImagingProcess } from '../imaging/imagingProcess.ts';
import type { RecordPreview } from './preview/recordPreview.ts';

/** How the commands on pictures are called elsewhere. */
export type RunCommand = (command: string) => Thenable<unknown>;

/**
 * The pictures of records: on hover, in the preview, and by command. Until one is asked for there is a hover provider and
 * nothing else; the image process, and the code that starts it, come with the first picture that needs them.
 */
export class Pictures implements Disposable {
  readonly #context: ExtensionContext;
  readonly status: StatusItem;
  readonly #lifecycle: Lifecycle;
  readonly #run: RunCommand;
  /** What was looked up of them. */
  readonly learnt: LearntStore;
  readonly #reader = new RecordReader();
  readonly thumbnails: Thumbnails;
  readonly #commands: PictureCommands;
  readonly #hover: Disposable;
  readonly #restorer: Disposable;
  #imaging: Promise<ImagingProcess> | undefined;
  #preview: RecordPreview | undefined;

  constructor(
    context: ExtensionContext,
    status: StatusItem,
    lifecycle: Lifecycle,
    run: RunCommand,
  ) {
    this.#context = context;
    this.status = status;
    this.#lifecycle = lifecycle;
    this.#run = run;
    this.learnt = new LearntStore(lifecycle);
    const store = new PictureStore(
      Uri.joinPath(context.globalStorageUri, 'pictures'),
      workspace.fs,
    );
    const ids = new PictureIds();
    this.thumbnails = new Thumbnails(() => this.imaging(), store);
    this.#commands = new PictureCommands(this.#reader, ids);
    const { learnt } = this;
    const parts = {
      reader: this.#reader,
      thumbnails: this.thumbnails,
      store,
      ids,
      status,
      learnt,
    };
    this.#hover = registerPictureHover(parts, lifecycle);
    this.#restorer = window.registerWebviewPanelSerializer(previewType, {
      deserializeWebviewPanel: (panel, state) => this.#restore(panel, state),
    });
  }

  /** The one image process of this window. */
  imaging(): Promise<ImagingProcess> {
    this.#imaging ??= this.#startImaging();
    return this.#imaging;
  }

  /** The record of a link, or the one at the cursor. */
  async preview(link: unknown): Promise<void> {
    if (link === undefined) return this.#previewCursor();
    const place = await this.#commands.choose(link);
    if (place) await this.#show(place.uri, place.line);
  }

  async open(link: unknown): Promise<void> {
    const place = await this.#commands.choose(link);
    if (place) await this.#show(place.uri, place.line, place);
  }

  async copy(link: unknown): Promise<void> {
    await this.#commands.copy(await this.#commands.choose(link));
  }

  async extract(link: unknown): Promise<void> {
    await this.#commands.extract(await this.#commands.choose(link));
  }

  async repair(link: unknown): Promise<void> {
    await this.#commands.repair(await this.#commands.choose(link));
  }

  /** Puts the cursor on the picture of a link; without one it stays. Whether what is at the cursor is meant. */
  async select(link: unknown): Promise<boolean> {
    return link === undefined || this.#commands.select(await this.#commands.choose(link));
  }

  dispose(): void {
    this.#hover.dispose();
    this.#restorer.dispose();
    this.learnt.dispose();
    this.#preview?.dispose();
    void this.#imaging?.then(
      (imaging) => imaging.dispose(),
      () => undefined,
    );
  }

  async #startImaging(): Promise<ImagingProcess> {
    const { ImagingProcess } = await import('../imaging/imagingProcess.ts');
    return new ImagingProcess({ script: this.#context.asAbsolutePath('dist/imaging.js') });
  }

  async #previewCursor(): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor) return this.#show(editor.document.uri, editor.selection.active.line);
    void window.showInformationMessage('Put the cursor on a record of a training file first.');
  }

  async #show(uri: Uri, line: number, zoom?: PicturePlace): Promise<void> {
    const document = await workspace.openTextDocument(uri);
    if (this.#preview) {
      this.#preview.show(document, line, zoom);
      return;
    }
    const preserveFocus = zoom === undefined;
    const viewColumn = ViewColumn.Beside;
    const panel = window.createWebviewPanel(previewType, 'Record', { viewColumn, preserveFocus });
    await this.#fill(panel, document, line, zoom);
  }

  /** Of the window before: what VS Code kept of it may be of a file that is gone. */
  async #restore(panel: WebviewPanel, state: unknown): Promise<void> {
    const place = readMemento(state);
    const document = place && (await findDocument(Uri.parse(place.uri)));
    if (document && !this.#preview) await this.#fill(panel, document, place.line);
    else panel.dispose();
  }

  async #fill(
    panel: WebviewPanel,
    document: TextDocument,
    line: number,
    zoom?: PicturePlace,
  ): Promise<void> {
    const { RecordPreview } = await import('./preview/recordPreview.ts');
    const preview = new RecordPreview(
      panel,
      {
        extensionUri: this.#context.extensionUri,
        lifecycle: this.#lifecycle,
        status: this.status,
        reader: this.#reader,
        thumbnails: this.thumbnails,
        learnt: this.learnt,
        act: (action, place) => this.#act(action, place),
      },
      document,
      line,
      zoom,
    );
    this.#preview = preview;
    preview.onDidClose(() => {
      preview.dispose();
      this.#preview = undefined;
    });
  }

  async #act(action: PictureAction, place: PicturePlace): Promise<void> {
    switch (action) {
      case 'copy':
        return this.#commands.copy(place);
      case 'extract':
        return this.#commands.extract(place);
      case 'repair':
        return this.#commands.repair(place);
      case 'setDetail':
        if (await this.#commands.select(place)) await this.#run('visionFinetune.setImageDetail');
        return;
      case 'checkAddress':
        if (await this.#commands.select(place)) await this.#run(checkRemoteImages);
    }
  }
}

/** What VS Code knows the panel by. */
const previewType = 'visionFinetune.preview';

/** Undefined for a file that is gone. A text without a file is there already, or VS Code would make an empty one. */
async function findDocument(uri: Uri): Promise<TextDocument | undefined> {
  const open = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (open || uri.scheme === 'untitled') return open;
  try {
    return await workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

/** Asks before anything is fetched. */
const checkRemoteImages = 'visionFinetune.checkRemoteImagesOfRecord';
