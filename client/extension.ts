import { commands, window, type ExtensionContext } from 'vscode';
import { registerCommands } from './commands.ts';
import { LargeFiles } from './disk/largeFiles.ts';
import { FineTuning } from './fineTuning.ts';
import { Lifecycle } from './lifecycle.ts';
import { Pictures } from './pictures.ts';
import { RecordStatus } from './recordStatus.ts';
import { StatusItem } from './statusItem.ts';

let lifecycle: Lifecycle | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel('Vision Fine-Tuning', { log: true });
  const status = new StatusItem();
  lifecycle = new Lifecycle(context, log, status);
  const pictures = new Pictures(context, status, lifecycle, commands.executeCommand);
  const tuning = new FineTuning(context, () => pictures.learnt.images);
  const { extensionUri } = context;
  const large = new LargeFiles({ extensionUri, log, learnt: () => pictures.learnt.entries });
  context.subscriptions.push(
    large,
    log,
    status,
    pictures,
    tuning,
    new RecordStatus(lifecycle),
    registerCommands(lifecycle, log, pictures, context, tuning),
  );
  await lifecycle.startWhenNeeded();
}

export async function deactivate(): Promise<void> {
  await lifecycle?.stop();
}
