import {
  Disposable,
  languages,
  LanguageStatusSeverity,
  StatusBarAlignment,
  TabInputText,
  window,
  type LanguageStatusItem,
  type StatusBarItem,
} from 'vscode';
import { exactPattern } from './exactPattern.ts';
import { describeLargeFile } from './largeFileWords.ts';
import type { LargeFiles } from './largeFiles.ts';
import { documentOf } from './openDocuments.ts';
import { activeRecordsFile } from './recordsTab.ts';

const openRecordsCommand = 'visionFinetune.openRecords';

/**
 * Where a file is no document, or another extension's editor shows it, offers the editor of records and says why: in the language
 * status where VS Code draws the text all the same, and in the status bar where there is no language status.
 */
export class LargeFileStatus implements Disposable {
  readonly #large: LargeFiles;
  readonly #language: LanguageStatusItem;
  readonly #bar: StatusBarItem;
  readonly #listeners: Disposable;

  constructor(large: LargeFiles) {
    this.#large = large;
    this.#language = languages.createLanguageStatusItem('visionFinetune.large', []);
    this.#language.name = 'Vision Fine-Tuning: Large File';
    this.#language.severity = LanguageStatusSeverity.Information;
    this.#language.command = { title: 'Open Training Records', command: openRecordsCommand };
    this.#bar = window.createStatusBarItem('visionFinetune.large', StatusBarAlignment.Right, 100);
    this.#bar.name = 'Vision Fine-Tuning: Training Records';
    this.#bar.text = '$(list-flat) Training Records';
    this.#bar.command = openRecordsCommand;
    this.#listeners = Disposable.from(
      this.#language,
      this.#bar,
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
    this.#language.selector = this.#large.uris.map((uri) => ({ pattern: exactPattern(uri) }));
    const active = activeRecordsFile();
    const file = active && this.#large.get(active.uri);
    const isText = active?.tab.input instanceof TabInputText;
    const isDocument = active && documentOf(active.uri) !== undefined;
    if (!active || active.isRecordsEditor || (isText && (isDocument || !file))) {
      this.#bar.hide();
      return;
    }
    const reason = isText
      ? 'VS Code gives no file over 50 MB to extensions, so it is checked from disk'
      : 'Another extension shows this file';
    const report = file?.state.kind === 'checked' ? file.state.report : undefined;
    const counts = { records: report?.records ?? 0, isComplete: report !== undefined };
    this.#language.text = reason;
    this.#language.detail = file ? describeLargeFile(file.state, counts) : '';
    this.#bar.tooltip = `${reason}. Training Records lists its records, and shows each one as a conversation.`;
    this.#bar.show();
  }
}
