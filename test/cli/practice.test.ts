import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { shippedBundles } from '../../scripts/bundles.ts';
import { runCli } from './runCli.ts';

interface Started {
  readonly version: number;
  readonly origin: string;
  readonly addresses: Readonly<Record<string, string>>;
  readonly key: string;
}

describe('vision-finetune practice', () => {
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vision-finetune-'));
    const { cli, practice } = shippedBundles({ outdir: folder });
    await Promise.all([build(cli), build(practice)]);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('as shipped, tells address and key, takes a file, and leaves nothing behind at Ctrl+C', async () => {
    const args = [join(folder, 'cli.js'), 'practice', '--json', '--provider', 'azure'];
    // A child's own folder for temporary files, to see what is left in it.
    const temporary = await mkdtemp(join(folder, 'temporary-'));
    const child = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: temporary } });
    try {
      const lines = createInterface({ input: child.stdout });
      const [line] = (await once(lines, 'line')) as [string];
      const { version, origin, addresses, key } = JSON.parse(line) as Started;
      assert.equal(version, 1);
      assert.deepEqual(addresses, {
        'azure-v1': `${origin}/openai/v1`,
        'azure-dated': `${origin}/openai`,
      });
      const body = new FormData();
      body.set('purpose', 'fine-tune');
      body.set('file', new Blob(['{}\n'], { type: 'application/jsonl' }), 'a.jsonl');
      const headers = { 'api-key': key };
      const url = `${origin}/openai/v1/files`;
      const response = await fetch(url, { method: 'POST', headers, body });
      assert.equal(response.status, 200);
      if (process.platform !== 'win32') assert.equal((await readdir(temporary)).length, 1);
      child.kill('SIGINT');
      const [status] = (await once(child, 'exit')) as [number | null];
      // Windows has no signals: there the process just ends.
      if (process.platform !== 'win32') {
        assert.equal(status, 0);
        assert.deepEqual(await readdir(temporary), []);
      }
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('prints a table for people, and ends when it is told to', async () => {
    const { status, stdout, stderr } = await runCli(['practice'], {
      onInterrupt: (handler) => {
        assert.equal(handler(), 'wait');
        return () => undefined;
      },
    });
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /OpenAI +http:\/\/127\.0\.0\.1:\d+\/v1\n/);
    assert.match(stdout, /Azure OpenAI, with api-version +http:\/\/127\.0\.0\.1:\d+\/openai\n/);
    assert.match(stdout, /Key +practice-[0-9a-f]{48}\nCtrl\+C ends it\.\n$/);
  });

  it('says which argument it cannot use', async () => {
    const table: [string[], RegExp][] = [
      [['--port', '65536'], /--port is "65536"; expected a number up to 65535/],
      [['--speed', '0'], /--speed is "0"; expected a number from 0\.01 to 10000/],
      [['--provider', 'other'], /--provider is "other"; expected azure or openai/],
      [['--key', 'x'], /unknown option '--key'/],
      [['file'], /see practice --help/],
    ];
    for (const [args, message] of table) {
      const { status, stderr } = await runCli(['practice', ...args]);
      assert.equal(status, 2);
      assert.match(stderr, message);
    }
  });

  it('says that a port is in use', async (test) => {
    const other = createServer().listen(0, '127.0.0.1');
    test.after(() => other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { status, stderr } = await runCli(['practice', '--port', String(port)]);
    const complaint = `vision-finetune: cannot listen on port ${port}: it is in use\n`;
    assert.deepEqual([status, stderr], [2, complaint]);
  });
});
