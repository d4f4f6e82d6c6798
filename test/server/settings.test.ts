import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { readSettings } from '../../server/settings.ts';
import { makeFolder } from '../cli/runCli.ts';
import { serveInProcess, testHost } from '../helpers/server.ts';
import { connectTo, describeServer } from '../helpers/serverSuite.ts';
import { settingsOf } from '../helpers/settingsOf.ts';
import { recordOf, withSoundRecords } from '../helpers/trainingText.ts';
import { high, low, uri } from './records.ts';

const hinted = withSoundRecords(recordOf(high));

describeServer('Settings', (connect) => {
  it('make a rule graver, or switch it off', async () => {
    const client = await connect({
      settings: settingsOf({ severities: { 'image-detail-cost': 'error' } }),
    });
    client.open(uri, hinted);
    const [diagnostic] = await client.diagnostics(uri);
    assert.equal(diagnostic?.severity, DiagnosticSeverity.Error);
    client.setConfiguration(settingsOf({ severities: { 'image-detail-cost': 'off' } }));
    assert.deepEqual(await client.codes(uri), []);
  });

  it('choose the provider whose limits count', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords(recordOf(...Array<string>(11).fill(low))));
    assert.equal((await client.diagnostics(uri))[0]?.severity, DiagnosticSeverity.Warning);
    client.setConfiguration(settingsOf({ profile: 'openai' }));
    assert.equal((await client.diagnostics(uri))[0]?.severity, DiagnosticSeverity.Error);
    assert.equal((await client.status(uri)).providerName, 'OpenAI');
  });

  it('choose the provider whose ends are told, with the day that the host says it is', async () => {
    const client = await connect({ settings: settingsOf({ profile: 'openai' }) });
    client.open(uri, hinted);
    const { notices } = await client.status(uri);
    assert.deepEqual(notices, [
      {
        text: 'From 2027-01-06: OpenAI takes no fine-tuning jobs any more',
        source: 'OpenAI, "Deprecations" (developers.openai.com/api/docs/deprecations), 2026-07',
      },
    ]);
  });

  it('replace a limit', async () => {
    const client = await connect({ settings: settingsOf({ limits: { minExamples: 12 } }) });
    client.open(uri, hinted);
    assert.deepEqual(await client.codes(uri), ['too-few-examples:1', 'image-detail-cost:1']);
  });

  it('hold for a document that is opened after they changed', async () => {
    const client = await connect();
    client.setConfiguration(settingsOf({ checkFiles: 'none' }));
    client.open(uri, hinted);
    assert.equal((await client.status(uri)).state, 'ignored');
  });

  it('are asked to be told of when they or a configuration file change', async () => {
    const client = await connect();
    await client.until(() => client.registered.length === 2, 'two registrations');
    assert.deepEqual(client.registered.sort(), [
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
    ]);
  });

  for (const [what, settings] of Object.entries({
    null: null,
    'a string': 'rubbish',
    'a number': 7,
    'an array': [{ profile: 'openai' }],
    'an object of rubbish': {
      profile: 'nobody',
      model: 4,
      severities: { 'no-such-rule': 'error', 'image-detail-cost': 'fatal' },
      limits: { minExamples: -1, maxImageBytes: 'many', ['__proto__']: 1 },
      checkFiles: { all: true },
    },
  })) {
    it(`that are ${what} are as good as none, and said so in one line`, async () => {
      const client = await connect({ settings });
      client.open(uri, hinted);
      client.open('file:///other.jsonl', hinted);
      assert.deepEqual(await client.codes(uri), ['image-detail-cost:1']);
      assert.deepEqual(await client.codes('file:///other.jsonl'), ['image-detail-cost:1']);
      assert.equal(client.logs.length, 1, client.logs.join('\n'));
      assert.match(client.logs[0] ?? '', /^Left out of settings, using defaults: [^\n]+$/);
    });
  }

  it('of which null stands for "not decided" give no line', async () => {
    const nothing = {
      profile: null,
      model: null,
      severities: null,
      limits: null,
      checkFiles: null,
    };
    const client = await connect({ settings: nothing });
    client.open(uri, hinted);
    assert.deepEqual(await client.codes(uri), ['image-detail-cost:1']);
    assert.deepEqual(client.logs, []);
  });
});

describeServer('A client that cannot be asked for settings', (connect) => {
  it('has the defaults until it sends some', async () => {
    const client = await connect({ capabilities: {} });
    client.open(uri, hinted);
    assert.deepEqual(await client.codes(uri), ['image-detail-cost:1']);
    client.setConfiguration(settingsOf({ checkFiles: 'none' }), { isPushed: true });
    assert.deepEqual(await client.codes(uri), []);
    assert.deepEqual(client.logs, []);
    assert.deepEqual(client.registered, []);
  });
});

