import {
  commands,
  ConfigurationTarget,
  ProgressLocation,
  Uri,
  window,
  workspace,
  type QuickPickItem,
  type TextDocument,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { privateHost } from '../core/image/hostScope.ts';
import type { LearntImage } from '../core/image/learntImages.ts';
import { learnRemoteImages } from '../core/remote/learnRemoteImages.ts';
import { RemoteCache } from '../core/remote/remoteCache.ts';
import { countByHost, readTargets, type RemoteTarget } from '../core/remote/remoteTargets.ts';
import { formatCount } from '../core/text/formatCount.ts';
import {
  checkFileMethod,
  recordScheme,
  settingsSection,
  webAddressesMethod,
  type CheckFileParams,
  type CheckFileResult,
  type WebAddressesParams,
  type WebAddressesResult,
} from '../server/protocol.ts';
import { toSignal } from './abortSignal.ts';
import { activeRecords } from './checkFile.ts';
import { withLateProgress } from './lateProgress.ts';
import type { LearntStore } from './learntStore.ts';
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
  if (!(await isTrusted())) return;
  const document = await documentToCheck();
  if (!document) return;
  const uri = document.uri.toString();
  const line = window.activeTextEditor?.selection.active.line ?? 0;
  const params: WebAddressesParams = scope === 'record' ? { uri, line } : { uri };
  const found = await withLateProgress('Looking for images on the web', (token) =>
    client.sendRequest<WebAddressesResult>(webAddressesMethod, params, token),
  );
  if (!found) return;
  const { allowHttp } = settings();
  const { targets, plainHttp } = readTargets(found.addresses, { allowHttp });
  if (targets.length === 0) {
    const none = `There is no image on the web in this ${scope}.`;
    void window.showInformationMessage(describePlainHttp(plainHttp) || none);
    return;
  }
  const allowed = await askForHosts(targets);
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

/** In Restricted Mode a file may be anybody's, and what it has fetched tells them that it was opened. */
async function isTrusted(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const choice = await window.showWarningMessage(
    'Images on the web are not fetched in Restricted Mode.',
    manage,
  );
  if (choice === manage) await commands.executeCommand('workbench.trust.manage');
  return false;
}

/** A record that is opened as formatted JSON stays what it is. */
async function documentToCheck(): Promise<TextDocument | undefined> {
  const document = window.activeTextEditor?.document;
  return document?.uri.scheme === recordScheme ? document : activeRecords();
}

interface RemoteSettings {
  readonly allowHttp: boolean;
  readonly allowedHosts: readonly string[];
}

/** Of the user: a folder cannot set them. Whatever else stands there in settings.json is left out. */
function settings(): RemoteSettings {
  const section = workspace.getConfiguration(`${settingsSection}.remote`);
  const hosts = section.get<unknown>('allowedHosts');
  return {
    allowHttp: section.get<unknown>('allowHttp') === true,
    allowedHosts: Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string') : [],
  };
}

/**
 * The images that may be fetched: the user is asked about each host once, and what is allowed is remembered. Those on hosts out of
 * reach are among them, for the guard to say so. Undefined when dismissed.
 */
async function askForHosts(
  targets: readonly RemoteTarget[],
): Promise<readonly RemoteTarget[] | undefined> {
  const { allowedHosts } = settings();
  const allowed = new Set(allowedHosts);
  const unknown = [...countByHost(targets)].filter(([host]) => !allowed.has(host));
  if (unknown.length > 0) {
    const items = unknown.map(([label, count]): QuickPickItem => ({
      label,
      description: `${formatCount(count)} ${count === 1 ? 'image' : 'images'}`,
      picked: true,
    }));
    const picked = await window.showQuickPick(items, {
      title: 'Check Remote Images: Which Hosts May Be Asked?',
      placeHolder: 'Each sees your address. What you allow is remembered.',
      canPickMany: true,
      ignoreFocusOut: true,
    });
    if (!picked) return undefined;
    for (const { label } of picked) allowed.add(label);
    if (picked.length > 0) await remember([...allowed].sort());
  }
  return targets.filter(({ hostname }) => allowed.has(hostname) || privateHost(hostname));
}

async function remember(hosts: readonly string[]): Promise<void> {
  await workspace
    .getConfiguration(`${settingsSection}.remote`)
    .update('allowedHosts', hosts, ConfigurationTarget.Global);
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
