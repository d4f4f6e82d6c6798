import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './atExit.ts';
import { vscodeFolder } from './places.ts';
import { quietSettings, type Settings } from './settings.ts';
import { until } from './until.ts';

export interface ServerOptions {
  /**
   * Folder of the extension, which is installed by a link to it: the window is the one that a user has. Left out for a suite
   * inside the extension host, where the address of the window names the extension and its tests.
   */
  readonly extension?: string;
  /** True: every folder is trusted. False: VS Code asks, and is in Restricted Mode until it is answered. */
  readonly trust: boolean;
  /** Secret that an address must carry. Left out only by tests, which live for seconds. */
  readonly token?: string;
  /** User settings beyond `quietSettings`. */
  readonly settings?: Settings;
}

export interface EditorServer {
  /** Host and port, `127.0.0.1:PORT`: VS Code's name for this server in remote addresses too. */
  readonly authority: string;
  readonly token: string | undefined;
  /** Folder with all that it writes: settings, logs, what extensions keep. */
  readonly home: string;
  /** Ends the server with its extension hosts and removes what it wrote. */
  stop(): Promise<void>;
}

/** Starts a VS Code on loopback, on a port that the system chooses, with nothing of the user's in it. */
export async function startServer(options: ServerOptions): Promise<EditorServer> {
  const home = await mkdtemp(join(tmpdir(), 'vision-finetune-editor-'));
  const forgetHome = atExit(() => rmSync(home, { recursive: true, force: true }));
  const server = spawn(process.execPath, await serverParameters(home, options), {
    // A process group of its own, so that extension hosts and language servers end with it.
    detached: process.platform !== 'win32',
    // No gallery of extensions, which VS Code would ask over the internet as soon as a window opens.
    env: {
      ...process.env,
      EXTENSIONS_GALLERY: '{}',
      // What the extension remembers of submissions, which is not in VS Code's own folders.
      XDG_STATE_HOME: join(home, 'state'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const forgetServer = atExit(() => signalGroup(server, 'SIGKILL'));

  const stop = async (): Promise<void> => {
    await endGroup(server);
    forgetServer();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
    forgetHome();
  };
  try {
    const authority = `127.0.0.1:${await listeningPort(server)}`;
    await answering(authority);
    return { authority, token: options.token, home, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function serverParameters(home: string, options: ServerOptions): Promise<string[]> {
  await mkdir(join(home, 'user/User'), { recursive: true });
  const settings = JSON.stringify({ ...quietSettings, ...options.settings });
  await writeFile(join(home, 'user/User/settings.json'), settings);
  return [
    join(vscodeFolder, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', '0'],
    ...(await tokenParameters(home, options.token)),
    '--accept-server-license-terms',
    '--disable-telemetry',
    '--disable-update-check',
    ...(options.trust ? ['--disable-workspace-trust'] : []),
    ...['--user-data-dir', join(home, 'user')],
    ...['--server-data-dir', join(home, 'server')],
    ...(await extensionParameters(home, options.extension)),
  ];
}

async function extensionParameters(home: string, extension?: string): Promise<string[]> {
  const folder = join(home, 'extensions');
  await mkdir(folder);
  const parameters = ['--extensions-dir', folder];
  // A built VS Code takes extensions and tests from an address with this flag only. It also hides all notifications.
  if (extension === undefined) return [...parameters, '--enable-smoke-test-driver'];
  await symlink(extension, join(folder, 'extension'), 'junction');
  return parameters;
}

/** In a file, since every user of the machine may read a command line. */
async function tokenParameters(home: string, token: string | undefined): Promise<string[]> {
  if (token === undefined) return ['--without-connection-token'];
  const file = join(home, 'token');
  await writeFile(file, token, { mode: 0o600 });
  return ['--connection-token-file', file];
}

/** The server says "Extension host agent listening on PORT"; VS Code's own remote connection reads the same line. */
async function listeningPort(server: ChildProcess): Promise<string> {
  let output = '';
  // Read to the end of its life: a full pipe would block it.
  server.stdout?.on('data', (text: Buffer) => (output += text.toString()));
  // Without the native logger, which is not compiled here, it writes a long "Could not locate the bindings file". Harmless.
  server.stderr?.resume();
  return until('VS Code to listen', () => {
    if (server.exitCode !== null) throw new Error(`VS Code ended at once:\n${output}`);
    return /Extension host agent listening on (\d+)/.exec(output)?.[1];
  });
}

async function answering(authority: string): Promise<void> {
  await until('VS Code to answer', async () => {
    const response = await fetch(`http://${authority}/version`).catch(() => undefined);
    return response?.ok === true ? true : undefined;
  });
}

async function endGroup(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  // Nothing in it is worth saving, and on SIGTERM it waits for its windows.
  signalGroup(server, 'SIGKILL');
  await ended;
}

function signalGroup(server: ChildProcess, signal: NodeJS.Signals): void {
  if (server.pid === undefined) return;
  try {
    if (process.platform === 'win32') server.kill(signal);
    else process.kill(-server.pid, signal);
  } catch {
    // It has ended already.
  }
}