describeServer('A configuration file', (connect) => {
  it('holds for the files below it, and the settings win over it', async (test) => {
    const folder = await makeFolder(test, {
      'vision-finetune.json': JSON.stringify({
        severities: { 'image-detail-cost': 'error', 'image-count': 'warning' },
        limits: { maxImagesPerExample: 1 },
      }),
      'deep/down/train.jsonl': '',
    });
    const file = pathToFileURL(join(folder, 'deep', 'down', 'train.jsonl')).href;
    const client = await connect({
      settings: settingsOf({ severities: { 'image-detail-cost': 'off' } }),
    });
    client.open(file, withSoundRecords(recordOf(high, high)));
    const [diagnostic, ...others] = await client.diagnostics(file);
    assert.deepEqual(others, []);
    assert.equal(diagnostic?.code, 'image-count');
    assert.equal(diagnostic.severity, DiagnosticSeverity.Warning);
  });

  it('that changes has its files checked again', async (test) => {
    const folder = await makeFolder(test, { 'vision-finetune.json': '{}' });
    const path = join(folder, 'vision-finetune.json');
    const file = pathToFileURL(join(folder, 'train.jsonl')).href;
    const client = await connect();
    client.open(file, hinted);
    assert.deepEqual(await client.codes(file), ['image-detail-cost:1']);
    await writeFile(path, '{"severities": {"image-detail-cost": "off"}}');
    client.touch(pathToFileURL(path).href);
    assert.deepEqual(await client.codes(file), []);
  });

  it('is read again when a document is opened again', async (test) => {
    const folder = await makeFolder(test, { 'vision-finetune.json': '{}' });
    const file = pathToFileURL(join(folder, 'train.jsonl')).href;
    const client = await connect();
    client.open(file, hinted);
    assert.deepEqual(await client.codes(file), ['image-detail-cost:1']);
    client.close(file);
    const path = join(folder, 'vision-finetune.json');
    await writeFile(path, '{"severities": {"image-detail-cost": "off"}}');
    client.open(file, hinted);
    assert.deepEqual(await client.codes(file), []);
  });

  it('that is not JSON is left out, and said so in one line', async (test) => {
    const folder = await makeFolder(test, { 'vision-finetune.json': '{"profile":\n' });
    const file = pathToFileURL(join(folder, 'train.jsonl')).href;
    const client = await connect();
    client.open(file, hinted);
    assert.deepEqual(await client.codes(file), ['image-detail-cost:1']);
    assert.equal(client.logs.length, 1);
    assert.match(
      client.logs[0] ?? '',
      /vision-finetune\.json, using defaults: It is not JSON[^\n]*$/,
    );
  });

  it('is not looked for where a document is in no local file', async () => {
    const client = await connect();
    for (const elsewhere of [
      'untitled:Untitled-1',
      'vscode-vfs://github/a/b.jsonl',
      'file://%',
      'x',
    ]) {
      client.open(elsewhere, hinted);
      assert.deepEqual(await client.codes(elsewhere), ['image-detail-cost:1']);
    }
    assert.deepEqual(client.logs, []);
  });
});

describe('Settings that take long to arrive', () => {
  const connect = connectTo(() => serveInProcess());

  it('are those after the last change, whichever answer comes last', async () => {
    const client = await connect({
      settings: settingsOf({ severities: { 'image-detail-cost': 'error' } }),
    });
    const answered = Promise.withResolvers<undefined>();
    client.holdSettings(answered.promise);
    client.open(uri, hinted);
    await client.until(() => client.questions === 1, 'a question about settings');
    client.holdSettings(Promise.resolve());
    client.setConfiguration(settingsOf({ severities: { 'image-detail-cost': 'off' } }));
    await client.until(() => client.questions === 2, 'another question');
    assert.deepEqual(await client.codes(uri), []);
    answered.resolve(undefined);
    // The late answer has come before that to this request.
    await client.hover(uri, { line: 0, character: 0 });
    assert.deepEqual(await client.codes(uri), []);
  });

  it('keep a check waiting until they are there', async () => {
    const client = await connect({
      settings: settingsOf({ severities: { 'image-detail-cost': 'error' } }),
    });
    const answered = Promise.withResolvers<undefined>();
    client.holdSettings(answered.promise);
    client.open(uri, hinted);
    const checked = client.checkFile(uri);
    await client.hover(uri, { line: 0, character: 0 });
    assert.deepEqual(client.publications, []);
    answered.resolve(undefined);
    assert.deepEqual((await checked)?.counts, { error: 1, warning: 0, info: 0, hint: 0 });
  });
});

describe('A host that does not know the date', () => {
  const connect = connectTo(() =>
    serveInProcess({
      ...testHost,
      today: () => {
        throw new Error('no calendar');
      },
    }),
  );

  it('costs the checks, is logged, and leaves the server alive', async () => {
    const client = await connect();
    client.open(uri, hinted);
    await client.until(() => client.logs.length > 0, 'a line in the log');
    assert.match(
      client.logs[0] ?? '',
      /^Settings of file:\/\/\/train\.jsonl failed: Error: no calendar/,
    );
    assert.equal(await client.hover(uri, { line: 0, character: 0 }), null);
    assert.equal((await client.status(uri)).state, 'failed');
  });
});

describe('what is left out of settings', () => {
  for (const [given, said] of [
    [{ checkFiles: 'zz' }, '"checkFiles" is "zz"; expected training, all or none.'],
    [{ checkFiles: [1] }, '"checkFiles" is an array; expected training, all or none.'],
    ['5', 'Settings are "5"; expected an object.'],
    [[], 'Settings are an array; expected an object.'],
    [undefined, 'Settings are absent; expected an object.'],
  ] as const) {
    it(`is told in a sentence: ${said}`, () => {
      assert.deepEqual(readSettings(given).ignored, [said]);
    });
  }
});
