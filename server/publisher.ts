import type { Connection } from 'vscode-languageserver';
import { diagnosticsOf } from './features/diagnostics.ts';
import type { Host } from './host.ts';
import type { OpenFile } from './openFile.ts';
import { statusMethod } from './protocol.ts';

/** While a long file is being read, what is known is shown this often, in milliseconds. */
const publishInterval = 400;

/**
 * Tells the client what is known of a file. A publication is made and sent in one go from the file as it is, so it
 * can never be about an older text: the client does not compare versions.
 */
export class Publisher {
  readonly #connection: Connection;
  readonly #host: Host;
  readonly #lastPublished = new WeakMap<OpenFile, number>();

  constructor(connection: Connection, host: Host) {
    this.#connection = connection;
    this.#host = host;
  }

  /** After a slice of work: shows the first results at once, then some now and then, then all. */
  progress(file: OpenFile): void {
    const last = this.#lastPublished.get(file);
    const isDue = last === undefined || this.#host.now() - last >= publishInterval;
    if (file.isSettled || isDue) this.#publish(file);
  }

  /** After a check failed: what was found before may be about another text. */
  failure(file: OpenFile): void {
    this.#lastPublished.delete(file);
    void this.#connection.sendDiagnostics({ uri: file.uri, diagnostics: [] });
    void this.#connection.sendNotification(statusMethod, file.status);
  }

  /** After a file is closed. */
  clear(uri: string): void {
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #publish(file: OpenFile): void {
    const { snapshot, status } = file;
    this.#lastPublished.set(file, this.#host.now());
    const diagnostics = file.isWanted
      ? diagnosticsOf(snapshot, (rule) => this.#host.rulePage(rule))
      : [];
    void this.#connection.sendDiagnostics({
      uri: file.uri,
      version: snapshot.version,
      diagnostics,
    });
    void this.#connection.sendNotification(statusMethod, status);
  }
}
