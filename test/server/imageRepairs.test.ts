import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientCapabilities, CodeAction } from 'vscode-languageserver';
import { rules } from '../../core/rules/index.ts';
import { extrasByRule } from '../../server/features/imageRepairs.ts';
import type { Client, ClientOptions } from '../helpers/client.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { describeServer } from '../helpers/serverSuite.ts';
import { settingsOf } from '../helpers/settingsOf.ts';
import { imagePart, recordOf, webPicture, withSoundRecords } from '../helpers/trainingText.ts';
import { uri } from './records.ts';

const grey = partOf('jpeg', makeImage('jpeg', 64, 48, { colorMode: 'grey' }));
const animated = partOf('png', makeImage('png', 64, 48, { isAnimated: true }));
const turned = partOf('jpeg', makeImage('jpeg', 64, 48, { orientation: 6 }));
const sound = partOf('png', makeImage('png', 64, 48));
const heic = partOf('jpeg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heicmif1', 'latin1'));
const web = imagePart(webPicture, 'low');

const settings = settingsOf({
  severities: { 'image-color-mode': 'error', 'image-animated': 'hint' },
});

const able: ClientOptions = {
  capabilities: {
    workspace: { configuration: true },
    textDocument: { codeAction: { disabledSupport: true } },
  } satisfies ClientCapabilities,
  initializationOptions: { canRepairImages: true },
  settings,
};

function partOf(declared: string, bytes: Uint8Array): string {
  return imagePart(dataUri(declared, bytes), 'low');
}

async function actionsAt(
  client: Client,
  records: readonly string[],
  line = 0,
  index = 0,
): Promise<CodeAction[]> {
  client.open(uri, withSoundRecords(...records));
  await client.diagnostics(uri);
  const text = records[line] ?? '';
  let character = -1;
  for (let each = 0; each <= index; each++) character = text.indexOf('data:', character + 1);
  const position = { line, character };
  return client.codeActions(uri, { start: position, end: position });
}

function summarize(actions: readonly CodeAction[]): unknown[] {
  return actions.map(({ title, command, disabled }) => [
    title,
    disabled?.reason ?? (command?.arguments as unknown[] | undefined)?.[0],
  ]);
}

describeServer('The repair of an image', (connect) => {
  it('is a command of the client, which says from what to what and names the image', async () => {
    const client = await connect(able);
    const [action, ...others] = await actionsAt(client, [recordOf(sound, web, grey)], 0, 1);
    assert.deepEqual(others, []);
    assert.equal(action?.title, 'Repair: greyscale JPEG → RGB JPEG');
    assert.equal(action.kind, 'quickfix');
    assert.equal(action.edit, undefined);
    assert.equal(action.command?.command, 'visionFinetune.repairImages');
    assert.deepEqual(action.command.arguments, [{ uri, version: 1, line: 0, image: 2 }]);
    assert.deepEqual(
      action.diagnostics?.map(({ code }) => code),
      ['image-color-mode'],
    );
  });

  it('is offered for the whole file too where other images have such findings', async () => {
    const client = await connect(able);
    const actions = await actionsAt(client, [recordOf(grey), recordOf(animated)]);
    assert.deepEqual(summarize(actions), [
      ['Repair: greyscale JPEG → RGB JPEG', { uri, version: 1, line: 0, image: 0 }],
      ['Repair images of the whole file…', { uri, version: 1 }],
    ]);
  });

  it('stops an animation where that is what was found', async () => {
    const client = await connect(able);
    const actions = await actionsAt(client, [recordOf(animated)]);
    assert.deepEqual(summarize(actions), [
      [
        'Repair: animated RGB PNG → RGB PNG of its first frame',
        { uri, version: 1, line: 0, image: 0 },
      ],
    ]);
  });

  it('is disabled, with what to do instead, where there is none', async () => {
    const client = await connect(able);
    const actions = await actionsAt(client, [recordOf(heic)]);
    assert.deepEqual(summarize(actions), [
      ['Repair the image', 'HEIC cannot be converted here; export it as JPEG'],
    ]);
  });

  it('is not offered to a client without the command, or for an image without such a finding', async () => {
    const plain = await connect({ settings });
    assert.deepEqual(await actionsAt(plain, [recordOf(grey)]), []);
    const client = await connect(able);
    assert.deepEqual(await actionsAt(client, [recordOf(turned, sound)]), []);
  });

  it('is planned for every image of a file that may want one, and for those of one record', async () => {
    const client = await connect(able);
    client.open(uri, withSoundRecords(recordOf(sound, grey), '{"messages"', recordOf(turned, web)));
    const found = await client.imagesToRepair(uri);
    assert.deepEqual(
      found?.images.map(({ line, image, facts: { format } }) => [line, image, format]),
      [
        [0, 1, 'jpeg'],
        [2, 0, 'jpeg'],
      ],
    );
    assert.equal(found.version, 1);
    assert.ok(found.maxBytes > 9_000_000 && found.maxBytes < 11_000_000);
    assert.equal((await client.imagesToRepair(uri, 2))?.images.length, 1);
    assert.equal(await client.imagesToRepair('untitled:nothing'), null);
  });
});

describeServer('The place of an image', (connect) => {
  it('is found by kind, with its record counted without blank lines', async () => {
    const client = await connect(able);
    client.open(uri, ['', recordOf(sound, web), '', '{"messages"', recordOf(web, grey)].join('\n'));
    const embedded = await client.imagePlaces(uri, 'embedded');
    assert.deepEqual(embedded?.images, [
      { line: 1, record: 1, image: 0, address: '' },
      { line: 4, record: 3, image: 1, address: '' },
    ]);
    const onWeb = await client.imagePlaces(uri, 'web');
    assert.deepEqual(onWeb?.images, [
      { line: 1, record: 1, image: 1, address: webPicture },
      { line: 4, record: 3, image: 0, address: webPicture },
    ]);
    assert.ok(onWeb.maxBytes <= onWeb.maxImageBytes);
    assert.equal(await client.imagePlaces('untitled:nothing', 'web'), null);
  });
});

describe('The rules whose findings a repair takes away', () => {
  it('are rules about images', () => {
    const known = new Map(rules.map(({ id, scope }) => [id, scope]));
    for (const id of Object.keys(extrasByRule)) assert.equal(known.get(id), 'image', id);
  });
});
