import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkRecord, findRepairs } from '../../core/check/checkRecord.ts';
import { createContext } from '../../core/check/context.ts';
import type { Level } from '../../core/finding/finding.ts';
import { goodRecord, imageRecord, today } from './anyTraining.ts';

describe('checkRecord', () => {
  it('finds nothing in a good record', () => {
    const { findings, records, images, imageExamples } = check(imageRecord);
    assert.deepEqual(
      { findings, records, images, imageExamples },
      { findings: [], records: 1, images: 1, imageExamples: 1 },
    );
  });

  it('gives findings in order of place, whichever rule they are of', () => {
    const text = '{"messages":[{"role":"user","content":7},{"role":"x","content":"a"},8]}';
    assert.deepEqual(rules(text), ['message-content', 'message-role', 'record-shape']);
  });

  it('says of a broken record only what is broken, and counts the images before that', () => {
    const { findings, images } = check(imageRecord.replace('user', 'wizard').slice(0, -1));
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['json-syntax'],
    );
    assert.equal(images, 1);
  });

  it('gives 1,000 findings at most, so that a record of megabytes cannot fill the memory', () => {
    assert.equal(check(`{"messages":[${'1,'.repeat(5000)}1]}`).findings.length, 1000);
    const part = '{"type":"image_url","image_url":{"url":"x","detail":"tiny"}},';
    const images = `{"messages":[{"role":"user","content":[${part.repeat(2000)}7]}]}`;
    assert.equal(check(images).findings.length, 1000);
    assert.equal(check(images).images, 2000);
  });

  it('does not run a rule on an image of which a rule that supersedes it has reported', () => {
    const high = imageRecord.replace('low', 'high');
    assert.deepEqual(rules(high), ['image-detail-cost']);
    assert.deepEqual(rules(high.replace('user', 'assistant')), ['image-role']);
  });

  it('runs that rule on the next image all the same', () => {
    const image = (url: string) =>
      `{"type":"image_url","image_url":{"url":"${url}","detail":"high"}}`;
    const images = `${image('data:image/gif;base64,R0lGODlhAQABAAAAADs=')},${image('https://example.com/a.png')}`;
    const text = `{"messages":[{"role":"user","content":[${images}]}]}`;
    assert.deepEqual(rules(text), ['image-format', 'image-detail-cost']);
  });

  it('runs the superseded rule where the other is switched off', () => {
    const wrongRole = imageRecord.replace('low', 'high').replace('user', 'assistant');
    assert.deepEqual(rules(wrongRole), ['image-role']);
    assert.deepEqual(rules(wrongRole, { 'image-role': 'off' }), ['image-detail-cost']);
  });

  it('takes the severity from the settings, else from the report, else from the rule', () => {
    const severities = (given: Record<string, Level>) => {
      const empty = '{"messages":[{"role":"user","content":""},{"role":"x","content":"a"}]}';
      return check(empty, given).findings.map(({ severity }) => severity);
    };
    assert.deepEqual(severities({}), ['warning', 'error']);
    assert.deepEqual(severities({ 'message-content': 'hint', 'message-role': 'off' }), ['hint']);
  });
});

describe('findRepairs', () => {
  it('gives the findings of checkRecord, each with its fixes', () => {
    const text = imageRecord.replace('low', 'tiny').replace('user', 'system');
    const context = createContext([], today);
    const repairs = findRepairs(text, context);
    assert.deepEqual(
      repairs.map(({ rule, severity, span, message }) => ({ rule, severity, span, message })),
      checkRecord(text, context).findings,
    );
    const repairable = repairs.filter(({ rule }) => rule.startsWith('image-'));
    assert.deepEqual(
      repairable.map(({ fixes }) => fixes.length > 0),
      [true, true],
    );
  });

  it('finds nothing to repair in a good record', () => {
    assert.deepEqual(findRepairs(goodRecord, createContext([], today)), []);
  });
});

/** Some of the conversations are short, which is none of these tests' business. */
function check(text: string, severities: Record<string, Level> = {}) {
  const context = createContext([{ severities: { 'message-order': 'off', ...severities } }], today);
  return checkRecord(text, context);
}

function rules(text: string, severities: Record<string, Level> = {}): string[] {
  return check(text, severities).findings.map(({ rule }) => rule);
}
