import { hash } from 'node:crypto';
import type { Answer, Asked, Practice } from './practiceClient.ts';
import { fileOf, markedRecord } from './trainingFiles.ts';

/** A request and what was answered. */
export interface Exchanged {
  readonly method: string;
  /** Without the beginning of the surface. */
  readonly path: string;
  readonly json: unknown;
  /** Fields of a form; a file stands for itself. */
  readonly form: Readonly<Record<string, unknown>> | undefined;
  readonly answer: Answer;
}

/** Asks for everything that the surface can do, each thing at least once and in order of time. */
export async function exerciseAll(practice: Practice): Promise<Exchanged[]> {
  const exchanges: Exchanged[] = [];
  const ask = async (method: string, path: string, asked: Asked = {}): Promise<Answer['body']> => {
    const answer = await practice.ask(method, path, asked);
    const form = asked.form && Object.fromEntries(asked.form);
    exchanges.push({ method, path, json: asked.json, form, answer });
    return answer.body;
  };
  const content = fileOf(markedRecord('faces'));
  const training = await ask('POST', '/files', { form: fileForm(content) });
  const validation = await ask('POST', '/files', { form: fileForm(fileOf()) });
  await practice.pass(2000);
  await ask('GET', '/files?purpose=fine-tune&limit=10&order=desc');
  await ask('GET', `/files/${training.id}`);
  if (practice.surface !== 'azure-v1') await exerciseUploads(ask, content);
  const isOpenai = practice.surface === 'openai';
  const created = await ask('POST', '/fine_tuning/jobs', {
    json: {
      model: isOpenai ? 'gpt-4o-2024-08-06' : 'gpt-4.1-2025-04-14',
      training_file: training.id,
      validation_file: validation.id,
      suffix: 'tried',
      seed: 7,
      method: {
        type: 'supervised',
        supervised: {
          hyperparameters: { n_epochs: 2, batch_size: 'auto', learning_rate_multiplier: 0.5 },
        },
      },
      ...(practice.surface !== 'azure-dated' && { metadata: { submission_id: 's1' } }),
      ...(!isOpenai && { trainingType: 'GlobalStandard' }),
    },
  });
  const path = `/fine_tuning/jobs/${created.id}`;
  const metadata = practice.surface === 'azure-dated' ? '' : '&metadata[submission_id]=s1';
  await ask('GET', `/fine_tuning/jobs?limit=5${metadata}`);
  await practice.pass(7000);
  await ask('POST', `${path}/pause`, { json: {} });
  await ask('POST', `${path}/resume`, { json: {} });
  await practice.pass(60_000);
  const done = await ask('GET', path);
  await ask('GET', `${path}/events?limit=100`);
  await ask('GET', `${path}/checkpoints`);
  const [results = ''] = done['result_files'] as string[];
  await ask('GET', `/files/${results}/content`);
  const model = String(done['fine_tuned_model']);
  const isDated = practice.surface === 'azure-dated';
  await ask('POST', isDated ? `/deployments/${model}/chat/completions` : '/chat/completions', {
    json: { model, messages: [{ role: 'user', content: 'What is 1 and 1?' }] },
  });
  const json = { model: created['model'], training_file: training.id };
  const { id } = await ask('POST', '/fine_tuning/jobs', { json });
  await ask('POST', `/fine_tuning/jobs/${id}/cancel`, { json: {} });
  await ask('GET', `/fine_tuning/jobs/ftjob-x`);
  await ask('DELETE', `/files/${validation.id}`);
  return exchanges;
}

type Ask = (method: string, path: string, asked?: Asked) => Promise<Answer['body']>;

async function exerciseUploads(ask: Ask, content: string): Promise<void> {
  const json = {
    filename: 'a.jsonl',
    purpose: 'fine-tune',
    bytes: content.length,
    mime_type: 'application/jsonl',
  };
  const { id } = await ask('POST', '/uploads', { json });
  const form = new FormData();
  form.set('data', new Blob([content]), 'part');
  const part = await ask('POST', `/uploads/${id}/parts`, { form });
  await ask('POST', `/uploads/${id}/complete`, {
    json: { part_ids: [part.id], md5: hash('md5', content) },
  });
  const other = await ask('POST', '/uploads', { json });
  await ask('POST', `/uploads/${other.id}/cancel`, { json: {} });
}

function fileForm(content: string): FormData {
  const form = new FormData();
  form.set('purpose', 'fine-tune');
  form.set('file', new Blob([content], { type: 'application/jsonl' }), 'a.jsonl');
  return form;
}
