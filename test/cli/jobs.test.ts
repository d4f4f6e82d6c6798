import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { withSoundRecords } from '../helpers/trainingText.ts';
import { markedRecord, webRecord } from '../practice/trainingFiles.ts';
import { ServiceDesk } from './serviceDesk.ts';

describe('jobs list', () => {
  it('shows the newest jobs in a table', async (test) => {
    const desk = await ServiceDesk.open(test);
    assert.equal((await desk.run(['jobs', 'list'])).stdout, 'No jobs\n');
    const { jobId = '' } = await desk.submit();
    const { stdout } = await desk.run(['jobs', 'list']);
    const [head = '', line = '', ...rest] = stdout.split('\n');
    assert.match(head, /^Job +Model +Status +Created +Trained tokens +Tuned model$/);
    assert.ok(line.startsWith(`${jobId}  gpt-4o-2024-08-06  `));
    assert.match(line, /\d{4}-\d\d-\d\d \d\d:\d\dZ/);
    assert.deepEqual(rest, ['']);
  });

  it('lists as many as are asked for', async (test) => {
    const desk = await ServiceDesk.open(test);
    await desk.submit();
    await desk.submit(['--again']);
    const { stdout } = await desk.run(['jobs', 'list', '--limit', '1', '--json']);
    assert.equal((JSON.parse(stdout) as { jobs: unknown[] }).jobs.length, 1);
  });
});

describe('a submission of which nobody knows whether it has a job', () => {
  it('is named by jobs list until a list shows its job', async (test) => {
    const desk = await ServiceDesk.open(test);
    desk.service.faults.add({ operation: 'createJob', moment: 'reply', effect: { kind: 'cut' } });
    // The list that would tell is not to be had either.
    const noList = { operation: 'listJobs', moment: 'arrival', skip: 1, times: 10 } as const;
    desk.service.faults.add({ ...noList, effect: { kind: 'status', status: 403 } });
    const env = desk.env('azure-v1');
    assert.equal((await desk.submit([], { env })).error?.kind, 'unknown-outcome');
    desk.service.faults.clear();
    const [{ training, ...submission } = assert.fail()] = await desk.journal.list();
    const { fileId: _, ...unsent } = training;
    // As if it had been another's job that is there.
    await desk.journal.write({ ...submission, training: unsent, id: 'another' });
    const { stdout, stderr } = await desk.run(['jobs', 'list'], { env });
    assert.match(stdout, /\nftjob-/);
    assert.equal(
      stderr,
      'vision-finetune: whether train.jsonl has a job here is not known; submit it again, which looks for it\n',
    );
    const states = (await desk.journal.list()).map(({ id, state }) => `${id} ${state}`);
    assert.deepEqual(states.sort(), ['another unknown', `${submission.id} confirmed`].sort());
  });
});

