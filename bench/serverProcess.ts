/** The language server as it is shipped, in a process of its own, and a client of the little that is asked of it here. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { join } from 'node:path';
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type Diagnostic,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { statusMethod, type FileStatus } from '../server/protocol.ts';
import { probeDescriptor } from './probeDescriptor.ts';

export const uri = 'file:///bench/a.jsonl';

const probe = join(import.meta.dirname, 'memoryProbe.ts');

export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #connection: ProtocolConnection;
  #onDiagnostics: (version: number | undefined, diagnostics: readonly Diagnostic[]) => void = () =>
    undefined;
  #onStatus: (status: FileStatus) => void = () => undefined;

  private constructor(child: ChildProcess, connection: ProtocolConnection) {
    this.#child = child;
    this.#connection = connection;
  }

  /** As VS Code starts it; with a probe, which takes its time to load, where `memory` is asked for. */
  static async start(folder: string, { isProbed = false } = {}): Promise<ServerProcess> {
    const child = fork(join(folder, 'server.js'), ['--node-ipc'], {
      execArgv: isProbed ? ['--expose-gc', '--import', probe] : [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc', 'pipe'],
    });
    const connection = createProtocolConnection(
      new IPCMessageReader(child),
      new IPCMessageWriter(child),
    );
    const server = new ServerProcess(child, connection);
    connection.onRequest('client/registerCapability', () => null);
    connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ version, diagnostics }: { version?: number; diagnostics: Diagnostic[] }) => {
        server.#onDiagnostics(version, diagnostics);
      },
    );
    connection.onNotification(statusMethod, (status: FileStatus) => {
      server.#onStatus(status);
    });
    connection.onUnhandledNotification(() => undefined);
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
    });
    await connection.sendNotification('initialized', {});
    return server;
  }

  /** Opens a text, and gives back all that is found in it. */
  async open(text: string): Promise<readonly Diagnostic[]> {
    let found: readonly Diagnostic[] = [];
    this.#onDiagnostics = (_, diagnostics) => (found = diagnostics);
    const checked = new Promise<void>((resolve) => {
      this.#onStatus = ({ state }) => {
        if (state === 'checked') resolve();
      };
    });
    const textDocument = { uri, languageId: 'jsonl', version: 1, text };
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
    await checked;
    return found;
  }

  /** Changes the text, and waits for what is found in that version. */
  async type(line: number, character: number, text: string, version: number): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      this.#onDiagnostics = (of) => {
        if (of === version) resolve();
      };
    });
    const at = { line, character };
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: at, end: at }, text }],
    });
    await answered;
  }

  /** In bytes, after garbage has been collected. */
  async memory(): Promise<NodeJS.MemoryUsage> {
    const wire = this.#child.stdio[probeDescriptor];
    if (!(wire instanceof Socket)) throw new Error('There is no wire to the probe');
    wire.write('measure');
    const [usage] = (await once(wire.setEncoding('utf8'), 'data')) as [string];
    return JSON.parse(usage) as NodeJS.MemoryUsage;
  }

  async kill(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
    this.#connection.dispose();
  }
}
