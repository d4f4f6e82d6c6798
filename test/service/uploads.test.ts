import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { downloadFile, type ServiceFile } from '../../core/service/files.ts';
import { ServiceError } from '../../core/service/serviceError.ts';
import { cancelUpload, uploadInParts, type UploadState } from '../../core/service/uploads.ts';
import type { Fault, FaultEffect } from '../../practice/practice.ts';
import { withSoundRecords } from '../helpers/trainingText.ts';
import { hastyClock, PracticeBench } from './practiceBench.ts';

/** Seven parts and a little. */
const text = withSoundRecords();
const partBytes = Math.floor(Buffer.byteLength(text) / 7);

let bench: PracticeBench;
let states: UploadState[];
beforeEach(async () => {
  bench = await PracticeBench.open();
  states = [];
});
afterEach(async () => {
  await bench.close();
});

describe('an upload in parts', () => {
  it('arrives as it was sent', async () => {
    const sent: number[] = [];
    const file = await upload({ onProgress: (bytes) => sent.push(bytes) });
    assert.equal(await contentOf(file), text);
    assert.equal(bench.done('addPart'), 8);
    assert.equal(Math.max(...sent), Buffer.byteLength(text));
    assert.deepEqual(
      bench.service.requests.flatMap(({ problems }) => problems),
      [],
    );
  });

  const passing: readonly [string, Fault['moment'], FaultEffect][] = [
    ['is cut before it is read', 'arrival', { kind: 'cut' }],
    ['is cut in its body', 'body', { kind: 'cut' }],
    ['arrives and no answer comes', 'reply', { kind: 'cut' }],
    ['is answered 429', 'arrival', { kind: 'status', status: 429, retryAfter: '1' }],
    ['is answered 500', 'arrival', { kind: 'status', status: 500 }],
    ['is answered 503 when it has arrived', 'reply', { kind: 'status', status: 503 }],
  ];
  for (const [what, moment, effect] of passing) {
    it(`sends again only the part that ${what}`, async () => {
      bench.service.faults.add({ operation: 'addPart', moment, effect, skip: 2, times: 2 });
      assert.equal(await contentOf(await upload()), text);
      assert.ok(bench.done('addPart') <= 10);
    });
  }

  it('that was stopped goes on with the parts that are missing', async () => {
    await assert.rejects(uploadThreeParts());
    const before = bench.done('addPart');
    assert.ok(before >= 3);
    assert.equal(await contentOf(await upload({ state: states.at(-1) })), text);
    assert.equal(bench.done('createUpload'), 1);
    assert.ok(bench.done('addPart') <= 10);
  });

  it('of an earlier run is begun anew where the service has given it up', async () => {
    await assert.rejects(uploadThreeParts());
    bench.service.expireUploads();
    assert.equal(await contentOf(await upload({ state: states.at(-1) })), text);
    assert.equal(bench.done('createUpload'), 2);
  });

  it('goes on also where the clock of this machine is off by days', async () => {
    for (const days of [-3, 3]) {
      states = [];
      const clock = { ...hastyClock, now: () => Date.now() + days * 86_400_000 };
      const client = bench.client('openai', { clock });
      const before = bench.done('createUpload');
      await assert.rejects(uploadThreeParts(client));
      assert.equal(await contentOf(await upload({ state: states.at(-1) }, client)), text);
      assert.equal(bench.done('createUpload'), before + 1);
    }
  });

  it('that takes longer than the service waits is said to', async () => {
    let hours = 0;
    const clock = { ...hastyClock, now: () => Date.now() + hours * 3_600_000 };
    const onProgress = (): void => {
      hours = 2;
      bench.service.expireUploads();
    };
    await assert.rejects(
      upload({ onProgress }, bench.client('openai', { clock })),
      (error) => kindOf(error) === 'upload-expired',
    );
  });

  it('whose end was not seen is found by its name', async () => {
    bench.service.faults.add({
      operation: 'completeUpload',
      moment: 'reply',
      effect: { kind: 'cut' },
    });
    assert.equal(await contentOf(await upload()), text);
    assert.equal(bench.done('completeUpload'), 1);
  });

  it('is not completed where the file changes on the way', async () => {
    const onProgress = (): void => {
      writeFileSync(join(bench.folder, 'train.jsonl'), text.replaceAll('Hi', 'Ho'));
    };
    await assert.rejects(upload({ onProgress }), (error) => kindOf(error) === 'file-changed');
    assert.equal(await bench.files(), 0);
  });

  it('can be given up', async () => {
    await upload();
    const state = states.at(-1);
    assert.ok(state);
    // Completed already: there is nothing to give up, and the service says so.
    await assert.rejects(cancelUpload(bench.client(), state.uploadId), ServiceError);
  });
});

async function upload(
  options: {
    readonly state?: UploadState | undefined;
    readonly signal?: AbortSignal;
    readonly onProgress?: (bytes: number) => void;
    readonly onState?: () => void;
  } = {},
  client = bench.client(),
): Promise<ServiceFile> {
  const { file, digest } = await bench.checked('train.jsonl', partBytes);
  return uploadInParts(client, {
    file,
    digest,
    name: 'train-1.jsonl',
    ...options,
    onState: async (state) => {
      states.push(state);
      options.onState?.();
      await Promise.resolve();
    },
  });
}

/** Stops when the third part has arrived. */
async function uploadThreeParts(client = bench.client()): Promise<ServiceFile> {
  const stop = new AbortController();
  const onState = (): void => {
    if (states.length === 4) stop.abort();
  };
  return upload({ signal: stop.signal, onState }, client);
}

async function contentOf({ id }: ServiceFile): Promise<string> {
  return (await downloadFile(bench.client(), id)).toString('utf8');
}

function kindOf(error: unknown): string {
  return error instanceof ServiceError ? error.kind : String(error);
}
