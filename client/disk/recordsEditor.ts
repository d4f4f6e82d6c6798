import type { Disposable } from 'vscode';
import {
  commands,
  TabInputText,
  window,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  type Uri,
  type WebviewPanel,
} from 'vscode';
import type { LearntStore } from '../learntStore.ts';
import type { Thumbnails } from '../thumbnails.ts';
import type { LargeFiles } from './largeFiles.ts';
import { documentOf } from './openDocuments.ts';
import { activeRecordsFile, recordsEditor, recordsOf } from './recordsTab.ts';

export interface RecordsEditorParts {
  readonly extensionUri: Uri;
  readonly large: LargeFiles;
  readonly thumbnails: Thumbnails;
  readonly learnt: LearntStore;
  /** Opens a record, from 0, of a file on disk to be edited. */
  readonly edit: (uri: Uri, index: number) => Promise<void>;
}

/** The editor "Training Records": reads a file of any size, and is never the default. */
export class RecordsEditor implements CustomReadonlyEditorProvider, Disposable {
  readonly #parts: RecordsEditorParts;
  readonly #registration: Disposable;

  constructor(parts: RecordsEditorParts) {
    this.#parts = parts;
    this.#registration = window.registerCustomEditorProvider(recordsEditor, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  /** VS Code shows what is thrown in the place of the editor. */
  openCustomDocument(uri: Uri): CustomDocument {
    // The path of a file of a repository or of another machine may stand for a file here, which is another one.
    if (uri.scheme !== 'file')
      throw new Error('Training Records shows files on this machine alone.');
    return { uri, dispose: () => undefined };
  }

  /** What draws records comes with the first one. */
  async resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): Promise<void> {
    const { RecordsPanel } = await import('./recordsPanel.ts');
    const records = new RecordsPanel(this.#parts, this.#parts.large.open(uri), panel);
    panel.onDidDispose(() => records.dispose());
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** Shows the active file in the editor of records, in the place of a text that VS Code does not show anyway. */
export async function openActiveRecords(): Promise<void> {
  const active = activeRecordsFile();
  if (!active) {
    void window.showInformationMessage('Open a file of records (.jsonl) on this machine first.');
    return;
  }
  const { uri } = active;
  await commands.executeCommand('vscode.openWith', uri, recordsEditor);
  if (documentOf(uri)) return;
  const texts = window.tabGroups.activeTabGroup.tabs.filter(
    (tab) =>
      tab.input instanceof TabInputText &&
      recordsOf(tab)?.toString() === uri.toString() &&
      !tab.isDirty,
  );
  await window.tabGroups.close(texts, true);
}
