import { TabInputCustom, TabInputText, window, type Tab, type Uri } from 'vscode';

/** The editor of ours that shows a file of any size. */
export const recordsEditor = 'visionFinetune.records';

export interface ActiveRecordsFile {
  readonly tab: Tab;
  readonly uri: Uri;
  /** Whether the editor of records shows it. */
  readonly isRecordsEditor: boolean;
}

/** The file of records on this machine that is in front, in whatever editor. */
export function activeRecordsFile(): ActiveRecordsFile | undefined {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  const uri = tab && recordsOf(tab);
  return tab && uri && { tab, uri, isRecordsEditor: isRecordsEditor(tab) };
}

/** The file of records on this machine that a tab shows, in whatever editor. */
export function recordsOf({ input }: Tab): Uri | undefined {
  if (!(input instanceof TabInputText) && !(input instanceof TabInputCustom)) return undefined;
  const { uri } = input;
  return uri.scheme === 'file' && /\.(?:jsonl|ndjson)$/i.test(uri.path) ? uri : undefined;
}

/** Whether a tab shows the editor of records. */
export function isRecordsEditor({ input }: Tab): boolean {
  return input instanceof TabInputCustom && input.viewType === recordsEditor;
}
