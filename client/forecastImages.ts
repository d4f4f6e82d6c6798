import { ProgressLocation, window, workspace, type TextDocument } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { describeForecast } from '../core/check/forecastCounts.ts';
import { formatCount } from '../core/text/formatCount.ts';
import type { ImagingProcess } from '../imaging/imagingProcess.ts';
import {
  checkFileMethod,
  recordScheme,
  type CheckFileParams,
  type CheckFileResult,
} from '../server/protocol.ts';
import { toSignal } from './abortSignal.ts';
import { activeRecords } from './checkFile.ts';
import type { FindingsList } from './findingsList.ts';
import { forecastRecords, type Forecast } from './forecastRecords.ts';
import type { LearntStore } from './learntStore.ts';
import { isLineByLine } from './recordReader.ts';

export interface ForecastRun {
  readonly client: LanguageClient;
  readonly store: LearntStore;
  readonly imaging: () => Promise<Pick<ImagingProcess, 'screen'>>;
  readonly list: FindingsList;
  /** The record at the cursor, or the whole file. */
  readonly scope: 'record' | 'file';
}

/** Says which images are likely to be left out after the upload, and has the file checked with that. Nothing leaves the machine. */
export async function forecastImages(run: ForecastRun): Promise<void> {
  const { client, store, list, scope } = run;
  const document = await documentToForecast();
  if (!document) return;
  const name = workspace.asRelativePath(document.uri);
  const line = window.activeTextEditor?.selection.active.line ?? 0;
  const records = recordsOf(document, scope === 'record' ? line : undefined);
  const forecast = await lookAt(records, name, run);
  await store.add(forecast.learnt);
  // A file that does not look like training data is one from now on.
  const params: CheckFileParams = { uri: document.uri.toString() };
  const checked = await client.sendRequest<CheckFileResult>(checkFileMethod, params);
  const summary = `${name}: ${summarize(forecast)}`;
  const showFindings = 'Show Findings';
  // The Problems view has no hints.
  const findings = checked?.findings.filter(({ rule }) => rule === 'screening-forecast') ?? [];
  const buttons = findings.length > 0 ? [showFindings] : [];
  const choice = await window.showInformationMessage(summary, ...buttons);
  if (choice === showFindings) await list.show(document.uri, summary, findings);
}

/** A record that is opened as formatted JSON stays what it is. */
async function documentToForecast(): Promise<TextDocument | undefined> {
  const document = window.activeTextEditor?.document;
  return document?.uri.scheme === recordScheme ? document : activeRecords();
}

/** The texts as they are now, whatever is typed meanwhile; of one line where it is given. */
function recordsOf(document: TextDocument, line: number | undefined): readonly string[] {
  if (!isLineByLine(document)) return [document.getText()];
  if (line !== undefined) return [document.lineAt(line).text];
  return Array.from({ length: document.lineCount }, (_, each) => document.lineAt(each).text);
}

/** With a notification that tells how far it is, and that can cancel it: what was found until then counts. */
function lookAt(
  records: readonly string[],
  name: string,
  { imaging, store }: ForecastRun,
): Thenable<Forecast & { readonly isCancelled: boolean }> {
  const options = {
    location: ProgressLocation.Notification,
    title: `Looking for faces and CAPTCHAs in ${name}, on this machine only`,
    cancellable: true,
  };
  const all = formatCount(records.length);
  const step = Math.ceil(records.length / 200);
  return window.withProgress(options, async (progress, token) => {
    const signal = toSignal(token);
    const process = await imaging();
    const forecast = await forecastRecords(records, {
      screen: (bytes) => process.screen(bytes, signal),
      known: store.images,
      signal,
      onProgress: (done) => {
        if (done % step !== 0) return;
        const message = `line ${formatCount(done)} of ${all}`;
        progress.report({ message, increment: (100 * step) / records.length });
      },
    });
    return { ...forecast, isCancelled: signal.aborted };
  });
}

/** `3 of 340 images are likely to be skipped (faces 3); the service decides. Cancelled before the end.` */
function summarize({
  counts,
  refusals,
  isCancelled,
}: Forecast & { readonly isCancelled: boolean }): string {
  const parts = [
    `${describeForecast(counts)}.`,
    refusals.size > 0 && `Not looked at: ${[...refusals].slice(0, 3).join('; ')}.`,
    isCancelled && 'Cancelled before the end.',
  ];
  return parts.filter(Boolean).join(' ');
}
