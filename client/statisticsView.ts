import { Disposable, EventEmitter, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { describeStatistics } from '../core/check/describeStatistics.ts';
import {
  statisticsMethod,
  type StatisticsParams,
  type StatisticsResult,
} from '../server/protocol.ts';
import { activeRecords } from './checkFile.ts';
import { withLateProgress } from './lateProgress.ts';

const scheme = 'vision-finetune-statistics';

/** The numbers of a file as a document that cannot be edited, so that they can be searched, copied and put beside the file. */
export class StatisticsView implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changes = new EventEmitter<Uri>();
  readonly #registrations = Disposable.from(
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changes.event,
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()),
    }),
    workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    this.#changes,
  );

  /** Counts the active file and shows it; what is open of the same file already is renewed. */
  async showActive(client: LanguageClient): Promise<void> {
    const document = await activeRecords();
    if (!document) return;
    const name = workspace.asRelativePath(document.uri);
    const params: StatisticsParams = { uri: document.uri.toString() };
    const statistics = await withLateProgress(`Counting ${name}`, (token) =>
      client.sendRequest<StatisticsResult>(statisticsMethod, params, token),
    );
    if (!statistics) return;
    const { providerName, model } = statistics;
    const rows = describeStatistics(statistics).map((row) => row.join('  '));
    await this.#show(document.uri, [name, '', ...rows, '', `${providerName} · ${model}`, '']);
  }

  async #show(file: Uri, lines: readonly string[]): Promise<void> {
    const uri = Uri.from({ scheme, path: `${file.path} (statistics)`, query: file.toString() });
    this.#texts.set(uri.toString(), lines.join('\n'));
    this.#changes.fire(uri);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  }

  dispose(): void {
    this.#registrations.dispose();
  }
}
