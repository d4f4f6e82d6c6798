import type { Disposable } from 'vscode';
import {
  commands,
  TabInputText,
  window,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  type Uri,
  type Webview,
  type WebviewPanel,
} from 'vscode';
import type { ToPage } from '../../webview/protocol.ts';
import type { LearntStore } from '../learntStore.ts';
import { showPage } from '../preview/showPage.ts';
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

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => undefined };
  }

  /** What draws records comes with the first one. */
  async resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): Promise<void> {
    // What stands here under the path of an older state of a file, or of one of another machine, is another file.
    if (uri.scheme !== 'file') {
      refuse(panel.webview, this.#parts.extensionUri);
      return;
    }
    const { RecordsPanel } = await import('./recordsPanel.ts');
    const records = new RecordsPanel(this.#parts, this.#parts.large.open(uri), panel);
    panel.onDidDispose(() => records.dispose());
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** Whatever the page asks for is answered by why there is nothing. */
function refuse(webview: Webview, extensionUri: Uri): void {
  const words =
    'Training Records shows files on this machine alone; "Reopen Editor With…" shows this one as text.';
  webview.onDidReceiveMessage(() => {
    void webview.postMessage({ kind: 'nothing', words } satisfies ToPage);
  });
  showPage(webview, extensionUri, 'records');
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
