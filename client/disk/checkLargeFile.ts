import { commands, window } from 'vscode';
import type { LargeFile } from './largeFile.ts';
import { describeLargeFile } from './largeFileWords.ts';

/** Checks a file on disk once more, whatever it looks like, and says what was found. */
export async function checkLargeFile(file: LargeFile): Promise<void> {
  await file.checkAgain();
  const showProblems = 'Show Problems';
  const words = `${file.name}: ${describeLargeFile(file.state)}`;
  const choice = await window.showInformationMessage(words, showProblems);
  if (choice === showProblems) await commands.executeCommand('workbench.actions.view.problems');
}