describe('jobs watch', () => {
  it('tells what happens until the job has succeeded, as text or an object a line', async (test) => {
    const desk = await ServiceDesk.open(test);
    const { jobId = '' } = await desk.submit();
    const { status, stdout } = await desk.run(['jobs', 'watch', jobId]);
    assert.equal(status, 0);
    assert.match(stdout, /Checkpoint created[^]*has succeeded\nTuned model: ft:gpt-4o/);
    const json = await desk.run(['jobs', 'watch', jobId, '--json']);
    const lines = json.stdout.trimEnd().split('\n');
    const last = JSON.parse(lines.at(-1) ?? '') as { type: string; job: { status: string } };
    assert.deepEqual([last.type, last.job.status], ['job', 'succeeded']);
  });

  it('ends with 1 where the job fails, and says why', async (test) => {
    const face = markedRecord('faces');
    const faces = Array.from({ length: 201 }, (_, at) => face.replace('Yes.', `Yes, ${at}.`));
    const desk = await ServiceDesk.open(test, { 'train.jsonl': withSoundRecords(...faces) });
    const env = desk.env('azure-v1');
    const { jobId = '' } = await desk.submit([], { env });
    const { status, stdout, stderr } = await desk.run(['jobs', 'watch', jobId], { env });
    assert.equal(status, 1);
    assert.match(stdout, /exceed the maximum allowed 200 limit: .*\nJob \S+ has failed\n$/);
    assert.equal(stdout.split('maximum allowed').length, 2);
    assert.match(stderr, /what it says of lines: vision-finetune jobs show ftjob-\w+\n$/);
  });

  it('shows steps on a terminal in one line, drawn anew', async (test) => {
    const desk = await ServiceDesk.open(test);
    const { jobId = '' } = await desk.submit();
    let now = 0;
    const { stdout, stderr } = await desk.run(['jobs', 'watch', jobId], {
      isTerminal: { stdout: true, stderr: true },
      now: () => (now += 2000),
    });
    assert.doesNotMatch(stdout, /Step 1\//);
    assert.match(stdout, /has succeeded/);
    assert.match(stderr, /\r\u001b\[Kvision-finetune: the receipt is .*\n$/);
  });
});

describe('jobs show', () => {
  it('takes what the service says of lines to the lines of the file', async (test) => {
    const text = withSoundRecords(markedRecord('faces'));
    const desk = await ServiceDesk.open(test, { 'train.jsonl': text });
    const env = desk.env('azure-v1');
    const { jobId = '' } = await desk.submit([], { env });
    const show = async (): Promise<string> =>
      (await desk.run(['jobs', 'show', jobId], { env })).stdout;
    await desk.run(['jobs', 'watch', jobId], { env });
    assert.match(
      await show(),
      /11 examples sent; 1 left out\n +contains faces: 1\n +train\.jsonl:1 +contains faces\n/,
    );
    await writeFile(join(desk.folder, 'train.jsonl'), `${text}\n`);
    assert.match(await show(), /train\.jsonl has changed since it was submitted/);
    await rm(join(desk.folder, 'train.jsonl'));
    assert.match(await show(), /train\.jsonl cannot be read any more/);
  });

  it('says where the service names no line', async (test) => {
    const desk = await ServiceDesk.open(test, {
      'train.jsonl': withSoundRecords(markedRecord('faces')),
    });
    const { jobId = '' } = await desk.submit();
    await desk.run(['jobs', 'watch', jobId]);
    const { stdout } = await desk.run(['jobs', 'show', jobId]);
    assert.match(stdout, /contains faces: 1, of 1 the service does not name the line\n$/);
  });

  it('shows beside it which lines the check had doubts about, with the reason', async (test) => {
    const doubtful = webRecord('https://me:secret@example.com/a.png');
    const text = withSoundRecords(markedRecord('faces'), doubtful);
    const desk = await ServiceDesk.open(test, { 'train.jsonl': text });
    const { jobId = '' } = await desk.submit();
    await desk.run(['jobs', 'watch', jobId]);
    const { stdout } = await desk.run(['jobs', 'show', jobId]);
    assert.match(
      stdout,
      /contains faces: 1, of 1 .*\n +Which, the service leaves open\. Likely by our own check:\n +line 2 +Address holds credentials;/,
    );
    const azure = { env: desk.env('azure-v1') };
    const named = await desk.submit([], azure);
    await desk.run(['jobs', 'watch', named.jobId ?? ''], azure);
    const other = await desk.run(['jobs', 'show', named.jobId ?? ''], azure);
    assert.doesNotMatch(other.stdout, /Likely by our own check/);
  });

  it('says what it does not know of a job that was started elsewhere', async (test) => {
    const desk = await ServiceDesk.open(test);
    const { jobId = '' } = await desk.submit();
    const env = { ...desk.env(), XDG_STATE_HOME: join(desk.folder, 'elsewhere') };
    const args = ['jobs', 'show', jobId, '--receipt', 'r.md'];
    const { status, stdout, stderr } = await desk.run(args, { env });
    assert.equal(status, 2);
    assert.match(stdout, /How many were sent is not known here/);
    assert.match(stderr, /no receipt: the job was not submitted from here/);
  });

  it('shows settings and checkpoints, and writes a receipt in either form', async (test) => {
    const desk = await ServiceDesk.open(test);
    const { jobId = '' } = await desk.submit(['--epochs', '2', '--seed', '7']);
    await desk.run(['jobs', 'watch', jobId]);
    const { status, stdout } = await desk.run(['jobs', 'show', jobId, '--receipt', 'r.md']);
    assert.equal(status, 0);
    assert.match(
      stdout,
      /Status +succeeded\n[^]*Epochs +2\n[^]*Seed +7\n[^]*Checkpoints\nStep +Train/,
    );
    await desk.run(['jobs', 'show', jobId, '--receipt', 'r.json']);
    const page = await readFile(join(desk.folder, 'r.md'), 'utf8');
    assert.ok(page.startsWith('# train.jsonl\n') && page.includes(`| Job | ${jobId} |`));
    const data = JSON.parse(await readFile(join(desk.folder, 'r.json'), 'utf8')) as {
      job: { id: string };
      submission: { jobId: string };
    };
    assert.deepEqual([data.job.id, data.submission.jobId], [jobId, jobId]);
  });
});

describe('the receipt of a submission', () => {
  it('is kept in both forms once its job is over, without being asked for', async (test) => {
    const desk = await ServiceDesk.open(test);
    const { jobId = '', submission } = await desk.submit();
    const { stderr } = await desk.run(['jobs', 'watch', jobId]);
    const [, path = ''] = /the receipt is (.*)\n$/.exec(stderr) ?? [];
    assert.equal(basename(path), `${submission?.id ?? ''}.md`);
    assert.ok((await readFile(path, 'utf8')).includes(`| Job | ${jobId} |`));
    const data = await readFile(path.replace(/md$/, 'json'), 'utf8');
    assert.equal((JSON.parse(data) as { job: { id: string } }).job.id, jobId);
  });
});

describe('jobs cancel, pause and resume', () => {
  it('do what they say, and say what came of it', async (test) => {
    const desk = await ServiceDesk.open(test, {}, { speed: 10 });
    const { jobId = '' } = await desk.submit();
    const act = async (action: string): Promise<string> =>
      (await desk.run(['jobs', action, jobId])).stdout;
    let paused = '';
    // Only a job that has done a step can be paused, and trains for seconds at this speed.
    while (paused === '') paused = await act('pause');
    assert.equal(paused, `Job ${jobId}: paused\n`);
    assert.match(await act('resume'), /: running\n$/);
    assert.equal(await act('cancel'), `Job ${jobId}: cancelled\n`);
    assert.equal((await desk.run(['jobs', 'watch', jobId])).status, 1);
    const late = await desk.run(['jobs', 'pause', jobId, '--json']);
    assert.equal(late.status, 2);
    assert.match(late.stdout, /"kind":"refused"/);
  });
});

describe('the arguments of jobs', () => {
  const refused: readonly [readonly string[], RegExp][] = [
    [[], /no action given; expected list, show/],
    [['end', 'x'], /the action of jobs is "end"/],
    [['show'], /jobs show takes the ID of a job/],
    [['show', 'a', 'b'], /jobs show does not take "b"/],
    [['list', 'a'], /jobs list does not take "a"/],
    [['list', '--limit', '0'], /--limit is "0"/],
    [['show', 'a', '--limit', '1'], /--limit is for jobs list/],
    [['list', '--receipt', 'a.md'], /--receipt is for jobs show/],
    [['show', 'a', '--receipt', 'a.txt'], /ends in \.md or \.json/],
  ];
  for (const [args, expected] of refused) {
    it(`are refused where they are ${args.join(' ') || 'none'}`, async (test) => {
      const desk = await ServiceDesk.open(test);
      const { status, stderr } = await desk.run(['jobs', ...args]);
      assert.equal(status, 2);
      assert.match(stderr, expected);
    });
  }

  it('may name a job that is not there, which is said', async (test) => {
    const desk = await ServiceDesk.open(test);
    const { status, stderr } = await desk.run(['jobs', 'show', '../files']);
    assert.equal(status, 2);
    assert.match(stderr, /does not know this file, job or upload/);
  });
});
