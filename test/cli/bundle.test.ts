import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { shippedBundles } from '../../scripts/bundles.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { imageRecords, robotRecord, soundFile } from './records.ts';

describe('the command line as a process', () => {
  let folder = '';
  let bundle = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vision-finetune-'));
    bundle = join(folder, 'cli.js');
    const { cli, checkThread, o200k } = shippedBundles({ outdir: folder });
    await Promise.all([cli, checkThread, o200k].map((bundle) => build(bundle)));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  function start(args: readonly string[], stdin = '') {
    const child = spawn(process.execPath, [bundle, ...args], { cwd: folder });
    child.stdin.on('error', () => undefined).end(stdin);
    return child;
  }

  async function finish(args: readonly string[], stdin?: string): Promise<unknown[]> {
    const child = start(args, stdin);
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return [child.exitCode, stdout, stderr];
  }

  it('tells its version', async () => {
    assert.deepEqual(await finish(['--version']), [0, `${packageJson.version}\n`, '']);
  });

  it('ends with the status of what it found, and without colour in a pipe', async () => {
    const profile = 'Azure OpenAI · gpt-4.1-2025-04-14 · limits of 2026-11\n';
    const summary = `<stdin>\n10 records, 0 images, 940 bytes · no problems\n${profile}`;
    const [sound, report, nothing] = await finish(['check', '-'], soundFile);
    // What follows the summary, notices of the provider, depends on the day.
    assert.deepEqual([sound, String(report).slice(0, summary.length), nothing], [0, summary, '']);
    const [status, stdout] = await finish(['check', '-'], robotRecord);
    assert.equal(status, 1);
    assert.doesNotMatch(String(stdout), /\u001b/);
    const complaint = 'vision-finetune: gone.jsonl: no such file\n';
    assert.deepEqual(await finish(['check', 'gone.jsonl']), [2, '', complaint]);
  });

  it('finds in a file that it checks with several threads what it finds on standard input', async () => {
    const padding = ' '.repeat(500);
    const records = `${imageRecords(60_000)}${robotRecord}`.replaceAll('\n', `${padding}\n`);
    await writeFile(join(folder, 'large.jsonl'), records);
    const [status, report] = await finish(['check', '--quiet', 'large.jsonl']);
    const [sameStatus, same] = await finish(['check', '--quiet', '-'], records);
    assert.equal(status, 1);
    assert.deepEqual(
      [sameStatus, String(same).replaceAll('<stdin>', 'large.jsonl')],
      [status, report],
    );
  });

  it('ends quietly when its reader goes away', async () => {
    await writeFile(join(folder, 'long.jsonl'), imageRecords(30_000, 'high'));
    const child = start(['check', 'long.jsonl', '--max-problems', '0']);
    child.stdout.once('data', () => child.stdout.destroy());
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
    assert.deepEqual([child.exitCode, child.signalCode, stderr], [0, null, '']);
  });

  it('ends by the signal that interrupts it', async () => {
    await writeFile(join(folder, 'short.jsonl'), soundFile);
    // Standard input stays open, so that the process waits for it once the first file is reported.
    const child = spawn(process.execPath, [bundle, 'check', 'short.jsonl', '-'], { cwd: folder });
    child.stdout.once('data', () => child.kill('SIGINT'));
    await once(child, 'close');
    assert.deepEqual([child.exitCode, child.signalCode], [null, 'SIGINT']);
  });
});
