import { Disposable, StatusBarAlignment, TabInputText, window, type StatusBarItem } from 'vscode';
import { describeLargeFile } from './largeFileWords.ts';
import type { LargeFiles } from './largeFiles.ts';
import { documentOf } from './openDocuments.ts';
import { activeRecordsFile, type ActiveRecordsFile } from './recordsTab.ts';

/**
 * Where VS Code gives the text of the active file to no extension, or another extension's editor shows it, offers the editor of
 * records and says why. In the status bar: VS Code shows no language status of a text that it gives to nobody, nor of editors
 * that are no text editors.
 */
export class LargeFileStatus implements Disposable {
  readonly #large: LargeFiles;
  readonly #item: StatusBarItem;
  readonly #listeners: Disposable;

  constructor(large: LargeFiles) {
    this.#large = large;
    this.#item = window.createStatusBarItem('visionFinetune.large', StatusBarAlignment.Right, 100);
    this.#item.name = 'Vision Fine-Tuning: Training Records';
    this.#item.text = '$(list-flat) Training Records';
    this.#item.command = 'visionFinetune.openRecords';
    this.#listeners = Disposable.from(
      this.#item,
      large.onDidChange(() => this.#update()),
      window.tabGroups.onDidChangeTabs(() => this.#update()),
      window.tabGroups.onDidChangeTabGroups(() => this.#update()),
    );
    this.#update();
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #update(): void {
    const active = activeRecordsFile();
    const reason = active && this.#reasonFor(active);
    if (reason === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.tooltip = `${reason} Training Records lists its records, and shows each one as a conversation.`;
    this.#item.show();
  }

  /** A sentence; undefined where the editor of records needs no offer. */
  #reasonFor({ tab, uri, isRecordsEditor }: ActiveRecordsFile): string | undefined {
    if (isRecordsEditor) return undefined;
    if (!(tab.input instanceof TabInputText)) return 'Another extension shows this file.';
    const file = this.#large.get(uri);
    if (!file || documentOf(uri)) return undefined;
    const known = describeLargeFile(file.state);
    return `VS Code gives the text of this file to no extension, because of its size; it is checked from disk: ${known}.`;
  }
}
