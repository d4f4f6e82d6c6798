import { commands, TabInputText, ViewColumn, window, type Uri } from 'vscode';

/**
 * Shows a text where it is open, else in a tab of its own beside the active editor. By a command: a document that an extension
 * opens itself stays open for minutes after its tab is closed, and its findings with it.
 */
export async function showBeside(uri: Uri): Promise<void> {
  const key = uri.toString();
  const group = window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === key),
  );
  const viewColumn = group?.viewColumn ?? ViewColumn.Beside;
  await commands.executeCommand('vscode.open', uri, { viewColumn, preview: false });
}
