import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startPractice } from './practiceClient.ts';
import { fileOf, markedRecord, soundRecords, webRecord } from './trainingFiles.ts';

const sound = fileOf();
const formatError = 'The job failed due to a file format error in the training file.';

/** A file, and how a job on it fails at OpenAI, in the words that people were shown. */
const failures: readonly {
  readonly title: string;
  readonly file: string;
  readonly code: string;
  readonly message: string | RegExp;
}[] = [
  {
    title: 'too few examples',
    file: soundRecords(7).join('\n'),
    code: 'invalid_n_examples',
    message: 'Training file has 7 example(s), but must have at least 10 examples',
  },
  {
    title: 'a key beside messages',
    file: `{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}], "id": 1}\n${sound}`,
    code: 'invalid_file_format',
    message: `${formatError} Invalid file format. Example 1 contains an extra "id".`,
  },
  {
    title: 'a record without messages',
    file: fileOf(...soundRecords(2), '{"preferred_output": []}'),
    code: 'invalid_file_format',
    message: `${formatError} Invalid file format. Example 3 is missing key 'messages'`,
  },
  {
    title: 'a message without a role',
    file: fileOf('{"messages": [{"role": "user", "content": "a"}, {"content": "b"}]}'),
    code: 'invalid_file_format',
    message: `${formatError} Invalid file format. Example 1, message 2 Discriminator 'role' is missing in value`,
  },
  {
    title: 'a role that nobody knows',
    file: fileOf(
      '{"messages": [{"role": "human", "content": "a"}, {"role": "assistant", "content": "b"}]}',
    ),
    code: 'invalid_file_format',
    message: new RegExp(
      `^${formatError} Invalid file format. Example 1, message 1 Input tag 'human' found`,
    ),
  },
  {
    title: 'a record that is no object, behind one that is',
    file: fileOf(...soundRecords(1), '["a"]'),
    code: 'invalid_file_format',
    message: `${formatError} Unexpected file format, expected either prompt/completion pairs or chat messages.`,
  },
  {
    title: 'a line that is not JSON, even behind what is wrong in another way',
    file: fileOf('{"text": "a"}', '{"messages": ['),
    code: 'invalid_training_file',
    message:
      /^The job failed due to an invalid training file\. Invalid file format\. Example 2 cannot be parsed\. Error: line contains invalid json: /,
  },
  {
    title: 'what only our own rules have words for',
    file: fileOf(
      '{"messages": [{"role": "user", "content": []}, {"role": "assistant", "content": "b"}]}',
    ),
    code: 'invalid_file_format',
    message: new RegExp(`^${formatError} Invalid file format. Example 1, message 1 \\S`),
  },
];

describe('a job fails with the words of the service', () => {
  for (const { title, file, code, message } of failures) {
    it(`on ${title}`, async (test) => {
      const practice = await startPractice(test, 'openai');
      const { status, error } = await practice.finishedJob(file);
      assert.deepEqual([status, error.code, error.param], ['failed', code, 'training_file']);
      if (typeof message === 'string') assert.equal(error.message, message);
      else assert.match(error.message, message);
    });
  }

  it('on a validation file that is not one', async (test) => {
    const practice = await startPractice(test, 'openai');
    const validation = await practice.uploaded(fileOf('{"text": "a"}'));
    const { error } = await practice.finishedJob(sound, { validation_file: validation });
    assert.deepEqual([error.code, error.param], ['invalid_file_format', 'validation_file']);
    assert.match(error.message, /in the validation file\./);
  });

  it('on another method than supervised', async (test) => {
    const practice = await startPractice(test, 'openai');
    const { error, training_file } = await practice.finishedJob(sound, { method: { type: 'dpo' } });
    assert.equal(
      error.message,
      `The job failed due to an invalid training file. Invalid file format. Input file ${String(training_file)} is in the fine-tune-chat format, but the specified fine-tuning job is not using 'supervised' as the training method (provided method=dpo).`,
    );
  });
});

