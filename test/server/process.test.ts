import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Client } from '../helpers/client.ts';
import { attachTo, attachToChannel, builtServer, type RunningServer } from '../helpers/server.ts';
import { withSoundRecords } from '../helpers/trainingText.ts';
import { hinted, robot, uri } from './records.ts';

const trap = pathToFileURL(join(import.meta.dirname, '..', 'helpers', 'trap.ts')).href;
const samples = join(import.meta.dirname, '..', '..', 'samples');
const signal = (): AbortSignal => AbortSignal.timeout(20_000);

/** All that a process writes to a stream until it ends. */
function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('latin1');
}

/** What remains of a stream when all frames of the protocol are taken from it. */
function withoutFrames(wire: string): string {
  let rest = wire;
  for (;;) {
    const header = /^Content-Length: (\d+)\r\n\r\n/.exec(rest);
    if (!header) return rest;
    rest = rest.slice(header[0].length + Number(header[1]));
  }
}

/** A session that touches every feature, on samples that name pictures on the web. */
async function useEverything(client: Client): Promise<void> {
  for (const name of ['clean', 'broken']) {
    const file = `file:///${name}.jsonl`;
    client.open(file, await readFile(join(samples, `${name}.jsonl`), 'utf8'));
    await client.diagnostics(file);
    const { line } = client.end(file);
    for (let at = 0; at <= line; at++) await client.hover(file, { line: at, character: 0 });
    await client.codeActions(file, { start: { line: 0, character: 0 }, end: client.end(file) });
    await client.fixAll(file);
    await client.setDetail({ uri: file, detail: 'low', scope: 'file' });
    assert.ok(await client.checkFile(file));
  }
}

/** As an editor does that is this process. */
const initializeFromHere = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { processId: process.pid, rootUri: null, capabilities: {} },
};

describe('The process', () => {
  const built = builtServer();

  async function trapped(
    child: ChildProcess,
    attach: (child: ChildProcess) => RunningServer,
  ): Promise<void> {
    const stderr = collect(child.stderr);
    const stdout = collect(child.stdout);
    const client = await Client.start(attach(child));
    await useEverything(client);
    await client.stop();
    assert.equal(stderr(), '');
    assert.equal(child.exitCode, 0);
    assert.equal(withoutFrames(stdout()), '');
  }

  it('opens no socket and starts no process, and writes nothing but the protocol', async () => {
    await trapped(built.spawn(['--stdio'], ['--import', trap]), attachTo);
  });

  it('does so over a channel that its client has opened, as VS Code does', async () => {
    await trapped(built.fork(['--node-ipc'], ['--import', trap]), attachToChannel);
  });

  it('serves over standard input and output where a channel is open that no argument tells of', async () => {
    const client = await Client.start(attachTo(built.fork([])));
    client.open(uri, withSoundRecords(robot));
    assert.deepEqual(await client.codes(uri), ['message-role:1']);
    await client.stop();
  });

  for (const args of [
    ['--socket=1234'],
    ['--socket', '1234'],
    ['--pipe=/nowhere/pipe'],
    ['--node-ipc'],
    [],
  ]) {
    it(`serves over standard input and output when told ${args.join(' ') || 'nothing'}`, async () => {
      const child = built.spawn(args, ['--import', trap]);
      const stderr = collect(child.stderr);
      const client = await Client.start(attachTo(child));
      client.open(uri, withSoundRecords(robot));
      assert.deepEqual(await client.codes(uri), ['message-role:1']);
      await client.stop();
      assert.equal(stderr(), '');
    });
  }

  it('is caught by the trap of these tests when it does open a socket', async () => {
    const opening = [
      '--import',
      trap,
      '--eval',
      'process.getBuiltinModule("node:net").connect(1234)',
    ];
    const child = built.spawn([], opening);
    const [code] = (await once(child, 'exit', { signal: signal() })) as [number];
    assert.equal(code, 99);
  });

  it('ends when its input ends, though the editor that started it lives', async () => {
    const child = built.spawn();
    const { writer } = attachTo(child);
    await writer.write(initializeFromHere);
    await once(child.stdout ?? child, 'data', { signal: signal() });
    child.stdin?.end();
    const [code] = (await once(child, 'exit', { signal: signal() })) as [number];
    assert.equal(code, 1, 'an end without a shutdown is a failure');
  });

  it('ends when its channel is closed, though the editor that opened it lives', async () => {
    const child = built.fork();
    child.send(initializeFromHere);
    await once(child, 'message', { signal: signal() });
    child.disconnect();
    await once(child, 'exit', { signal: signal() });
  });

  for (const [wire, start, attach] of [
    ['standard input', () => built.spawn(), attachTo],
    ['a channel', () => built.fork(), attachToChannel],
  ] as const) {
    it(`ends with success when told over ${wire} to exit after a shutdown`, async () => {
      const child = start();
      const client = await Client.start(attach(child));
      await client.connection.sendRequest('shutdown');
      await client.connection.sendNotification('exit');
      const [code] = (await once(child, 'exit', { signal: signal() })) as [number];
      assert.equal(code, 0);
      client.connection.dispose();
    });
  }

  it('lives on when a feature has a bug or a client refuses what it announced', async () => {
    const child = built.spawn();
    const client = await Client.start(attachTo(child), { refusesRegistration: true });
    client.open(uri, withSoundRecords(robot));
    await client.connection.sendRequest('textDocument/hover', { textDocument: 5 });
    await client.connection.sendNotification('textDocument/didChange', {});
    await client.connection.sendNotification('textDocument/didOpen', {});
    assert.deepEqual(await client.codes(uri), ['message-role:1']);
    assert.equal(child.exitCode, null);
    assert.deepEqual(
      client.logs.filter((line) => line.startsWith('Not awaited')),
      [],
    );
    await client.stop();
  });

  it('finds the same when it is killed and started again', async () => {
    const text = withSoundRecords(robot, hinted, '{');
    const first = built.spawn();
    const before = await findings(first, text);
    first.kill('SIGKILL');
    await once(first, 'exit', { signal: signal() });
    const second = built.spawn();
    assert.deepEqual(await findings(second, text), before);
    assert.equal(before.length, 3);
    second.kill('SIGKILL');
    await once(second, 'exit', { signal: signal() });
  });

  async function findings(child: ChildProcess, text: string) {
    const client = await Client.start(attachTo(child));
    client.open(uri, text);
    return client.diagnostics(uri);
  }
});
