import {
  Disposable,
  languages,
  Selection,
  TextEditorRevealType,
  window,
  workspace,
  Range,
  type TextDocument,
  type Uri,
  type WebviewPanel,
} from 'vscode';
import { isBlank } from '../../core/record/isBlank.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import {
  findRecordMethod,
  recordFactsMethod,
  recordScheme,
  type FindRecordParams,
  type FindRecordResult,
  type RecordFactsParams,
  type RecordFactsResult,
} from '../../server/protocol.ts';
import {
  readFromPage,
  type FromPage,
  type PictureAction,
  type Step,
  type ToPage,
} from '../../webview/protocol.ts';
import { noSuchRecord } from '../goToRecord.ts';
import type { LearntStore } from '../learntStore.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { editorOf, showPlace } from '../pictureCommands.ts';
import type { PicturePlace } from '../pictureIds.ts';
import type { ReadRecord } from '../readRecord.ts';
import { findingsIn } from '../recordFindings.ts';
import { isLineByLine, toPosition, type RecordReader } from '../recordReader.ts';
import type { StatusItem } from '../statusItem.ts';
import { describeCost } from '../statusWords.ts';
import type { Thumbnails } from '../thumbnails.ts';
import { previewRecord, type Preview } from './previewRecord.ts';
import { answerMoreText, answerPicture, firstBlocks } from './recordAnswers.ts';
import { showPage } from './showPage.ts';

/** After the cursor or the text has come to rest, in milliseconds. */
const restMs = 60;

/** What a picture of the preview can be asked to do outside of it. */
export type ActOnPicture = (action: PictureAction, place: PicturePlace) => unknown;

export interface PreviewParts {
  readonly extensionUri: Uri;
  readonly lifecycle: Lifecycle;
  readonly status: StatusItem;
  readonly reader: RecordReader;
  readonly thumbnails: Thumbnails;
  readonly learnt: LearntStore;
  readonly act: ActOnPicture;
}

/** Where a record stands. */
interface Place {
  readonly document: TextDocument;
  readonly line: number;
}

/** A document that is one record has it on its first line, wherever its cursor is. */
function placeOf(document: TextDocument, line: number): Place {
  return { document, line: isLineByLine(document) ? line : 0 };
}

/** What the page shows. */
interface Shown extends Place {
  readonly version: number;
  readonly read: ReadRecord;
  readonly preview: Preview;
}

/** The record at the cursor as a conversation, beside its file. One panel, which follows the cursor from file to file. */
export class RecordPreview implements Disposable {
  readonly #parts: PreviewParts;
  readonly #panel: WebviewPanel;
  readonly #listeners: Disposable;
  #timer: NodeJS.Timeout | undefined;
  /** What the cursor was put on last. */
  #at: Place;
  #shown: Shown | undefined;
  /** The record that the page has drawn, as JSON. */
  #drawn = '';
  #maxBlocks = firstBlocks;
  /** Of what was sent to the page. */
  #revision = 0;
  #isReady = false;
  /** The index of a picture to be shown whole as soon as its record is. */
  #zoomed: number | undefined;
  /** Ends the pictures that are on their way for the record before. */
  #leave = new AbortController();

