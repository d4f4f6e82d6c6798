import { after, afterEach, describe } from 'node:test';
import { Client, type ClientOptions } from './client.ts';
import { attachTo, builtServer, serveInProcess, type RunningServer } from './server.ts';

/** Gives a client of a server that knows of no document yet. */
export type Connect = (options?: ClientOptions) => Promise<Client>;

/** One suite at two depths: the server in this process, and the bundle as an editor starts it. */
export function describeServer(title: string, define: (connect: Connect) => void): void {
  describe(`${title}, in process`, () => {
    define(connectTo(() => serveInProcess()));
  });
  describe(`${title}, as the bundle over stdio`, () => {
    const built = builtServer();
    define(shareOf(connectTo(() => attachTo(built.spawn()), after)));
  });
}

/** Clients of servers that are started with the call and stopped after the test, or when `atEnd` says so. */
export function connectTo(
  start: () => RunningServer,
  atEnd: (stop: () => Promise<void>) => void = afterEach,
): Connect {
  const clients: Client[] = [];
  atEnd(async () => {
    for (const client of clients.splice(0)) await client.stop();
  });
  return async (options) => {
    const client = await Client.start(start(), options);
    clients.push(client);
    return client;
  };
}

/** One client for all tests of a suite that ask for no more than settings: a process takes its time to start. */
function shareOf(connect: Connect): Connect {
  let shared: Promise<Client> | undefined;
  return async (options = {}) => {
    const { settings, ...special } = options;
    if (Object.keys(special).length > 0) return connect(options);
    const client = await (shared ??= connect());
    await client.reset(settings);
    return client;
  };
}
