import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { InterruptHandler } from '../../cli/interruption.ts';
import type { SurfaceName } from '../../practice/practice.ts';
import { withSoundRecords } from '../helpers/trainingText.ts';
import { robotRecord } from './records.ts';
import { runCli } from './runCli.ts';
import { ServiceDesk } from './serviceDesk.ts';

const terminal = { stdin: true, stdout: true, stderr: true };

describe('submit', () => {
  for (const surface of ['openai', 'azure-v1', 'azure-dated'] as SurfaceName[]) {
    it(`uploads a file and starts one job at ${surface}, with what the environment says`, async (test) => {
      const desk = await ServiceDesk.open(test);
      const { outcome, submission } = await desk.submit([], { env: desk.env(surface) });
      assert.equal(outcome, 'created');
      assert.equal(submission?.endpoint.surface, surface);
      assert.deepEqual([desk.done('createFile'), desk.done('createJob')], [1, 1]);
      assert.deepEqual(
        desk.service.requests.flatMap(({ problems }) => problems),
        [],
      );
    });
  }

  it('says what is sent where, and how to go on', async (test) => {
    const desk = await ServiceDesk.open(test);
    const result = await desk.run(['submit', 'train.jsonl', '--yes', '--epochs', '2']);
    assert.equal(result.status, 0);
    const host = desk.service.origin.slice('http://'.length);
    assert.match(result.stdout, /train\.jsonl, 10 records, 0 images, .*SHA-256 [\da-f]{12}…/);
    assert.match(result.stdout, /Epochs +2, as set\n/);
    assert.match(result.stdout, /Cost +\S+.* at \$25\.00 for a million tokens/);
    assert.ok(result.stdout.includes(`Sent to        ${host} (this machine)`));
    assert.match(result.stdout, /Job (ftjob-\w+) was created at .*\nFollow it: .*jobs watch \1\n$/);
    assert.match(result.stderr, /uploading train\.jsonl, .*\n.*creating the job\n$/);
  });

  it('asks on a terminal, and sends nothing without a clear yes', async (test) => {
    const desk = await ServiceDesk.open(test);
    const answer = async (text: string): Promise<number> => {
      const options = { isTerminal: terminal, stdin: [text] };
      return (await desk.run(['submit', 'train.jsonl'], options)).status;
    };
    for (const no of ['', '\n', 'n\n', 'no\n', 'yesterday\n']) assert.equal(await answer(no), 1);
    const asked = new Set(desk.service.requests.map(({ operation }) => operation));
    assert.deepEqual([...asked], ['listFiles']);
    assert.equal(await answer('Y\n'), 0);
    assert.equal(desk.done('createJob'), 1);
  });

  it('sends nothing where there is nobody to ask and --yes is not given', async (test) => {
    const desk = await ServiceDesk.open(test);
    const { status, stderr } = await desk.run(['submit', 'train.jsonl']);
    assert.equal(status, 2);
    assert.match(stderr, /nobody to ask here; add --yes/);
    assert.equal(desk.service.requests.length, 0);
  });

  it('offers the validation file that stands beside the training file', async (test) => {
    const desk = await ServiceDesk.open(test, { 'val.jsonl': withSoundRecords() });
    const { stdout } = await desk.run(['submit', 'train.jsonl', '--yes']);
    assert.match(
      stdout,
      /Validation file +none; for the one beside it, add --validation val\.jsonl\n/,
    );
    const given = ['submit', 'train.jsonl', '--validation', 'val.jsonl', '--yes'];
    assert.match((await desk.run(given)).stdout, /Validation file +val\.jsonl, 10 records/);
  });

  it('says what is stored there already', async (test) => {
    const desk = await ServiceDesk.open(test);
    const env = desk.env('azure-v1');
    const first = await desk.run(['submit', 'train.jsonl', '--yes'], { env });
    assert.match(first.stdout, /Stored there +0 files, 0 bytes of 1\.1 GB \(100 files at most\)\n/);
    const second = await desk.run(['submit', 'train.jsonl', '--yes', '--again'], { env });
    assert.match(second.stdout, /Stored there +1 file, \d.* of 1\.1 GB/);
  });

  it('says before anything is agreed to that the key is wrong', async (test) => {
    const desk = await ServiceDesk.open(test);
    const env = { ...desk.env(), OPENAI_API_KEY: 'another-key' };
    const { status, stdout, stderr } = await desk.run(['submit', 'train.jsonl', '--yes'], { env });
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /does not accept the key/);
  });

  it('lists the errors of both files and sends nothing', async (test) => {
    const desk = await ServiceDesk.open(test, {
      'train.jsonl': withSoundRecords(robotRecord),
      'val.jsonl': '{"messages": \n',
    });
    const args = ['submit', 'train.jsonl', '--validation', 'val.jsonl', '--yes'];
    const { status, stdout, stderr } = await desk.run(args);
    assert.equal(status, 1);
    assert.match(
      stdout,
      /val\.jsonl\n +1:\d+ +error .*[^]*train\.jsonl\n +1:22 +error .*message-role/,
    );
    assert.match(stderr, /nothing was sent: 2 errors; repair them first\n$/);
    const json = await desk.run([...args, '--json']);
    assert.equal((JSON.parse(json.stdout) as { files: unknown[] }).files.length, 2);
    assert.equal(desk.service.requests.length, 0);
  });

  it('judges a validation file by its own minimum, and compares it with the training file', async (test) => {
    const shared = withSoundRecords().split('\n', 1)[0] ?? '';
    const desk = await ServiceDesk.open(test, { 'val.jsonl': `${shared}\n` });
    const args = ['submit', 'train.jsonl', '--validation', 'val.jsonl', '--yes'];
    const { status, stdout } = await desk.run(args);
    assert.equal(status, 0);
    assert.match(stdout, /Findings +1 note; vision-finetune check lists them/);
    assert.equal(desk.done('createFile'), 2);
    const alone = await desk.run(['submit', 'train.jsonl', '--yes']);
    assert.doesNotMatch(alone.stdout, /Findings/);
  });

  it('takes wishes from vision-finetune.json, and flags before them', async (test) => {
    const config = {
      epochs: 3,
      job: { batchSize: 4, seed: 7, suffix: 'harbour', learningRateMultiplier: 0.5 },
    };
    const desk = await ServiceDesk.open(test, { 'vision-finetune.json': JSON.stringify(config) });
    const { submission } = await desk.submit(['--seed', '8', '--model', 'gpt-4.1-2025-04-14']);
    assert.deepEqual(submission?.wishes, {
      model: 'gpt-4.1-2025-04-14',
      epochs: 3,
      batchSize: 4,
      seed: 8,
      suffix: 'harbour',
      learningRateMultiplier: 0.5,
    });
  });

  it('never takes an endpoint or a key from vision-finetune.json', async (test) => {
    const config = { endpoint: 'http://127.0.0.1:9/v1', job: { apiKey: 'x' }, profile: 'azure' };
    const desk = await ServiceDesk.open(test, { 'vision-finetune.json': JSON.stringify(config) });
    const { status, stderr } = await desk.run(['submit', 'train.jsonl', '--yes']);
    assert.equal(status, 2);
    assert.match(stderr, /no endpoint given; add --endpoint .* or set AZURE_OPENAI_ENDPOINT\n$/);
  });

  const refused: readonly [readonly string[], RegExp][] = [
    [[], /no file given/],
    [['train.jsonl', 'b.jsonl'], /submit takes one training file, not 2/],
    [['-'], /standard input \(-\) is none/],
    [['a.json'], /is one record/],
    [['gone.jsonl'], /gone\.jsonl: no such file/],
    [['.'], /\.: is not a file/],
    [['train.jsonl', '--epochs', 'many'], /--epochs is "many"; expected a number/],
    [['train.jsonl', '--epochs', '51'], /Epochs is 51; expected a whole number from 1 to 50\n/],
    [['train.jsonl', '--suffix', 'a b'], /suffix is "a b"/],
    [['train.jsonl', '--tier', 'gold'], /--tier is "gold"; expected standard/],
    [['train.jsonl', '--tier', 'standard'], /OpenAI has no training tiers/],
    [['train.jsonl', '--provider', 'else'], /--provider is "else"/],
    [['train.jsonl', '--endpoint', 'http://example.com/v1'], /must start with https/],
    [['train.jsonl', '--key', 'x'], /unknown option '--key'; see submit --help/],
  ];
  for (const [args, expected] of refused) {
    it(`cannot use ${args.join(' ') || 'nothing'}, says so and sends nothing`, async (test) => {
      const desk = await ServiceDesk.open(test);
      const { status, stdout, stderr } = await desk.run(['submit', '--yes', ...args]);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, expected);
      assert.equal(desk.service.requests.length, 0);
    });
  }

  it('names what is missing in the environment', async (test) => {
    const desk = await ServiceDesk.open(test);
    const told = async (env: Record<string, string>): Promise<string> =>
      (await desk.run(['submit', 'train.jsonl', '--yes'], { env })).stderr;
    const { XDG_STATE_HOME = '' } = desk.env();
    assert.match(await told({}), /no provider given; add --provider/);
    assert.match(
      await told({ OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' }),
      /no key for 127\.0\.0\.1:9; set OPENAI_API_KEY/,
    );
    assert.match(
      await told({ AZURE_OPENAI_ENDPOINT: 'contoso-ai' }),
      /no key for contoso-ai\.openai\.azure\.com; set AZURE_OPENAI_API_KEY or AZURE_OPENAI_AD_TOKEN/,
    );
    assert.match(await told({ OPENAI_API_KEY: 'k' }), /set HOME or XDG_STATE_HOME/);
    assert.match(
      await told({ OPENAI_API_KEY: 'k\u0000ey', XDG_STATE_HOME }),
      /OPENAI_API_KEY holds characters that no key has/,
    );
  });

  it('run again finds its job without asking, and starts another with --again', async (test) => {
    const desk = await ServiceDesk.open(test);
    const first = await desk.submit();
    const args = ['submit', 'train.jsonl'];
    const { status, stdout } = await desk.run(args);
    assert.equal(status, 0);
    assert.ok(stdout.startsWith(`Job ${first.jobId ?? ''} is there already at`));
    await desk.run(['jobs', 'cancel', first.jobId ?? '']);
    assert.match(
      (await desk.run(args)).stdout,
      /, and is cancelled; .*\nLook at it: .* jobs show /,
    );
    const third = await desk.submit(['--again']);
    assert.notEqual(third.jobId, first.jobId);
    assert.equal(desk.done('createJob'), 2);
  });

  it('shows an unknown outcome as such, and looks for the job when run again', async (test) => {
    const desk = await ServiceDesk.open(test);
    desk.service.faults.add({ operation: 'createJob', moment: 'arrival', effect: { kind: 'cut' } });
    const { error } = await desk.submit();
    assert.deepEqual([error?.kind, error?.outcome], ['unknown-outcome', 'unknown']);
    const again = await desk.run(['submit', 'train.jsonl']);
    assert.equal(again.status, 2);
    assert.match(again.stderr, /Whether the job for train\.jsonl was created is not known/);
    assert.equal(desk.done('createJob'), 0);
  });

  it('finds the job whose answer was lost', async (test) => {
    const desk = await ServiceDesk.open(test);
    desk.service.faults.add({ operation: 'createJob', moment: 'reply', effect: { kind: 'cut' } });
    const { outcome } = await desk.submit();
    assert.equal(outcome, 'found');
    assert.equal(desk.done('createJob'), 1);
  });

  it('follows the job with --watch, and ends with how it ended', async (test) => {
    const desk = await ServiceDesk.open(test);
    const good = await desk.run(['submit', 'train.jsonl', '--yes', '--watch']);
    assert.equal(good.status, 0);
    assert.match(good.stdout, /Step 1\/\d+: training loss[^]*has succeeded\nTuned model: ft:/);
  });
});

