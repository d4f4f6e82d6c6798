import {
  commands,
  languages,
  window,
  workspace,
  type LogOutputChannel,
  type TextDocument,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  checkFileMethod,
  recordScheme,
  type CheckFileParams,
  type CheckFileResult,
} from '../server/protocol.ts';
import type { FindingsList } from './findingsList.ts';
import { language } from './lifecycle.ts';
import { withLateProgress } from './lateProgress.ts';
import { describeStatus } from './statusWords.ts';

/** Checks the active file whatever it looks like, and offers a list of all findings. */
export async function checkFile(
  client: LanguageClient,
  log: LogOutputChannel,
  list: FindingsList,
): Promise<void> {
  const document = await activeRecords();
  if (!document) return;
  const name = workspace.asRelativePath(document.uri);
  const params: CheckFileParams = { uri: document.uri.toString() };
  const result = await withLateProgress(`Checking ${name}`, (token) =>
    client.sendRequest<CheckFileResult>(checkFileMethod, params, token),
  );
  if (!result) return;
  const summary = `${name}: ${describeStatus(result)}`;
  log.info(`Checked ${summary}`);
  const showProblems = 'Show Problems';
  const showFindings = 'Show All Findings';
  const buttons = result.findings.length > 0 ? [showProblems, showFindings] : [];
  const choice = await window.showInformationMessage(summary, ...buttons);
  if (choice === showProblems) await commands.executeCommand('workbench.actions.view.problems');
  if (choice === showFindings) await list.show(document.uri, summary, result.findings);
}

/** The active document as JSON Lines, or a record that is opened as formatted JSON, which stays what it is. */
export async function activeDocument(): Promise<TextDocument | undefined> {
  const document = window.activeTextEditor?.document;
  return document?.uri.scheme === recordScheme ? document : activeRecords();
}

/** The active document as JSON Lines; a document in another language becomes one if its user agrees. */
export async function activeRecords(): Promise<TextDocument | undefined> {
  const document = window.activeTextEditor?.document;
  if (!document) {
    void window.showInformationMessage(
      'Open a training file first. For one over 50 MB, which VS Code gives to no extension, there is a terminal: vision-finetune --help',
    );
    return undefined;
  }
  if (document.languageId === language) return document;
  const change = 'Check as JSON Lines';
  const choice = await window.showInformationMessage(
    `The language of this file is ${document.languageId}.`,
    change,
  );
  return choice === change ? languages.setTextDocumentLanguage(document, language) : undefined;
}
