import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { after, before } from 'node:test';
import { build } from 'esbuild';
import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  type Connection,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver/node';
import { shippedBundles } from '../../scripts/bundles.ts';
import type { Host } from '../../server/host.ts';
import { startServer } from '../../server/startServer.ts';

/** Both ends of the wire to a server that is running. */
export interface RunningServer {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  readonly stop: () => Promise<void>;
}

export type ServerStart = () => RunningServer;

/** The page of a rule, as an address. */
export function rulePage(rule: string): string {
  return `file:///docs/rules/${rule}.md`;
}

/** A host that never has to wait for anything. */
export const testHost: Host = {
  now: () => performance.now(),
  today: () => '2026-11-21',
  yield: () => setImmediate(),
  rulePage,
};

/** A host whose clock goes on by a millisecond at each look: work is cut into slices of a few records. */
export function slowHost(): Host {
  let time = 0;
  return { ...testHost, now: () => ++time };
}

/** Runs the server in this process. `tap` may listen in on what it does with its connection. */
export function serveInProcess(
  host: Host = testHost,
  tap?: (connection: Connection) => void,
): RunningServer {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  // Readers and writers, not streams: with those the library ends the process at the end of its input.
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(toServer),
    new StreamMessageWriter(toClient),
  );
  tap?.(connection);
  startServer(connection, host);
  return {
    reader: new StreamMessageReader(toClient),
    writer: new StreamMessageWriter(toServer),
    stop: () => {
      connection.dispose();
      return Promise.resolve();
    },
  };
}

/** The server as it is shipped, built into a folder of its own with a page for each of the rules given. */
export class BuiltServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'vision-finetune-server-'));

  get path(): string {
    return join(this.folder, 'dist', 'server.js');
  }

  async build(): Promise<void> {
    const { server, o200k } = shippedBundles({ outdir: join(this.folder, 'dist') });
    await Promise.all([build(server), build(o200k)]);
    await mkdir(join(this.folder, 'docs', 'rules'), { recursive: true });
    await writeFile(join(this.folder, 'docs', 'rules', 'json-syntax.md'), '# json-syntax\n');
  }

  /** Starts `node dist/server.js --stdio`, with Node's own arguments before and the server's after. */
  spawn(args: readonly string[] = ['--stdio'], nodeArgs: readonly string[] = []): ChildProcess {
    return spawn(process.execPath, [...nodeArgs, this.path, ...args], { cwd: this.folder });
  }

  /** Starts it as VS Code does, with a channel to it. */
  fork(args: readonly string[] = ['--node-ipc'], nodeArgs: readonly string[] = []): ChildProcess {
    return fork(this.path, args, {
      cwd: this.folder,
      execArgv: [...nodeArgs],
      serialization: 'advanced',
      silent: true,
    });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

/** Builds the server before the tests of this suite, and removes it afterwards. */
export function builtServer(): BuiltServer {
  const server = new BuiltServer();
  before(() => server.build());
  after(() => server.remove());
  return server;
}

/** The wire to a process that serves over standard input and output. */
export function attachTo(child: ChildProcess): RunningServer {
  if (!child.stdout || !child.stdin) throw new Error('The process has no pipes');
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    reader: new StreamMessageReader(child.stdout),
    writer: new StreamMessageWriter(child.stdin),
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}

/** The wire to a process that serves over its channel. */
export function attachToChannel(child: ChildProcess): RunningServer {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    reader: new IPCMessageReader(child),
    writer: new IPCMessageWriter(child),
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
