import { commands, Disposable, window, type ExtensionContext, type LogOutputChannel } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { checkFile } from './checkFile.ts';
import { checkLargeFile } from './disk/checkLargeFile.ts';
import type { LargeFiles } from './disk/largeFiles.ts';
import { openActiveRecords } from './disk/recordsEditor.ts';
import { repairActiveFile } from './disk/repairLargeFile.ts';
import { FindingsList } from './findingsList.ts';
import { forecastImages } from './forecastImages.ts';
import type { FormattedRecords } from './formattedRecords.ts';
import type { FineTuning } from './fineTuning.ts';
import { goToNeighbour, goToRecord } from './goToRecord.ts';
import type { Lifecycle } from './lifecycle.ts';
import { openSample } from './openSample.ts';
import type { Pictures } from './pictures.ts';
import { embedFolderImages } from './repair/embedFolderImages.ts';
import { extractImages } from './repair/extractImages.ts';
import { ImageReport } from './repair/imageReport.ts';
import { repairImages } from './repair/repairImages.ts';
import { setImageDetail } from './setImageDetail.ts';
import { StatisticsView } from './statisticsView.ts';

/** Every command of the manifest; those that ask the server say so when it is not running. */
export function registerCommands(
  lifecycle: Lifecycle,
  log: LogOutputChannel,
  pictures: Pictures,
  context: ExtensionContext,
  tuning: FineTuning,
  { records, large }: { readonly records: FormattedRecords; readonly large: LargeFiles },
): Disposable {
  const list = new FindingsList();
  const statistics = new StatisticsView();
  const report = new ImageReport();
  const check = withServer((client) => checkFile(client, log, list));
  // Links in a hover name the picture that they are about.
  const table: Readonly<Record<string, (link?: unknown, links?: unknown) => unknown>> = {
    'visionFinetune.checkFile': () => (large.active ? checkLargeFile(large.active) : check()),
    'visionFinetune.showStatistics': withServer((client) => statistics.showActive(client)),
    'visionFinetune.previewRecord': (link) => pictures.preview(link),
    'visionFinetune.openPicture': (link) => pictures.open(link),
    'visionFinetune.copyPicture': (link) => pictures.copy(link),
    'visionFinetune.extractPicture': (link) => pictures.extract(link),
    'visionFinetune.repairPicture': (link) => pictures.repair(link),
    'visionFinetune.setImageDetail': withServer(async (client, link) => {
      if (await pictures.select(link)) await setImageDetail(client, pictures.status);
    }),
    'visionFinetune.repairImages': withServer(repair),
    'visionFinetune.embedWebImages': withServer(embedFromWeb),
    'visionFinetune.extractImages': withServer((client) => extractImages({ client, report })),
    'visionFinetune.embedFolderImages': withServer((client) =>
      embedFolderImages({ client, report }),
    ),
    'visionFinetune.checkRemoteImages': withServer((client) => checkRemote(client, 'file')),
    'visionFinetune.checkRemoteImagesOfRecord': withServer(async (client, link) => {
      if (await pictures.select(link)) await checkRemote(client, 'record');
    }),
    'visionFinetune.forecastSkippedImages': withServer((client) => forecast(client, 'file')),
    'visionFinetune.forecastSkippedImagesOfRecord': withServer(async (client, link) => {
      if (await pictures.select(link)) await forecast(client, 'record');
    }),
    'visionFinetune.nextRecord': withServer((client) => goToNeighbour(client, 'next')),
    'visionFinetune.previousRecord': withServer((client) => goToNeighbour(client, 'previous')),
    'visionFinetune.nextProblem': withServer((client) => goToNeighbour(client, 'nextProblem')),
    'visionFinetune.previousProblem': withServer((client) =>
      goToNeighbour(client, 'previousProblem'),
    ),
    'visionFinetune.goToRecord': withServer(goToRecord),
    'visionFinetune.editRecord': () => records.open(),
    'visionFinetune.openRecords': () => openActiveRecords(),
    'visionFinetune.repairFile': () => repairActiveFile(large),
    'visionFinetune.submitJob': () => tuning.run('submitJob'),
    'visionFinetune.startPractice': () => tuning.run('startPractice'),
    'visionFinetune.refreshJobs': () => tuning.run('refreshJobs'),
    'visionFinetune.showJob': (link, links) => tuning.run('showJob', link, links),
    'visionFinetune.showJobEvents': (link) => tuning.run('showJobEvents', link),
    'visionFinetune.cancelJob': (link) => tuning.run('cancelJob', link),
    'visionFinetune.pauseJob': (link) => tuning.run('pauseJob', link),
    'visionFinetune.resumeJob': (link) => tuning.run('resumeJob', link),
    'visionFinetune.copyModelName': (link) => tuning.run('copyModelName', link),
    'visionFinetune.copyRequest': (link) => tuning.run('copyRequest', link),
    'visionFinetune.tryModel': (link) => tuning.run('tryModel', link),
    'visionFinetune.openPortal': (link) => tuning.run('openPortal', link),
    'visionFinetune.downloadResults': (link) => tuning.run('downloadResults', link),
    'visionFinetune.showReceipt': (link) => tuning.run('showReceipt', link),
    'visionFinetune.enterKey': () => tuning.run('enterKey'),
    'visionFinetune.forgetKey': () => tuning.run('forgetKey'),
    'visionFinetune.openSample': () => openSample(context),
    'visionFinetune.showOutput': () => log.show(),
    'visionFinetune.restartServer': () => lifecycle.restart('asked for'),
  };
  return Disposable.from(
    list,
    report,
    statistics,
    ...Object.entries(table).map(([id, run]) => commands.registerCommand(id, run)),
  );

  /** What opens connections comes with the first wish for them. */
  async function checkRemote(client: LanguageClient, scope: 'record' | 'file'): Promise<void> {
    const { checkRemoteImages } = await import('./checkRemoteImages.ts');
    await checkRemoteImages({
      client,
      scope,
      store: pictures.learnt,
      storage: context.globalStorageUri,
    });
  }

  function forecast(client: LanguageClient, scope: 'record' | 'file'): Promise<void> {
    const { learnt: store } = pictures;
    return forecastImages({ client, imaging: () => pictures.imaging(), list, scope, store });
  }

  /** The same. */
  async function embedFromWeb(client: LanguageClient): Promise<void> {
    const { embedWebImages } = await import('./repair/embedWebImages.ts');
    await embedWebImages({ client, report });
  }

  function repair(client: LanguageClient, argument: unknown): Promise<void> {
    return repairImages({ client, imaging: () => pictures.imaging(), report }, argument);
  }

  function withServer(
    run: (client: LanguageClient, link: unknown) => Promise<void>,
  ): (link?: unknown) => Promise<void> {
    return async (link) => {
      const client = await lifecycle.startedClient();
      if (client) return run(client, link);
      const restart = 'Restart Server';
      const choice = await window.showWarningMessage(
        'The language server is not running.',
        restart,
      );
      if (choice === restart) await lifecycle.restart('asked for by a command');
    };
  }
}
