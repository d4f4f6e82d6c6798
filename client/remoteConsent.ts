import { commands, ConfigurationTarget, window, workspace, type QuickPickItem } from 'vscode';
import { privateHost } from '../core/image/hostScope.ts';
import { countByHost, type RemoteTarget } from '../core/remote/remoteTargets.ts';
import { formatCount } from '../core/text/formatCount.ts';
import { settingsSection } from '../server/protocol.ts';

/** In Restricted Mode a file may be anybody's, and what it has fetched tells them that it was opened. */
export async function mayFetch(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const choice = await window.showWarningMessage(
    'Images on the web are not fetched in Restricted Mode.',
    manage,
  );
  if (choice === manage) await commands.executeCommand('workbench.trust.manage');
  return false;
}

export interface RemoteSettings {
  readonly allowHttp: boolean;
  readonly allowedHosts: readonly string[];
}

/** Of the user: a folder cannot set them. Whatever else stands there in settings.json is left out. */
export function remoteSettings(): RemoteSettings {
  const section = workspace.getConfiguration(`${settingsSection}.remote`);
  const hosts = section.get<unknown>('allowedHosts');
  return {
    allowHttp: section.get<unknown>('allowHttp') === true,
    allowedHosts: Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string') : [],
  };
}

/**
 * The images that may be fetched: the user is asked about each host once, and what is allowed is remembered. Those on hosts out of
 * reach are among them, for the guard to say so. `title` is that of the command. Undefined when dismissed.
 */
export async function askForHosts(
  targets: readonly RemoteTarget[],
  title: string,
): Promise<readonly RemoteTarget[] | undefined> {
  const { allowedHosts } = remoteSettings();
  const allowed = new Set(allowedHosts);
  const unknown = [...countByHost(targets)].filter(([host]) => !allowed.has(host));
  if (unknown.length > 0) {
    const items = unknown.map(([label, count]): QuickPickItem => ({
      label,
      description: `${formatCount(count)} ${count === 1 ? 'image' : 'images'}`,
      picked: true,
    }));
    const picked = await window.showQuickPick(items, {
      title: `${title}: Which Hosts May Be Asked?`,
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