  /** The panel is a new one, or one that VS Code has kept. */
  constructor(
    panel: WebviewPanel,
    parts: PreviewParts,
    document: TextDocument,
    line: number,
    zoom?: PicturePlace,
  ) {
    this.#panel = panel;
    this.#parts = parts;
    this.#at = placeOf(document, line);
    this.#zoomed = zoom?.index;
    const { webview } = panel;
    this.#listeners = Disposable.from(
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      panel.onDidChangeViewState(() => this.#updateSoon()),
      window.onDidChangeTextEditorSelection(({ textEditor, selections: [selection] }) => {
        if (selection) this.#follow(textEditor.document, selection.active.line);
      }),
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor) this.#follow(editor.document, editor.selection.active.line);
      }),
      workspace.onDidChangeTextDocument((event) => this.#renew(event.document)),
      workspace.onDidCloseTextDocument((closed) => this.#renew(closed)),
      // The server has told whose limits apply, or that it has read more of the file.
      parts.lifecycle.onDidCheck(() => this.#updateSoon()),
      languages.onDidChangeDiagnostics(({ uris }) => {
        const uri = this.#at.document.uri.toString();
        if (uris.some((each) => each.toString() === uri)) this.#updateSoon();
      }),
    );
    showPage(webview, parts.extensionUri, 'preview');
  }

  /** When its tab is closed. */
  onDidClose(listener: () => void): Disposable {
    return this.#panel.onDidDispose(listener);
  }

  /** Brings it to the front with another record, and with one of its pictures whole if that is wanted. */
  show(document: TextDocument, line: number, zoom?: PicturePlace): void {
    this.#panel.reveal(undefined, zoom === undefined);
    this.#zoomed = zoom?.index;
    this.#at = placeOf(document, line);
    this.#update();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#leave.abort();
    this.#listeners.dispose();
    this.#panel.dispose();
  }

  #follow(document: TextDocument, line: number): void {
    if (!isLineByLine(document) && document.uri.scheme !== recordScheme) return;
    const at = placeOf(document, line);
    if (document === this.#at.document && at.line === this.#at.line) return;
    this.#at = at;
    this.#zoomed = undefined;
    this.#updateSoon();
  }

  #renew(document: TextDocument): void {
    if (document === this.#at.document) this.#updateSoon();
  }

  #updateSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // Behind another tab there is no page, and who comes back to it is shown the record of then.
      if (this.#panel.visible) this.#update();
    }, restMs);
  }

  #update(): void {
    clearTimeout(this.#timer);
    // The page asks when it is there, and again whenever it was hidden.
    if (!this.#isReady) return;
    const { document, line } = this.#at;
    const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    this.#panel.title = `Record of ${name}`;
    if (document.isClosed) {
      this.#showNothing('The file of this record is closed.');
      return;
    }
    if (line >= document.lineCount || isBlank(this.#parts.reader.read(document, line).text)) {
      this.#showNothing('There is no record on this line.');
      return;
    }
    const isSame = this.#shown?.document === document && this.#shown.line === line;
    if (!isSame) this.#maxBlocks = firstBlocks;
    this.#send(isSame);
  }

  #showNothing(words: string): void {
    this.#shown = undefined;
    this.#revision++;
    this.#post({ kind: 'nothing', words });
  }

  #send(isSame: boolean): void {
    const { document, line } = this.#at;
    const read = this.#parts.reader.read(document, line);
    const preview = previewRecord(read, findingsIn(document, line), {
      profile: this.#parts.status.profileOf(document),
      learnt: this.#parts.learnt.images,
      maxBlocks: this.#maxBlocks,
    });
    if (!isSame) {
      this.#leave.abort();
      this.#leave = new AbortController();
    }
    const { version } = document;
    this.#shown = { document, version, line, read, preview };
    // While a file is checked its findings are told again and again, and mostly they are of other records.
    const drawn = JSON.stringify(preview.record);
    if (!isSame || drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.#revision++;
      const memento = { uri: document.uri.toString(), line };
      const { record } = preview;
      this.#post({ kind: 'record', revision: this.#revision, record, memento, isSame });
    }
    const revision = this.#revision;
    if (this.#zoomed !== undefined) {
      this.#post({ kind: 'zoom', revision, index: this.#zoomed });
      this.#zoomed = undefined;
    }
    void this.#sendPlace(revision, document, line);
  }

  /** What only the server knows: the number of the record, and what it costs. */
  async #sendPlace(revision: number, document: TextDocument, line: number): Promise<void> {
    const uri = document.uri.toString();
    const { client } = this.#parts.lifecycle;
    const facts = await client
      ?.sendRequest<RecordFactsResult>(recordFactsMethod, { uri, line } satisfies RecordFactsParams)
      .catch(() => null);
    const found = isLineByLine(document) ? await this.#find(uri, line, 'here') : null;
    if (revision !== this.#revision) return;
    const title = found
      ? `Record ${formatCount(found.number)} of ${formatCount(found.count)}`
      : 'Record';
    this.#post({ kind: 'place', revision, title, summary: facts ? describeCost(facts) : '' });
  }

  async #find(
    uri: string,
    line: number,
    want: FindRecordParams['want'],
  ): Promise<FindRecordResult> {
    const { client } = this.#parts.lifecycle;
    const params: FindRecordParams = { uri, line, want };
    return (
      (await client?.sendRequest<FindRecordResult>(findRecordMethod, params).catch(() => null)) ??
      null
    );
  }

  #receive(message: unknown): void {
    const asked = readFromPage(message);
    if (!asked) return;
    if (asked.kind === 'ready') {
      this.#isReady = true;
      this.#shown = undefined;
      this.#update();
    } else if (asked.kind === 'go') void this.#go(asked.step);
    else if (asked.revision === this.#revision && this.#shown) this.#answer(asked, this.#shown);
  }

  #answer(asked: Exclude<FromPage, { kind: 'ready' | 'go' }>, shown: Shown): void {
    const { document, version, line, preview } = shown;
    switch (asked.kind) {
      case 'picture':
        return void this.#sendPicture(asked, shown);
      case 'moreText': {
        this.#post(answerMoreText(preview, asked));
        return;
      }
      case 'moreMessages':
        this.#maxBlocks *= 4;
        this.#send(true);
        return;
      case 'reveal':
        return void showPlace(document, line, asked.offset);
      case 'act':
        return void this.#parts.act(asked.action, {
          uri: document.uri,
          version,
          line,
          index: asked.index,
        });
    }
  }

  async #sendPicture(
    asked: Extract<FromPage, { kind: 'picture' }>,
    { read }: Shown,
  ): Promise<void> {
    const answer = await answerPicture(this.#parts.thumbnails, read, asked, this.#leave.signal);
    if (answer) this.#post(answer);
  }

  /** Moves the cursor where there is one, and what is shown along with it. The focus stays in the preview. */
  async #go(step: Step): Promise<void> {
    const { document, line } = this.#at;
    if (document.isClosed) return;
    if (!isLineByLine(document)) {
      this.#post({ kind: 'notice', words: 'This file is one record.' });
      return;
    }
    const found = await this.#find(document.uri.toString(), line, step);
    if (!found) {
      this.#post({ kind: 'notice', words: noSuchRecord[step] });
      return;
    }
    const editor = editorOf(document);
    if (editor) {
      const at = toPosition(document, found.line, found.character);
      editor.selection = new Selection(at, at);
      editor.revealRange(new Range(at, at), TextEditorRevealType.InCenterIfOutsideViewport);
    }
    this.#at = { document, line: found.line };
    this.#update();
  }

  #post(message: ToPage): void {
    void this.#panel.webview.postMessage(message);
  }
}