describe('Ctrl+C', () => {
  it('stops an upload, creates no job, and says how to go on', async (test) => {
    const { desk, press, handlers } = await openWithKeyboard(test);
    desk.service.faults.add(slowUpload);
    const running = desk.run(['submit', 'train.jsonl', '--yes'], { onInterrupt: handlers.add });
    await press();
    const { status, stderr } = await running;
    assert.equal(status, 1);
    assert.match(stderr, /stopped, no job was created; submit again to go on\n$/);
    assert.equal(desk.done('createJob'), 0);
    assert.equal(handlers.count, 0);
    assert.equal((await desk.submit()).outcome, 'created');
  });
});

const slowUpload = {
  operation: 'createFile',
  moment: 'reply',
  effect: { kind: 'delay', milliseconds: 60_000 },
} as const;

/** Presses once the file is on its way. */
async function openWithKeyboard(test: TestContext): Promise<{
  desk: ServiceDesk;
  handlers: Handlers;
  press: () => Promise<void>;
}> {
  const desk = await ServiceDesk.open(test);
  const handlers = new Handlers();
  const press = async (): Promise<void> => {
    while (desk.service.faults.planned.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    handlers.interrupt();
  };
  return { desk, handlers, press };
}

/** Signals as `Interruption` hands them on. */
class Handlers {
  readonly #handlers = new Set<InterruptHandler>();

  get count(): number {
    return this.#handlers.size;
  }

  readonly add = (handler: InterruptHandler): (() => void) => {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  };

  interrupt(): void {
    for (const handler of this.#handlers) handler();
    this.#handlers.clear();
  }
}

describe('a file that changes', () => {
  it('while a person is asked is not sent', async (test) => {
    const desk = await ServiceDesk.open(test);
    const { status, stderr } = await runCli(['submit', 'train.jsonl'], {
      cwd: desk.folder,
      env: desk.env(),
      isTerminal: terminal,
      stdin: {
        async *[Symbol.asyncIterator]() {
          await writeFile(join(desk.folder, 'train.jsonl'), withSoundRecords(robotRecord));
          yield Buffer.from('y\n');
        },
      },
    });
    assert.equal(status, 2);
    assert.match(stderr, /train\.jsonl has changed since it was checked/);
    assert.equal(desk.done('createFile'), 0);
  });
});
