import {
  Disposable,
  EventEmitter,
  languages,
  TabInputText,
  window,
  workspace,
  type Tab,
  type Uri,
} from 'vscode';
import { configFileName } from '../../core/check/configFile.ts';
import { settingsSection } from '../../server/protocol.ts';
import { LargeFile, type LargeFileParts } from './largeFile.ts';
import { documentOf, largestDocument } from './openDocuments.ts';
import { activeRecordsFile, isRecordsEditor, recordsOf } from './recordsTab.ts';

/**
 * The files that are open in a tab and are no documents: too large for one, or shown by the editor of records. No event tells
 * of them but those of tabs.
 */
export class LargeFiles implements Disposable {
  readonly #parts: LargeFileParts;
  readonly #files = new Map<string, LargeFile>();
  readonly #changed = new EventEmitter<undefined>();
  /** Another file is among them now, or one of them has another state. */
  readonly onDidChange = this.#changed.event;
  readonly #listeners: Disposable;
  #turn = 0;

  constructor(parts: Omit<LargeFileParts, 'diagnostics'>) {
    const diagnostics = languages.createDiagnosticCollection('vision-finetune-disk');
    this.#parts = { ...parts, diagnostics };
    const configFiles = workspace.createFileSystemWatcher(`**/${configFileName}`);
    const look = (): void => void this.#look();
    const check = (): void => this.#checkAll();
    configFiles.onDidChange(check);
    configFiles.onDidCreate(check);
    configFiles.onDidDelete(check);
    this.#listeners = Disposable.from(
      diagnostics,
      configFiles,
      this.#changed,
      window.tabGroups.onDidChangeTabs(look),
      workspace.onDidOpenTextDocument(look),
      workspace.onDidCloseTextDocument(look),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingsSection)) this.#checkAll();
      }),
    );
    look();
  }

  /** The file, if it is one that is read from disk. */
  get(uri: Uri): LargeFile | undefined {
    return this.#files.get(uri.toString());
  }

  /** The active file, if it is read from disk where it is active. */
  get active(): LargeFile | undefined {
    const active = activeRecordsFile();
    if (!active || (!active.isRecordsEditor && documentOf(active.uri))) return undefined;
    return this.get(active.uri);
  }

  /** The file, which its tab is about to show. */
  open(uri: Uri): LargeFile {
    const key = uri.toString();
    const known = this.#files.get(key);
    if (known) return known;
    const file = new LargeFile(uri, this.#parts);
    file.list(!documentOf(uri));
    this.#files.set(key, file);
    file.onDidCheck(() => this.#changed.fire(undefined));
    void file.check();
    this.#changed.fire(undefined);
    return file;
  }

  dispose(): void {
    this.#listeners.dispose();
    for (const file of this.#files.values()) file.dispose();
    this.#files.clear();
  }

  #checkAll(): void {
    for (const file of this.#files.values()) void file.check();
  }

  async #look(): Promise<void> {
    const turn = ++this.#turn;
    const shown = new Map<string, Uri>();
    for (const tab of allTabs()) {
      const uri = recordsOf(tab);
      if (uri && !shown.has(uri.toString()) && (await isWanted(tab, uri)))
        shown.set(uri.toString(), uri);
    }
    // Tabs have changed again meanwhile, and are being looked at.
    if (turn !== this.#turn) return;
    for (const [key, file] of this.#files) {
      if (shown.has(key)) continue;
      this.#files.delete(key);
      file.dispose();
      this.#changed.fire(undefined);
    }
    for (const uri of shown.values()) this.open(uri).list(!documentOf(uri));
  }
}

function allTabs(): readonly Tab[] {
  return window.tabGroups.all.flatMap(({ tabs }) => tabs);
}

/** Whether a file is read from disk for this tab: too large for a document, or shown by the editor of records. */
async function isWanted(tab: Tab, uri: Uri): Promise<boolean> {
  if (isRecordsEditor(tab)) return true;
  // A text of three bytes a character may be a document though its file is larger.
  if (documentOf(uri)) return false;
  try {
    return (await workspace.fs.stat(uri)).size > largestShown(tab, uri) && !documentOf(uri);
  } catch {
    return false;
  }
}

/** In bytes. Of a text that is larger there is no document: VS Code asks first whether to open it, where it is far away from 10 MB on. */
function largestShown({ input }: Tab, uri: Uri): number {
  if (!(input instanceof TabInputText)) return largestDocument;
  const asked = workspace.getConfiguration('workbench', uri).get('editorLargeFileConfirmation');
  return typeof asked === 'number'
    ? Math.min(asked * 1024 * 1024, largestDocument)
    : largestDocument;
}
