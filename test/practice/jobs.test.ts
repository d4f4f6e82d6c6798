import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { surfaceNames } from '../../practice/surface.ts';
import { startPractice, type Practice } from './practiceClient.ts';
import { fileOf, markedRecord, soundRecords } from './trainingFiles.ts';

const sound = fileOf();

async function statusOf(practice: Practice, job: string): Promise<string> {
  return (await practice.ask('GET', `/fine_tuning/jobs/${job}`)).body.status;
}

function act(practice: Practice, job: string, action: 'cancel' | 'pause' | 'resume') {
  return practice.ask('POST', `/fine_tuning/jobs/${job}/${action}`, { json: {} });
}

/** Until the job trains and has done a step. */
async function trainingJob(practice: Practice): Promise<string> {
  const { body } = await practice.createJob(await practice.uploaded(sound));
  await practice.pass(7000);
  return body.id;
}

for (const surface of surfaceNames) {
  describe(`a job on the surface ${surface}`, () => {
    it('goes through the states that the surface has, to a model that answers', async (test) => {
      const practice = await startPractice(test, surface);
      const created = await practice.createJob(await practice.uploaded(sound), { suffix: 'mine' });
      assert.equal(created.status, surface === 'azure-dated' ? 201 : 200);
      const { id } = created.body;
      const seen = [created.body.status];
      while (!['succeeded', 'failed'].includes(seen.at(-1) ?? '')) {
        await practice.pass(500);
        const status = await statusOf(practice, id);
        if (status !== seen.at(-1)) seen.push(status);
      }
      const first = surface === 'openai' ? ['validating_files', 'queued'] : ['pending'];
      assert.deepEqual(seen, [...first, 'running', 'succeeded']);

      const { body } = await practice.ask('GET', `/fine_tuning/jobs/${id}`);
      const model = String(body['fine_tuned_model']);
      assert.match(
        model,
        surface === 'openai'
          ? /^ft:gpt-4o-2024-08-06:practice:mine:\w{8}$/
          : /^gpt-4\.1-2025-04-14\.ft-[0-9a-f]{32}-mine$/,
      );
      const path =
        surface === 'azure-dated' ? `/deployments/${model}/chat/completions` : '/chat/completions';
      const json = { model, messages: [{ role: 'user', content: 'What is 3 and 1?' }] };
      const answer = (await practice.ask('POST', path, { json })).body;
      const [choice] = answer['choices'] as { message: { content: string } }[];
      assert.match(choice?.message.content ?? '', /^\d+$/);
      assert.deepEqual(
        (await practice.ask('POST', path, { json })).body['choices'],
        answer['choices'],
      );
    });

    it('has nulls or empty values before it is at its end, as the provider has them', async (test) => {
      const practice = await startPractice(test, surface);
      const { body } = await practice.createJob(await practice.uploaded(sound));
      const { organization_id, result_files, error, fine_tuned_model, trained_tokens } = body;
      assert.deepEqual(
        [organization_id, result_files, error, fine_tuned_model, trained_tokens],
        surface === 'openai'
          ? ['org-practice', [], {}, null, null]
          : [null, null, null, null, null],
      );
    });

    it('tells of its steps, the newest first, and keeps checkpoints of three epochs', async (test) => {
      const practice = await startPractice(test, surface);
      const training = await practice.uploaded(sound);
      const validation = await practice.uploaded(sound);
      const method = { type: 'supervised', supervised: { hyperparameters: { n_epochs: 5 } } };
      const { id } = (await practice.createJob(training, { validation_file: validation, method }))
        .body;
      await practice.pass(60_000);
      const path = `/fine_tuning/jobs/${id}`;
      const events = (await practice.ask('GET', `${path}/events?limit=100`)).body.data;
      assert.equal(events.at(-1)?.['message'], `Created fine-tuning job: ${id}`);
      assert.equal(events[0]?.['message'], 'The job has successfully completed');
      const steps = events.filter(({ type }) => type === 'metrics').reverse();
      assert.equal(steps.length, 50);
      assert.match(
        String(steps[9]?.['message']),
        /^Step 10\/50: training loss=\d\.\d\d, validation loss=\d\.\d\d, full validation loss=\d\.\d\d$/,
      );
      const losses = steps.map(
        ({ data }) => (data as unknown as { train_loss: number }).train_loss,
      );
      assert.ok((losses[0] ?? 0) > 1.5 && (losses.at(-1) ?? 9) < 0.3, losses.join());

      const page = (await practice.ask('GET', `${path}/events?limit=2`)).body;
      assert.equal(page['has_more'], true);
      const after = `${path}/events?limit=2&after=${page.data[1]?.id ?? ''}`;
      assert.deepEqual((await practice.ask('GET', after)).body.data, events.slice(2, 4));

      const checkpoints = (await practice.ask('GET', `${path}/checkpoints`)).body.data;
      assert.deepEqual(
        checkpoints.map((each) => each['step_number']),
        [50, 40, 30],
      );
    });

    it('writes its results into a file, in the columns of the provider', async (test) => {
      const practice = await startPractice(test, surface);
      const job = await practice.finishedJob(sound);
      const [file] = job['result_files'] as string[];
      const { text } = await practice.ask('GET', `/files/${file ?? ''}/content`);
      const [head, ...lines] = text.trimEnd().split('\n');
      assert.equal(
        head,
        surface === 'openai'
          ? 'step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy'
          : 'step,train_loss,train_mean_token_accuracy,valid_loss,validation_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy',
      );
      const { n_epochs } = job['hyperparameters'] as { n_epochs: number };
      assert.equal(lines.length, 10 * n_epochs);
    });

    it('is cancelled, paused and resumed in the states that allow it', async (test) => {
      const practice = await startPractice(test, surface);
      const early = (await practice.createJob(await practice.uploaded(sound))).body.id;
      assert.equal((await act(practice, early, 'pause')).status, 400);
      assert.equal((await act(practice, early, 'cancel')).body.status, 'cancelled');
      assert.equal((await act(practice, early, 'cancel')).status, 400);

      const id = await trainingJob(practice);
      assert.equal((await act(practice, id, 'resume')).status, 400);
      assert.equal((await act(practice, id, 'pause')).body.status, 'paused');
      const { data } = (await practice.ask('GET', `/fine_tuning/jobs/${id}/checkpoints`)).body;
      assert.equal(data.length, 1);
      await practice.pass(600_000);
      assert.equal(await statusOf(practice, id), 'paused');
      assert.equal((await act(practice, id, 'resume')).body.status, 'running');
      await practice.pass(60_000);
      assert.equal(await statusOf(practice, id), 'succeeded');
      assert.equal(await statusOf(practice, early), 'cancelled');
    });
  });
}

