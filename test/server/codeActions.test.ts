import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { CodeAction } from 'vscode-languageserver';
import type { Client } from '../helpers/client.ts';
import { readText } from '../helpers/repository.ts';
import { describeServer } from '../helpers/serverSuite.ts';
import { settingsOf } from '../helpers/settingsOf.ts';
import {
  imagePart,
  recordOf,
  soundRecord,
  webPicture,
  withSoundRecords,
} from '../helpers/trainingText.ts';
import { high, low, uri } from './records.ts';

const bare = `{"type": "image_url", "image_url": "${webPicture}"}`;
const wrapped = `{"type": "image_url", "image_url": {"url": "${webPicture}"}}`;
const picture = (answer: string): string =>
  `{"messages": [{"role": "user", "content": "What?"}, {"role": "assistant", "content": [${answer}]}]}`;

/** Opens a file of these records and sound ones behind them. */
async function openRecords(client: Client, ...records: readonly string[]): Promise<void> {
  client.open(uri, withSoundRecords(...records));
  await client.diagnostics(uri);
}

/** The actions where a text first stands. */
function actionsAt(client: Client, text: string, only?: readonly string[]): Promise<CodeAction[]> {
  const lines = client.text(uri).split('\n');
  const line = lines.findIndex((each) => each.includes(text));
  const position = { line, character: (lines[line] ?? '').indexOf(text) };
  return client.codeActions(uri, { start: position, end: position }, only);
}

async function applyTitled(client: Client, title: string, actions: CodeAction[]): Promise<void> {
  const action = actions.find((each) => each.title === title);
  assert.ok(action, `${title} is not among ${titles(actions).join('; ')}`);
  await client.apply(action);
}

function titles(actions: readonly CodeAction[]): string[] {
  return actions.map(({ title }) => title);
}

function records(client: Client, count: number): string[] {
  return client.text(uri).split('\n').slice(0, count);
}

