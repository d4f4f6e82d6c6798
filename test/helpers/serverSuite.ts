import { afterEach, describe } from 'node:test';
import { Client, type ClientOptions } from './client.ts';
import { attachTo, builtServer, serveInProcess, type RunningServer } from './server.ts';

/** Connects another client to another server, which both end with the test. */
export type Connect = (options?: ClientOptions) => Promise<Client>;

/** One suite at two depths: the server in this process, and the bundle as an editor starts it. */
export function describeServer(title: string, define: (connect: Connect) => void): void {
  describe(`${title}, in process`, () => {
    define(connectTo(() => serveInProcess()));
  });
  describe(`${title}, as the bundle over stdio`, () => {
    const built = builtServer();
    define(connectTo(() => attachTo(built.spawn())));
  });
}

/** Clients of servers that are started with the call and stopped after the test. */
export function connectTo(start: () => RunningServer): Connect {
  const clients: Client[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.stop();
  });
  return async (options) => {
    const client = await Client.start(start(), options);
    clients.push(client);
    return client;
  };
}