describe('examples that are left out', () => {
  const skipped = [
    markedRecord('faces'),
    markedRecord('CAPTCHAs', 'jpeg'),
    markedRecord('people', 'webp'),
    webRecord('https://files.invalid/a.png'),
    webRecord('https://files.invalid/b.png'),
  ];

  it('are told of with their lines at Azure, while the job goes on', async (test) => {
    const practice = await startPractice(test, 'azure-v1');
    const job = await practice.finishedJob(fileOf(...soundRecords(1), ...skipped));
    assert.equal(job.status, 'succeeded');
    const messages = await practice.messages(job.id);
    assert.equal(
      messages.find((each) => each.includes('Preprocessing')),
      'Training file: Preprocessing Summary: Number of skipped multimodal examples: contains faces (1), contains CAPTCHAs (1), contains people (1), inaccessible URL (2). Details - Samples of lines per error type: contains faces: Line numbers --> 2; contains CAPTCHAs: Line numbers --> 3; contains people: Line numbers --> 4; inaccessible URL: Line numbers --> 5, 6',
    );
    const { data } = (await practice.ask('GET', `/fine_tuning/jobs/${job.id}/events?limit=100`))
      .body;
    assert.deepEqual(
      data.filter(({ level }) => level !== 'info').map(({ level }) => level),
      ['warning'],
    );
  });

  it('are only counted at OpenAI', async (test) => {
    const practice = await startPractice(test, 'openai');
    const job = await practice.finishedJob(fileOf(...skipped));
    assert.equal(job.status, 'succeeded');
    const messages = await practice.messages(job.id);
    assert.equal(
      messages.find((each) => each.includes('Preprocessing')),
      'Training file: Preprocessing Summary: Number of skipped multimodal examples: contains faces (1), contains CAPTCHAs (1), contains people (1), inaccessible URL (2).',
    );
  });

  it('fail the job at Azure when they are more than 200, with 100 lines of each kind', async (test) => {
    const practice = await startPractice(test, 'azure-dated');
    const unreachable = webRecord('https://files.invalid/a.png');
    const allowed = await practice.finishedJob(fileOf(...Array<string>(200).fill(unreachable)));
    assert.equal(allowed.status, 'succeeded');
    const job = await practice.finishedJob(fileOf(...Array<string>(201).fill(unreachable)));
    assert.equal(job.status, 'failed');
    const lines = Array.from({ length: 100 }, (_, index) => index + 1).join(', ');
    const message = `Training file: Preprocessing Summary: The provided data failed validation. Number of skipped multimodal examples exceed the maximum allowed 200 limit: inaccessible URL (201). Details - Samples of lines per error type: inaccessible URL: Line numbers --> ${lines}`;
    assert.equal(job.error.message, message);
    assert.equal((await practice.messages(job.id)).at(-1), message);
  });

  it('fail the job when they are all', async (test) => {
    const practice = await startPractice(test, 'openai');
    const { status, error } = await practice.finishedJob(
      Array<string>(12).fill(markedRecord('faces')).join('\n'),
    );
    assert.deepEqual([status, error.code], ['failed', 'invalid_n_examples']);
  });
});

describe('a job is not created', () => {
  it('of a file that is not there, or is for something else', async (test) => {
    const practice = await startPractice(test, 'openai');
    const missing = await practice.createJob('file-x');
    assert.deepEqual([missing.status, missing.body.error.param], [400, 'training_file']);
    const { body } = await practice.upload(sound, { purpose: 'batch' });
    assert.equal((await practice.createJob(body.id)).status, 400);
  });

  it('of a file that Azure has not processed yet, but at OpenAI it waits', async (test) => {
    const practice = await startPractice(test, 'azure-v1');
    const early = await practice.createJob((await practice.upload(sound)).body.id);
    assert.deepEqual([early.status, early.body.error.code], [400, 'unexpectedEntityState']);
    const openai = practice.on('openai');
    const { status } = await openai.createJob((await openai.upload(sound)).body.id);
    assert.equal(status, 200);
  });

  it('on a model that cannot be tuned', async (test) => {
    const practice = await startPractice(test, 'azure-v1');
    const azure = await practice.createJob(await practice.uploaded(sound), { model: 'gpt-3' });
    assert.deepEqual(
      [azure.status, azure.body.error.message],
      [400, 'The specified base model does not support fine-tuning'],
    );
    const openai = practice.on('openai');
    const { body } = await openai.createJob(await openai.uploaded(sound), { model: 'gpt-3' });
    assert.equal(body.error.code, 'model_not_available');
  });

  it('where the contract has something against the request', async (test) => {
    const practice = await startPractice(test, 'openai');
    const file = await practice.uploaded(sound);
    const refused: [object, string][] = [
      [{ suffix: null }, "None is not of type 'string' - 'suffix'"],
      [{ trainingType: 'GlobalStandard' }, 'Unrecognized request argument supplied: trainingType'],
      [{ seed: -1 }, "must be >= 0 - 'seed'"],
      [{ hyperparameters: { n_epochs: 51 } }, "must be <= 50 - 'hyperparameters.n_epochs'"],
      [{ suffix: 'a'.repeat(65) }, "must NOT have more than 64 characters - 'suffix'"],
    ];
    for (const [more, message] of refused) {
      const { status, body } = await practice.createJob(file, more);
      assert.deepEqual([status, body.error.message], [400, message]);
    }
    const dated = practice.on('azure-dated');
    const azure = await dated.createJob('file-x', { metadata: { a: 'b' } });
    assert.equal(azure.body.error.message, 'Unrecognized request argument supplied: metadata');
    assert.deepEqual((await practice.ask('GET', '/fine_tuning/jobs')).body.data, []);
    assert.equal(practice.service.requests.filter(({ problems }) => problems.length > 0).length, 6);
  });
});
