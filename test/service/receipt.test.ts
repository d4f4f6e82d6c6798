import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Submission } from '../../core/service/journal.ts';
import type { Job } from '../../core/service/jobs.ts';
import { describeExamples, writeReceipt } from '../../core/service/receipt.ts';
import type { Reconciliation } from '../../core/service/reconcile.ts';

const submission: Submission = {
  version: 1,
  id: 'a1',
  fingerprint: 'f1',
  state: 'confirmed',
  createdAt: 0,
  changedAt: 0,
  endpoint: { provider: 'azure', surface: 'azure-v1', base: 'https://contoso.openai.azure.com/' },
  training: { path: '/data/a|b.jsonl', byteLength: 2048, sha256: 'abc', records: 12 },
  wishes: { model: 'gpt-4.1-2025-04-14' },
  jobId: 'ftjob-1',
};
const job: Job = {
  id: 'ftjob-1',
  model: 'gpt-4.1-2025-04-14',
  status: 'failed',
  resultFiles: [],
  metadata: {},
  error: { message: 'No <b>luck</b>\n| x |' },
};
const nothing: Reconciliation = {
  sent: 12,
  skipped: undefined,
  reasons: [],
  refused: [],
  candidates: [],
};

describe('a receipt', () => {
  it('tells what was sent where, with its hash, and what came of it', () => {
    const page = writeReceipt({ submission, job, reconciliation: nothing });
    assert.ok(page.startsWith('# a\\|b.jsonl\n'));
    for (const row of [
      '| Job | ftjob-1 |',
      '| Endpoint | https://contoso.openai.azure.com/ |',
      '| Training file | a\\|b.jsonl, 12 records, 2,048 bytes, SHA-256 abc |',
    ])
      assert.ok(page.includes(`${row}\n`), row);
  });

  it('holds no mark-up of anybody else', () => {
    const page = writeReceipt({ submission, job, reconciliation: nothing });
    const [row = ''] = /^\| Error .*$/m.exec(page) ?? [];
    assert.match(row, /^\| Error \| No \\<b\\>luck\\<\/b\\>.*\\\| x \\\| \|$/);
  });
});

describe('what became of the examples', () => {
  it('is said to be unknown where the service does not say', () => {
    assert.deepEqual(describeExamples(nothing), [
      '12 examples were sent. How many were left out, the service did not say.',
    ]);
  });

  it('is told with counts, reasons and lines', () => {
    const reasons = [
      { reason: 'contains faces', count: 1, lines: [2] },
      { reason: 'inaccessible URL', count: 1200, lines: [3, 9] },
    ];
    assert.deepEqual(describeExamples({ ...nothing, skipped: 1201, reasons }), [
      '12 examples were sent. 1,201 were left out:',
      '- contains faces: 1, line 2',
      '- inaccessible URL: 1,200, lines 3, 9',
    ]);
  });

  it('is guessed by our own check apart from that, at most twenty times', () => {
    const candidates = Array.from({ length: 22 }, (_, at) => ({ line: at + 1, reason: 'grey' }));
    const lines = describeExamples({ ...nothing, candidates });
    assert.equal(lines[1], 'Which, the service leaves open. Likely by our own check:');
    assert.deepEqual(
      [lines[2], lines.at(-1), lines.length],
      ['- line 1: grey', '- and 2 more', 23],
    );
  });
});
