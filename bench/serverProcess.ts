/** The language server as it is shipped, in a process of its own, and a client of the little that is asked of it here. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { statusMethod, type FileStatus } from '../server/protocol.ts';

export const uri = 'file:///bench/a.jsonl';

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

  static async start(folder: string): Promise<ServerProcess> {
    const probe = join(import.meta.dirname, 'memoryProbe.ts');
    const parameters = ['--expose-gc', '--import', probe, join(folder, 'server.js'), '--stdio'];
    const child = spawn(process.execPath, parameters, {
      stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    });
    const { stdin, stdout } = child;
    if (!stdin || !stdout) throw new Error('The server has no pipes');
    const connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
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
    this.#child.send('measure');
    const [usage] = (await once(this.#child, 'message')) as [NodeJS.MemoryUsage];
    return usage;
  }

  async kill(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
    this.#connection.dispose();
  }
}
