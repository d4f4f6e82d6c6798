import {
  Disposable,
  languages,
  window,
  workspace,
  type LanguageStatusItem,
  type TextEditor,
} from 'vscode';
import {
  recordFactsMethod,
  type RecordFactsParams,
  type RecordFactsResult,
} from '../server/protocol.ts';
import { language, type Lifecycle } from './lifecycle.ts';
import { describeRecord } from './statusWords.ts';

/** After the cursor has come to rest, in milliseconds: a record of 10 MB takes 10 to read, a million characters of text 100 to count. */
const restMs = 150;

/**
 * What the record at the cursor holds and costs, as an item of the language status: there for who asks, and in the status bar for
 * who pins it. An inlay hint would stand in each line, or move the text at each step of the cursor.
 */
export class RecordStatus implements Disposable {
  readonly #lifecycle: Lifecycle;
  #item: LanguageStatusItem | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn = 0;
  readonly #listeners: Disposable;

  constructor(lifecycle: Lifecycle) {
    this.#lifecycle = lifecycle;
    this.#listeners = Disposable.from(
      window.onDidChangeActiveTextEditor(() => this.#updateSoon()),
      window.onDidChangeTextEditorSelection(() => this.#updateSoon()),
      workspace.onDidChangeConfiguration(() => this.#updateSoon()),
      lifecycle.onDidCheck(() => this.#updateSoon()),
    );
    this.#updateSoon();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#turn++;
    this.#item?.dispose();
    this.#listeners.dispose();
  }

  #updateSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#update(), restMs);
  }

  async #update(): Promise<void> {
    const turn = ++this.#turn;
    const editor = window.activeTextEditor;
    const facts = editor && (await this.#factsAt(editor));
    // The cursor has moved on meanwhile.
    if (turn !== this.#turn) return;
    if (!facts) {
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    this.#item ??= createItem();
    this.#item.text = describeRecord(facts);
  }

  /** Null where there is nothing to say, or where nobody wants to hear it. */
  async #factsAt({ document, selection }: TextEditor): Promise<RecordFactsResult> {
    const { client } = this.#lifecycle;
    if (!client || document.languageId !== language) return null;
    const settings = workspace.getConfiguration('visionFinetune', document);
    if (!settings.get<boolean>('recordStatus', true)) return null;
    const params = { uri: document.uri.toString(), line: selection.active.line };
    try {
      return await client.sendRequest<RecordFactsResult>(
        recordFactsMethod,
        params satisfies RecordFactsParams,
      );
    } catch {
      // A server that ends or fails has said so in its own place.
      return null;
    }
  }
}

function createItem(): LanguageStatusItem {
  const item = languages.createLanguageStatusItem('visionFinetune.statusRecord', { language });
  item.name = 'Vision Fine-Tuning: Record at the Cursor';
  item.command = {
    title: 'Edit as Formatted JSON',
    command: 'visionFinetune.editRecord',
  };
  return item;
}
