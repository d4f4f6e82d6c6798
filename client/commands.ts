import { commands, Disposable, window, type LogOutputChannel } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { checkFile } from './checkFile.ts';
import { FindingsList } from './findingsList.ts';
import { FormattedRecords } from './formattedRecords.ts';
import { goToNeighbour, goToRecord } from './goToRecord.ts';
import type { Lifecycle } from './lifecycle.ts';
import { setImageDetail } from './setImageDetail.ts';
import { StatisticsView } from './statisticsView.ts';

/** Every command of the manifest; those that ask the server say so when it is not running. */
export function registerCommands(lifecycle: Lifecycle, log: LogOutputChannel): Disposable {
  const list = new FindingsList();
  const statistics = new StatisticsView();
  const records = new FormattedRecords();
  const table: Readonly<Record<string, () => unknown>> = {
    'visionFinetune.checkFile': withServer((client) => checkFile(client, log, list)),
    'visionFinetune.showStatistics': withServer((client) => statistics.showActive(client)),
    'visionFinetune.setImageDetail': withServer(setImageDetail),
    'visionFinetune.nextRecord': withServer((client) => goToNeighbour(client, 'next')),
    'visionFinetune.previousRecord': withServer((client) => goToNeighbour(client, 'previous')),
    'visionFinetune.nextProblem': withServer((client) => goToNeighbour(client, 'nextProblem')),
    'visionFinetune.previousProblem': withServer((client) =>
      goToNeighbour(client, 'previousProblem'),
    ),
    'visionFinetune.goToRecord': withServer(goToRecord),
    'visionFinetune.editRecord': () => records.open(),
    'visionFinetune.showOutput': () => log.show(),
    'visionFinetune.restartServer': () => lifecycle.restart('asked for'),
  };
  return Disposable.from(
    list,
    records,
    statistics,
    ...Object.entries(table).map(([id, run]) => commands.registerCommand(id, run)),
  );

  function withServer(run: (client: LanguageClient) => Promise<void>): () => Promise<void> {
    return async () => {
      if (lifecycle.client) return run(lifecycle.client);
      const restart = 'Restart Server';
      const choice = await window.showWarningMessage(
        'The language server is not running.',
        restart,
      );
      if (choice === restart) await lifecycle.restart('asked for by a command');
    };
  }
}
