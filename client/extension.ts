import { commands, window, type ExtensionContext, type Uri } from 'vscode';
import { registerCommands } from './commands.ts';
import { DiskRecords } from './disk/diskRecords.ts';
import { LargeFiles } from './disk/largeFiles.ts';
import { LargeFileStatus } from './disk/largeFileStatus.ts';
import { RecordsEditor } from './disk/recordsEditor.ts';
import { FineTuning } from './fineTuning.ts';
import { FormattedRecords } from './formattedRecords.ts';
import { Lifecycle } from './lifecycle.ts';
import { Pictures } from './pictures.ts';
import { RecordStatus } from './recordStatus.ts';
import { StatusItem } from './statusItem.ts';

let lifecycle: Lifecycle | undefined;

export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('Vision Fine-Tuning', { log: true });
  const status = new StatusItem();
  lifecycle = new Lifecycle(context, log, status);
  const pictures = new Pictures(context, status, lifecycle, commands.executeCommand);
  const tuning = new FineTuning(context, () => pictures.learnt.images);
  const { extensionUri } = context;
  const large = new LargeFiles({ extensionUri, log, learnt: () => pictures.learnt.entries });
  const disk = new DiskRecords(extensionUri);
  disk.onDidWrite((uri) => large.get(uri)?.noteChange());
  const records = new FormattedRecords(disk);
  const { thumbnails, learnt } = pictures;
  const edit = (uri: Uri, index: number): Promise<void> => disk.open(uri, index);
  context.subscriptions.push(
    large,
    new LargeFileStatus(large),
    new RecordsEditor({ extensionUri, large, thumbnails, learnt, edit }),
    records,
    log,
    status,
    pictures,
    tuning,
    new RecordStatus(lifecycle),
    registerCommands(lifecycle, log, pictures, context, tuning, { records, large }),
  );
  // Nobody waits for the server: what needs it asks for it.
  lifecycle.startWhenNeeded();
}

export async function deactivate(): Promise<void> {
  await lifecycle?.stop();
}
