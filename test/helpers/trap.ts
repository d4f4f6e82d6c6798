/**
 * Loaded into a process before its program (`--import`): whatever would open a socket or start a process is named on
 * standard error and ends it.
 */
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { writeSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import workers from 'node:worker_threads';

/** The status that a process ends with when it steps on a trap. */
const trappedStatus = 99;

function setTraps(module: object, ...names: readonly string[]): void {
  for (const name of names) {
    Reflect.set(module, name, () => {
      writeSync(process.stderr.fd, `Trapped: ${name}\n`);
      process.exit(trappedStatus);
    });
  }
}

setTraps(net, 'connect', 'createConnection', 'createServer');
setTraps(net.Socket.prototype, 'connect');
setTraps(net.Server.prototype, 'listen');
setTraps(dns, 'lookup', 'resolve', 'resolve4', 'resolve6');
setTraps(dns.promises, 'lookup', 'resolve');
setTraps(dgram, 'createSocket');
setTraps(http, 'request', 'get');
setTraps(https, 'request', 'get');
setTraps(childProcess, 'spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'fork');
setTraps(workers, 'Worker');
setTraps(globalThis, 'fetch', 'WebSocket');
