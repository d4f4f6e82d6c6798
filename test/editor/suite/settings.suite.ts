import assert from 'node:assert/strict';
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
    await withSettings({ 'visionFinetune.profile': 'openai' }, async () => {
      const [only] = await findings(document, 1);
      assert.match(only?.message ?? '', /11 images; OpenAI takes at most 10/);
    });
    await findings(document, 0);
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