describeServer('A quick fix', (connect) => {
  it('repairs what it stands at, and its finding goes away', async () => {
    const client = await connect();
    await openRecords(client, recordOf(bare, low));
    const [action] = await actionsAt(client, `"${webPicture}"`);
    assert.equal(action?.title, 'Wrap the address in an object');
    assert.equal(action.isPreferred, true);
    assert.equal(action.kind, 'quickfix');
    assert.deepEqual(
      action.diagnostics?.map(({ code }) => code),
      ['content-part'],
    );
    await client.apply(action);
    assert.deepEqual(records(client, 1), [recordOf(wrapped, low)]);
    assert.deepEqual(await client.codes(uri), ['image-detail-cost:1']);
  });

  it('is offered for each value that a wrong detail may take, and none is preferred', async () => {
    const client = await connect();
    await openRecords(client, recordOf(imagePart(webPicture, 'fine')));
    const actions = await actionsAt(client, '"fine"');
    assert.deepEqual(titles(actions), [
      'Set detail to low',
      'Set detail to high',
      'Set detail to auto',
    ]);
    assert.ok(actions.every(({ isPreferred }) => isPreferred === false));
    await applyTitled(client, 'Set detail to high', actions);
    assert.deepEqual(records(client, 1), [recordOf(high)]);
  });

  it('moves an image out of an answer, or removes it', async () => {
    const client = await connect();
    const text = '{"type": "text", "text": "This."}';
    await openRecords(client, picture(`${text}, ${low}`), picture(`${text}, ${low}`));
    await applyTitled(client, 'Remove the image', await actionsAt(client, '"image_url"'));
    await applyTitled(
      client,
      'Move the image into the preceding user message',
      await actionsAt(client, '"image_url"'),
    );
    const [removed, moved] = records(client, 2);
    assert.deepEqual(removed, picture(text));
    assert.match(moved ?? '', /"content": \[\{"type": "text", "text": "What\?"\}, .*photo\.png/);
    assert.deepEqual(await client.codes(uri), []);
  });

  it('is also offered for all of a record, and for the whole file, with how many places that is', async () => {
    const client = await connect();
    const text = [recordOf(high, high), recordOf(high)] as const;
    await openRecords(client, ...text);
    const actions = await actionsAt(client, '"high"');
    assert.deepEqual(titles(actions), [
      'Set detail to low',
      'Set detail to low in all of this record (2 places)',
      'Set detail to low in the whole file (3 places)',
    ]);
    await applyTitled(client, 'Set detail to low in all of this record (2 places)', actions);
    assert.deepEqual(records(client, 2), [recordOf(low, low), recordOf(high)]);
  });

  it('counts the places of the file that it changes, and not all findings of its rule', async () => {
    const client = await connect();
    const pdf = '{"type": "file", "file": {"file_id": "file-1"}}';
    await openRecords(client, recordOf(bare, low), recordOf(pdf), recordOf(bare), recordOf(pdf));
    assert.deepEqual(titles(await actionsAt(client, `"${webPicture}"`)), [
      'Wrap the address in an object',
      'Wrap the address in an object in the whole file (2 places)',
    ]);
  });

  it('is not offered for the whole file where it changes one place alone', async () => {
    const client = await connect();
    client.open(uri, readText('samples/broken.jsonl'));
    await client.diagnostics(uri);
    const actions = await actionsAt(client, '"https://example.com/instruments/string.png"');
    assert.deepEqual(titles(actions), ['Wrap the address in an object']);
  });

  it('says how many places there are at most where too many would have to be looked at', async () => {
    const client = await connect();
    await openRecords(client, ...Array.from({ length: 201 }, () => recordOf(high)));
    assert.deepEqual(titles(await actionsAt(client, '"high"')), [
      'Set detail to low',
      'Set detail to low in the whole file (up to 201 places)',
    ]);
  });

  it('counts a record that is spread over lines once', async () => {
    const client = await connect();
    const spread = JSON.stringify(JSON.parse(soundRecord), undefined, 2);
    await openRecords(client, spread, soundRecord, spread);
    const [one, all, ...others] = titles(await actionsAt(client, ': ['));
    assert.match(one ?? '', /^Join \d+ lines into one record$/);
    assert.equal(all, 'Join lines into records in the whole file (2 places)');
    assert.deepEqual(others, []);
  });

  it('for the whole file is worked out when it is chosen, and changes all of the file', async () => {
    const client = await connect();
    await openRecords(client, recordOf(high, high), soundRecord, recordOf(high));
    const actions = await actionsAt(client, '"high"');
    const wholeFile = actions.find(({ title }) => title.includes('whole file'));
    assert.equal(wholeFile?.edit, undefined);
    await applyTitled(client, 'Set detail to low in the whole file (3 places)', actions);
    assert.deepEqual(records(client, 3), [recordOf(low, low), soundRecord, recordOf(low)]);
    assert.deepEqual(await client.codes(uri), []);
  });

  it('is offered for every record of a selection', async () => {
    const client = await connect();
    await openRecords(client, recordOf(high), recordOf(bare));
    const range = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
    const actions = await client.codeActions(uri, range);
    assert.deepEqual(titles(actions), ['Set detail to low', 'Wrap the address in an object']);
  });

  it('is not offered where other kinds of action are asked for', async () => {
    const client = await connect();
    await openRecords(client, recordOf(high));
    assert.deepEqual(await actionsAt(client, '"high"', ['refactor']), []);
    assert.deepEqual(await actionsAt(client, '"high"', ['quick']), []);
    assert.equal((await actionsAt(client, '"high"', ['quickfix'])).length, 1);
  });

  it('is offered in a record that is formatted over many lines', async () => {
    const client = await connect();
    const text = JSON.stringify(JSON.parse(recordOf(high)), undefined, 2);
    client.open(uri, text, 'json');
    await client.diagnostics(uri);
    await applyTitled(client, 'Set detail to low', await actionsAt(client, '"high"'));
    assert.equal(client.text(uri), text.replace('"high"', '"low"'));
  });

  it('is not offered for a file that is not checked', async () => {
    const client = await connect({ settings: settingsOf({ checkFiles: 'none' }) });
    await openRecords(client, recordOf(high));
    assert.deepEqual(await actionsAt(client, '"high"'), []);
  });
});

describeServer('Fix all', (connect) => {
  it('makes every certain repair at once, and changes nothing the second time', async () => {
    const client = await connect();
    await openRecords(client, recordOf(bare, bare), soundRecord, recordOf(bare), recordOf(high));
    await client.fixAll(uri);
    assert.deepEqual(records(client, 4), [
      recordOf(wrapped, wrapped),
      soundRecord,
      recordOf(wrapped),
      recordOf(high),
    ]);
    const version = client.version(uri);
    await client.fixAll(uri);
    assert.equal(client.version(uri), version);
  });

  it('is offered only where it is asked for', async () => {
    const client = await connect();
    await openRecords(client, recordOf(bare));
    const kinds = async (only?: string[]): Promise<(string | undefined)[]> =>
      (await actionsAt(client, 'messages', only)).map(({ kind }) => kind);
    assert.deepEqual(await kinds(), []);
    assert.deepEqual(await kinds(['source.fixAll']), ['source.fixAll.visionFinetune']);
    assert.deepEqual(await kinds(['source.fixAll.eslint']), []);
  });
});

describeServer('An action that is resolved', (connect) => {
  it('has no edit once the text has changed', async () => {
    const client = await connect();
    await openRecords(client, recordOf(high), recordOf(high));
    const actions = await actionsAt(client, '"high"');
    const wholeFile = actions.find(({ title }) => title.includes('whole file'));
    assert.ok(wholeFile);
    client.replace(uri, '"high"', '"auto"');
    assert.equal((await client.resolve(wholeFile)).edit, undefined);
  });

  for (const [what, data] of Object.entries({
    nothing: undefined,
    null: null,
    'a number': 12,
    'an array': [1, 2],
    'no URI': { version: 1 },
    'a URI that is not a string': { uri: { toString: 1 }, version: 1 },
    'the URI of a file that is not open': { uri: 'file:///etc/passwd', version: 1 },
    'a version that never was': { uri, version: 99 },
  })) {
    it(`has no edit when its data are ${what}`, async () => {
      const client = await connect();
      await openRecords(client, recordOf(bare));
      const resolved = await client.resolve({ title: 'Anything', data });
      assert.equal(resolved.edit, undefined);
      assert.deepEqual(client.logs, []);
    });
  }

  for (const [what, request] of Object.entries({
    'a rule that does not exist': { rule: 'no-such-rule', kind: 'wrap-image-url' },
    'a kind that does not exist': { rule: 'content-part', kind: 'no-such-kind' },
    'rules of another type': { rule: ['content-part'], kind: {} },
    'a name of the prototype': { rule: '__proto__', kind: 'constructor' },
  })) {
    it(`edits nothing when its data name ${what}`, async () => {
      const client = await connect();
      await openRecords(client, recordOf(bare));
      const before = client.text(uri);
      await client.apply({ title: 'Anything', data: { uri, version: 1, ...request } });
      assert.equal(client.text(uri), before);
      assert.deepEqual(client.logs, []);
    });
  }
});

describeServer('Setting the detail', (connect) => {
  const cursor = { line: 0, character: recordOf('').length };

  async function setDetail(
    client: Client,
    scope: 'image' | 'record' | 'file',
  ): Promise<number | undefined> {
    const result = await client.setDetail({ uri, detail: 'low', scope, position: cursor });
    assert.equal(result?.version, client.version(uri));
    const changes = result.edits.map(({ range, newText }) => ({ range, text: newText }));
    client.change(uri, ...changes.reverse());
    return result.images;
  }

  it('of one image changes that image alone', async () => {
    const client = await connect();
    await openRecords(client, recordOf(high, imagePart(webPicture)), recordOf(high));
    assert.equal(await setDetail(client, 'image'), 1);
    const bareImage = imagePart(webPicture);
    assert.deepEqual(records(client, 2), [recordOf(low, bareImage), recordOf(high)]);
  });

  it('of a record changes its images, and not those that have it already', async () => {
    const client = await connect();
    await openRecords(client, recordOf(high, low, high), recordOf(high));
    assert.equal(await setDetail(client, 'record'), 2);
    assert.deepEqual(records(client, 2), [recordOf(low, low, low), recordOf(high)]);
  });

  it('of a file changes all images of all records, and leaves a broken record alone', async () => {
    const client = await connect();
    const broken = recordOf(high).slice(0, -1);
    await openRecords(client, recordOf(high), broken, recordOf(high, low));
    assert.equal(await setDetail(client, 'file'), 2);
    assert.deepEqual(records(client, 3), [recordOf(low), broken, recordOf(low, low)]);
  });

  it('of a file that is not open is not possible', async () => {
    const client = await connect();
    assert.equal(await client.setDetail({ uri, detail: 'low', scope: 'file' }), null);
  });
});
