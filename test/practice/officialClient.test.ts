import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import OpenAI, { toFile } from 'openai';
import { startPractice } from './practiceClient.ts';
import { fileOf, markedRecord } from './trainingFiles.ts';

describe('the official client', () => {
  it('uploads, creates, follows, lists and reads all without a complaint', async (test) => {
    const practice = await startPractice(test, 'openai');
    const { addresses, key } = practice.service;
    const client = new OpenAI({
      apiKey: key,
      baseURL: addresses.openai ?? '',
      maxRetries: 0,
      organization: null,
      project: null,
    });
    const content = Buffer.from(fileOf(markedRecord('faces')));
    const file = await client.files.create({
      file: await toFile(content, 'train.jsonl'),
      purpose: 'fine-tune',
    });
    const upload = await client.uploads.create({
      filename: 'val.jsonl',
      purpose: 'fine-tune',
      bytes: content.length,
      mime_type: 'application/jsonl',
    });
    const part = await client.uploads.parts.create(upload.id, { data: await toFile(content, 'p') });
    const completed = await client.uploads.complete(upload.id, { part_ids: [part.id] });
    const job = await client.fineTuning.jobs.create({
      model: 'gpt-4o-2024-08-06',
      training_file: file.id,
      validation_file: completed.file?.id ?? '',
      method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 3 } } },
      metadata: { submission_id: 's1' },
    });
    await practice.pass(60_000);

    const done = await client.fineTuning.jobs.retrieve(job.id);
    assert.equal(done.status, 'succeeded');
    const events = [];
    for await (const event of client.fineTuning.jobs.listEvents(job.id)) events.push(event.message);
    assert.equal(events.at(-1), `Created fine-tuning job: ${job.id}`);
    assert.ok(events.length > 30, `${events.length} events`);
    const steps = [];
    for await (const each of client.fineTuning.jobs.checkpoints.list(job.id)) {
      steps.push(each.step_number);
    }
    assert.deepEqual(steps, [30, 20, 10]);
    const results = await client.files.content(done.result_files[0] ?? '');
    assert.match(await results.text(), /^step,train_loss/);
    const found = await client.fineTuning.jobs.list({ metadata: { submission_id: 's1' } });
    assert.deepEqual(
      found.data.map(({ id }) => id),
      [job.id],
    );
    const answer = await client.chat.completions.create({
      model: done.fine_tuned_model ?? '',
      messages: [{ role: 'user', content: 'What is 1 and 1?' }],
    });
    assert.match(answer.choices[0]?.message.content ?? '', /^\d+$/);
    assert.deepEqual(
      practice.service.requests.filter(({ problems }) => problems.length > 0),
      [],
    );
  });

  it('creates a job three times where its answers are lost: what this service is there to show', async (test) => {
    const practice = await startPractice(test, 'openai');
    const { addresses, key } = practice.service;
    const baseURL = addresses.openai ?? '';
    const client = new OpenAI({ apiKey: key, baseURL, organization: null, project: null });
    const training_file = await practice.uploaded(fileOf());
    practice.service.faults.add({
      operation: 'createJob',
      moment: 'reply',
      effect: { kind: 'status', status: 500, retryAfter: '0.001' },
      times: 2,
    });
    await client.fineTuning.jobs.create({ model: 'gpt-4o-2024-08-06', training_file });
    const { data } = (await practice.ask('GET', '/fine_tuning/jobs')).body;
    assert.equal(data.length, 3);
  });
});
