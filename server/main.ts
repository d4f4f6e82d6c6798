import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { localDate } from '../core/check/localDate.ts';
import { startServer } from './startServer.ts';

/**
 * The process: serves one client over standard input and output, whatever arguments an editor passes. Named pipes and
 * sockets, which the library would open if asked to, are not on offer.
 */
const connection = createConnection(
  ProposedFeatures.all,
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);

startServer(connection, {
  now: () => performance.now(),
  today: () => localDate(new Date()),
  yield: () => setImmediate(),
  rulePage: (rule) => {
    // Shipped beside the bundle, so that it opens without a network.
    const page = join(import.meta.dirname, '..', 'docs', 'rules', `${rule}.md`);
    return existsSync(page) ? pathToFileURL(page).href : undefined;
  },
});
