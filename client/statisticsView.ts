import { workspace, type Disposable } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { describeStatistics } from '../core/check/describeStatistics.ts';
import {
  statisticsMethod,
  type StatisticsParams,
  type StatisticsResult,
} from '../server/protocol.ts';
import { activeRecords } from './checkFile.ts';
import { DerivedTexts } from './derivedTexts.ts';
import { withLateProgress } from './lateProgress.ts';

/** The numbers of a file. */
export class StatisticsView implements Disposable {
  readonly #texts = new DerivedTexts('vision-finetune-statistics', 'statistics');

  /** Counts the active file and shows its numbers. */
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
    const lines = [name, '', ...rows, '', `${providerName} · ${model}`, ''];
    await this.#texts.show(document.uri, lines.join('\n'));
  }

  dispose(): void {
    this.#texts.dispose();
  }
}
