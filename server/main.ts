import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
} from 'vscode-languageserver/node';
import { localDate } from '../core/check/localDate.ts';
import { describeError } from './guard.ts';
import { startServer } from './startServer.ts';

/**
 * The process: serves one client, over standard input and output whatever arguments an editor passes. Named pipes and
 * sockets, which the library would open if asked to, are not on offer. It ends with its input.
 *
 * A client in Node.js, as in VS Code, may open a channel to it as to a child of its own and pass `--node-ipc`: a document of
 * megabytes comes over that as it is, and not written and read as JSON.
 */
const connection =
  process.connected && process.argv.includes('--node-ipc')
    ? createConnection(
        ProposedFeatures.all,
        new IPCMessageReader(process),
        new IPCMessageWriter(process),
      )
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout);

// The library sees to the end of standard input alone.
process.on('disconnect', () => process.exit());

// A promise that nobody waits for is a bug in one place, and no reason to leave everybody else without a server.
process.on('unhandledRejection', (error) =>
  connection.console.error(`Not awaited: ${describeError(error)}`),
);

/** By rule: the pages that are shipped do not change while the process runs, and diagnostics ask for them by the thousand. */
const rulePages = new Map<string, string | undefined>();

startServer(connection, {
  now: () => performance.now(),
  today: () => localDate(new Date()),
  yield: () => setImmediate(),
  rulePage: (rule) => {
    if (!rulePages.has(rule)) rulePages.set(rule, findRulePage(rule));
    return rulePages.get(rule);
  },
});

/** Shipped beside the bundle, so that it opens without a network. */
function findRulePage(rule: string): string | undefined {
  const page = join(import.meta.dirname, '..', 'docs', 'rules', `${rule}.md`);
  return existsSync(page) ? pathToFileURL(page).href : undefined;
}
