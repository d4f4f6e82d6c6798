import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { previewRecord } from '../../client/preview/previewRecord.ts';
import { pieceCharacters } from '../../client/preview/textPieces.ts';
import { readRecord } from '../../client/readRecord.ts';
import { LearntImages, learntKey } from '../../core/image/learntImages.ts';
import { findProfile } from '../../core/profile/profiles.ts';
import type { PreviewedFinding } from '../../webview/protocol.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imagePart, recordOf, webPicture } from '../helpers/trainingText.ts';

const picture = dataUri('png', makeImage('png', 640, 400));
const profile = findProfile('azure');

function preview(text: string, options: { maxBlocks?: number; learnt?: LearntImages } = {}) {
  return previewRecord(readRecord(text), [], { profile, maxBlocks: 100, ...options });
}

function finding(text: string, place: string): PreviewedFinding {
  return { severity: 'error', message: place, rule: 'rule', offset: text.indexOf(place) };
}

describe('the preview of a record', () => {
  it('has its messages with role, name, weight and what they answer', () => {
    const { record } = preview(
      JSON.stringify({
        messages: [
          { role: 'user', name: 'ann', content: 'Hi' },
          { role: 'assistant', content: 'Hello' },
          { role: 'assistant', content: 'Hello', weight: 0 },
          { role: 'tool', tool_call_id: 'call_1', content: '{}' },
        ],
      }),
    );
    assert.deepEqual(
      record.messages.map(({ role, notes }) => [role, ...notes]),
      [
        ['user', 'name ann'],
        ['assistant', 'weight 1'],
        ['assistant', 'weight 0'],
        ['tool', 'answers call_1'],
      ],
    );
  });

  it('has pictures with what they are and cost, in the order of the text', () => {
    const { record } = preview(recordOf(imagePart(picture, 'low'), imagePart(webPicture)));
    const [embedded, remote] = record.messages[0]?.blocks ?? [];
    assert.ok(embedded?.kind === 'picture' && remote?.kind === 'picture');
    assert.match(embedded.words.join('\n'), /^PNG · 640 × 400 · .*\ndetail low: 85 tokens/);
    assert.deepEqual(embedded.size, { width: 640, height: 400 });
    assert.deepEqual(embedded.actions, ['copy', 'extract', 'setDetail']);
    assert.deepEqual([remote.key, remote.address], ['', webPicture]);
    assert.deepEqual(remote.actions, ['setDetail', 'checkAddress']);
  });

  it('offers nothing that cannot be done: no check of what is not on the web, no copy of a page', () => {
    const page = 'data:text/html;base64,PCFET0NUWVBFIGh0bWw+PHNjcmlwdD4xPC9zY3JpcHQ+';
    const { record } = preview(recordOf(imagePart('javascript:alert(1)'), imagePart(page)));
    const actions = record.messages[0]?.blocks.map((block) => 'actions' in block && block.actions);
    assert.deepEqual(actions, [['setDetail'], ['setDetail']]);
  });

  it('never holds the bytes or the address of a data URI', () => {
    const { record } = preview(recordOf(imagePart(picture)));
    assert.ok(!JSON.stringify(record).includes('base64,'));
  });

  it('refuses a page or an SVG in a data URI whatever it is called', () => {
    for (const text of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<!DOCTYPE html><p>']) {
      const { record } = preview(recordOf(imagePart(dataUri('png', Buffer.from(text)))));
      const [block] = record.messages[0]?.blocks ?? [];
      assert.ok(block?.kind === 'picture' && block.key === '' && block.refusal !== undefined, text);
    }
  });

  it('has calls of tools, refusals, and parts of no known type as JSON', () => {
    const { record } = preview(
      JSON.stringify({
        messages: [
          {
            role: 'assistant',
            content: [
              { type: 'refusal', refusal: 'No.' },
              { type: 'audio', x: 1 },
            ],
            tool_calls: [{ id: 'call_1', function: { name: 'look', arguments: '{"a":1}' } }],
          },
        ],
        tools: [{ type: 'function', function: { name: 'look' } }],
      }),
    );
    const blocks = record.messages[0]?.blocks.map((block) =>
      block.kind === 'text' ? [block.label, block.text] : [],
    );
    assert.deepEqual(blocks, [
      ['refusal', 'No.'],
      ['audio', '{"type":"audio","x":1}'],
      ['calls look · call_1', '{"a":1}'],
    ]);
    assert.equal(record.tools?.label, 'tools: look');
  });

  it('puts each finding where it belongs: to a picture, a message, or the record', () => {
    const text = recordOf(imagePart(picture, 'low')).replace('{', '{"x": 1, ');
    const findings = [finding(text, '"x"'), finding(text, '"user"'), finding(text, '"low"')];
    const options = { profile, maxBlocks: 100 };
    const { record } = previewRecord(readRecord(text), findings, options);
    const [message] = record.messages;
    const [block] = message?.blocks ?? [];
    assert.ok(block?.kind === 'picture');
    const places = [record, message, block].map((each) => each?.findings.map((one) => one.message));
    assert.deepEqual(places, [['"x"'], ['"user"'], ['"low"']]);
    assert.ok(block.actions.includes('repair'));
  });

  it('offers no repair of a picture where there is none for what was found', () => {
    const text = recordOf(imagePart(picture, 'low'));
    const hint = { ...finding(text, '"low"'), rule: 'screening-forecast' };
    const { record } = previewRecord(readRecord(text), [hint], { profile, maxBlocks: 100 });
    const [block] = record.messages[0]?.blocks ?? [];
    assert.ok(block?.kind === 'picture');
    assert.deepEqual([block.findings, block.actions], [[hint], ['copy', 'extract', 'setDetail']]);
  });

  it('has of a long text the beginning, and the whole of it aside', () => {
    const whole = 'word '.repeat(10_000);
    const { record, texts } = preview(recordOf(JSON.stringify({ type: 'text', text: whole })));
    const [block] = record.messages[0]?.blocks ?? [];
    assert.ok(block?.kind === 'text');
    assert.equal(block.text, whole.slice(0, pieceCharacters));
    assert.deepEqual([block.shown, block.length], [pieceCharacters, whole.length]);
    assert.equal(texts[block.id], whole);
  });

  it('leaves out what is past the number of messages and parts, and counts it', () => {
    const part = JSON.stringify({ type: 'text', text: 'x' });
    const text = recordOf(...Array.from({ length: 50 }, () => part));
    const { record } = preview(text, { maxBlocks: 10 });
    assert.deepEqual([record.messages.length, record.messages[0]?.blocks.length], [1, 10]);
    assert.equal(record.omitted, 41);
  });

  it('has of a text that is no conversation the text', () => {
    for (const text of ['[1, 2', 'not JSON', '{"prompt": "x"}']) {
      const [block] = preview(text).record.messages[0]?.blocks ?? [];
      assert.ok(block?.kind === 'text' && block.text === text, text);
    }
  });

  it('draws what was seen in a picture as shares of its size', () => {
    const box = { x: 64, y: 40, width: 320, height: 200 };
    const seen = { likelySkipped: [{ kind: 'face' as const, confidence: 0.934, box }] };
    const learnt = new LearntImages(new Map([[learntKey(picture), seen]]));
    const { record } = preview(recordOf(imagePart(picture)), { learnt });
    const [block] = record.messages[0]?.blocks ?? [];
    assert.ok(block?.kind === 'picture');
    assert.deepEqual(block.boxes, [
      { label: 'face 93 %', left: 0.1, top: 0.1, width: 0.5, height: 0.5 },
    ]);
  });
});
