import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { until } from '../../../scripts/editor/until.ts';
import { imagePart, recordOf, withSoundRecords } from '../../helpers/trainingText.ts';
import {
  findings,
  openFile,
  openText,
  removeFile,
  rulesOf,
  withSettings,
  writeText,
} from './documents.ts';
import { describe, it } from './runner.ts';

describe('settings', () => {
  it('let all JSON Lines files be checked, and then again only those that look like training data', async () => {
    const document = await openText('events.jsonl', '{"event": "start"}\n{"event": "stop"}\n');
    await withSettings({ 'visionFinetune.checkFiles': 'all' }, async () => {
      const rules = rulesOf(await findings(document, 3));
      assert.deepEqual(new Set(rules), new Set(['record-shape', 'too-few-examples']));
    });
    await findings(document, 0);
  });

  it('let none be checked', async () => {
    const document = await openFile('too-few.jsonl');
    await findings(document, 1);
    await withSettings({ 'visionFinetune.checkFiles': 'none' }, async () => {
      await findings(document, 0);
    });
    await findings(document, 1);
  });

  it('turn a rule off and make another graver', async () => {
    const records = withSoundRecords(
      recordOf('{"type": "text"}'),
      recordOf(imagePart('https://example.com/a.png')),
    );
    const document = await openText('severities.jsonl', records);
    assert.deepEqual(rulesOf(await findings(document, 2)), ['content-part', 'image-detail-cost']);
    const severities = { 'content-part': 'off', 'image-detail-cost': 'error' };
    await withSettings({ 'visionFinetune.severities': severities }, async () => {
      const [only] = await findings(document, 1);
      assert.equal(only?.severity, 0);
    });
    await findings(document, 2);
  });

  it('apply the limits of the other provider', async () => {
    const images = Array.from({ length: 11 }, (_, index) =>
      imagePart(`https://example.com/${index}.png`, 'low'),
    );
    const document = await openText('profile.jsonl', withSoundRecords(recordOf(...images)));
    await untilSaid(document, /11 images; Azure OpenAI trains on them/);
    await withSettings({ 'visionFinetune.profile': 'openai' }, async () => {
      await untilSaid(document, /11 images; OpenAI takes at most 10/);
    });
    await untilSaid(document, /11 images; Azure OpenAI trains on them/);
  });

  it('may stand in vision-finetune.json, whose changes are seen', async () => {
    const document = await openFile('too-few.jsonl');
    await findings(document, 1);
    await writeText('vision-finetune.json', '{ "limits": { "minExamples": 4 } }');
    await findings(document, 0);
    await removeFile('vision-finetune.json');
    await findings(document, 1);
  });

  it('that are nonsense leave the defaults', async () => {
    const nonsense = { 'visionFinetune.severities': 7, 'visionFinetune.profile': ['?'] };
    await withSettings(nonsense, async () => {
      assert.deepEqual(rulesOf(await findings(await openFile('too-few.jsonl'), 1)), [
        'too-few-examples',
      ]);
    });
  });
});

/** The only finding of a document says this, if not at once. */
async function untilSaid(document: TextDocument, pattern: RegExp): Promise<void> {
  await until(`a finding that matches ${pattern}`, async () =>
    (await findings(document, 1)).find(({ message }) => pattern.test(message)),
  );
}