describe('jobs', () => {
  it('are found by their metadata, all of it, where the surface has any', async (test) => {
    const practice = await startPractice(test, 'openai');
    const file = await practice.uploaded(sound);
    const ids: string[] = [];
    for (const metadata of [{ a: '1', b: '2' }, { a: '1' }, undefined]) {
      ids.push((await practice.createJob(file, metadata && { metadata })).body.id);
    }
    const find = async (query: string) =>
      (await practice.ask('GET', `/fine_tuning/jobs?${query}`)).body.data.map(({ id }) => id);
    assert.deepEqual(await find(''), ids.toReversed());
    assert.deepEqual(await find('metadata[a]=1'), [ids[1], ids[0]]);
    assert.deepEqual(await find('metadata[a]=1&metadata[b]=2'), [ids[0]]);
    assert.deepEqual(await find('metadata[__proto__]=1'), []);
    assert.deepEqual(await find('metadata=null'), [ids[2]]);
    const dated = practice.on('azure-dated');
    const refused = await dated.ask('GET', '/fine_tuning/jobs?metadata[a]=1');
    assert.equal(refused.status, 400);
  });

  it('on the same file with the same seed have the same losses, and others have others', async (test) => {
    const practice = await startPractice(test, 'openai');
    const results: string[] = [];
    for (const seed of [7, 7, 8]) {
      const job = await practice.finishedJob(sound, { seed });
      const [file] = job['result_files'] as string[];
      results.push((await practice.ask('GET', `/files/${file ?? ''}/content`)).text);
    }
    assert.equal(results[0], results[1]);
    assert.notEqual(results[1], results[2]);
  });

  it('tell of a thousand steps at most, however many they have', async (test) => {
    const practice = await startPractice(test, 'openai');
    const job = await practice.finishedJob(soundRecords(300).join('\n'), {
      hyperparameters: { n_epochs: 10, batch_size: 1 },
    });
    assert.equal(job.status, 'succeeded');
    const events = await practice.events(job.id);
    const count = events.filter(({ type }) => type === 'metrics').length;
    assert.ok(count >= 900 && count <= 1010, `${count} events`);
  });

  it('go on from a tuned model', async (test) => {
    const practice = await startPractice(test, 'azure-v1');
    const first = await practice.finishedJob(sound);
    const model = String(first['fine_tuned_model']);
    const second = await practice.finishedJob(sound, { model });
    assert.match(String(second['fine_tuned_model']), /^gpt-4\.1-2025-04-14\.ft-[0-9a-f]{32}$/);
    assert.notEqual(second['fine_tuned_model'], model);
  });

  it('are not charged for examples that were left out', async (test) => {
    const practice = await startPractice(test, 'openai');
    const options = { hyperparameters: { n_epochs: 1 } };
    const clean = await practice.finishedJob(sound, options);
    const marked = await practice.finishedJob(fileOf(markedRecord('faces')), options);
    assert.ok(Number(clean['trained_tokens']) > 100);
    assert.equal(marked['trained_tokens'], clean['trained_tokens']);
  });
});
