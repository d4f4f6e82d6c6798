import { commands, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { LearntImage } from '../core/image/learntImages.ts';
import { learnRemoteImages } from '../core/remote/learnRemoteImages.ts';
import { RemoteCache } from '../core/remote/remoteCache.ts';
import { readTargets, type RemoteTarget } from '../core/remote/remoteTargets.ts';
import { formatCount } from '../core/text/formatCount.ts';
import {
  checkFileMethod,
  webAddressesMethod,
  type CheckFileParams,
  type CheckFileResult,
  type WebAddressesParams,
  type WebAddressesResult,
} from '../server/protocol.ts';
import { toSignal } from './abortSignal.ts';
import { activeDocument } from './checkFile.ts';
import { withLateProgress } from './lateProgress.ts';
import type { LearntStore } from './learntStore.ts';
import { askForHosts, mayFetch, remoteSettings } from './remoteConsent.ts';
import { describeFetched, describePlainHttp } from './remoteWords.ts';

export interface RemoteCheck {
  /** Folder that all windows share. */
  readonly storage: Uri;
  readonly client: LanguageClient;
  readonly store: LearntStore;
  /** The record at the cursor, or the whole file. */
  readonly scope: 'record' | 'file';
}

/** Fetches images on the web from hosts that the user allows, and has the file checked with what they say. */
export async function checkRemoteImages({
  storage,
  client,
  store,
  scope,
}: RemoteCheck): Promise<void> {
  if (!(await mayFetch())) return;
  const document = await activeDocument();
  if (!document) return;
  const uri = document.uri.toString();
  const line = window.activeTextEditor?.selection.active.line ?? 0;
  const params: WebAddressesParams = scope === 'record' ? { uri, line } : { uri };
  const found = await withLateProgress('Looking for images on the web', (token) =>
    client.sendRequest<WebAddressesResult>(webAddressesMethod, params, token),
  );
  if (!found) return;
  const { allowHttp } = remoteSettings();
  const { targets, plainHttp } = readTargets(found.addresses, { allowHttp });
  if (targets.length === 0) {
    const none = `There is no image on the web in this ${scope}.`;
    void window.showInformationMessage(describePlainHttp(plainHttp) || none);
    return;
  }
  const allowed = await askForHosts(targets, 'Check Remote Images');
  if (!allowed || allowed.length === 0) return;
  const name = workspace.asRelativePath(document.uri);
  const learnt = await fetchImages(allowed, `Fetching images of ${name}`, (onProgress, signal) => {
    const { fsPath: folder } = Uri.joinPath(storage, 'remote');
    const cache = new RemoteCache({ folder, now: Date.now });
    const { maxImageBytes } = found;
    return learnRemoteImages(allowed, { maxImageBytes, cache, onProgress, signal });
  });
  await store.add(learnt);
  // A file that does not look like training data is one from now on.
  await client.sendRequest<CheckFileResult>(checkFileMethod, { uri } satisfies CheckFileParams);
  await summarize(name, allowed, learnt, plainHttp);
}

/** With a notification that tells how far it is, and that can cancel it: what was fetched until then counts. */
function fetchImages(
  targets: readonly RemoteTarget[],
  title: string,
  run: (
    onProgress: (done: number) => void,
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<string, LearntImage>>,
): Thenable<ReadonlyMap<string, LearntImage>> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  const all = formatCount(targets.length);
  return window.withProgress(options, (progress, token) =>
    run((done) => {
      progress.report({
        message: `${formatCount(done)} of ${all}`,
        increment: 100 / targets.length,
      });
    }, toSignal(token)),
  );
}

async function summarize(
  name: string,
  targets: readonly RemoteTarget[],
  learnt: ReadonlyMap<string, LearntImage>,
  plainHttp: number,
): Promise<void> {
  const images = targets.flatMap(({ addresses }) => {
    const [first = ''] = addresses;
    return learnt.get(first) ?? [];
  });
  const left = targets.length - images.length;
  const parts = [
    images.length > 0 && `${describeFetched(images)}.`,
    left > 0 && `${formatCount(left)} not fetched, as it was cancelled.`,
    describePlainHttp(plainHttp),
  ];
  const showProblems = 'Show Problems';
  const summary = `${name}: ${parts.filter(Boolean).join(' ')}`;
  const choice = await window.showInformationMessage(summary, showProblems);
  if (choice === showProblems) await commands.executeCommand('workbench.actions.view.problems');
}
