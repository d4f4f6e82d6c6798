import { window, type ExtensionContext } from 'vscode';
import { registerCommands } from './commands.ts';
import { Lifecycle } from './lifecycle.ts';
import { registerPictureHover } from './pictureHover.ts';
import { RecordStatus } from './recordStatus.ts';
import { StatusItem } from './statusItem.ts';

let lifecycle: Lifecycle | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel('Vision Fine-Tuning', { log: true });
  const status = new StatusItem();
  lifecycle = new Lifecycle(context, log, status);
  context.subscriptions.push(
    log,
    status,
    registerPictureHover(context, status, lifecycle),
    new RecordStatus(lifecycle),
    registerCommands(lifecycle, log),
  );
  await lifecycle.start();
}

export async function deactivate(): Promise<void> {
  await lifecycle?.stop();
}
