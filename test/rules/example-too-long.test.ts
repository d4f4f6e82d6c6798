import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkTree } from '../../core/check/checkRecord.ts';
import { readJson } from '../../core/record/readJson.ts';
import { checkFix, checkRule, fixTitles, fixtureContext } from '../helpers/checkRule.ts';

const rule = 'example-too-long';
/** So many images are a matter of another rule too. */
const alongside = ['image-count'];

/** A record with pictures of one size and detail; `detail` is left out where it is undefined. */
function withImages(count: number, size: string, detail?: string, text = 'Harbour'): string {
  const level = detail === undefined ? '' : `,"detail":"${detail}"`;
  const image = `{"type":"image_url","image_url":{"url":"${size}"${level}}}`;
  const images = Array<string>(count).fill(image).join(',');
  return `{"messages":[{"role":"user","content":[${images}]},{"role":"assistant","content":"${text}"}]}`;
}

function textExample(question: string): string {
  return `{"messages":[{"role":"user","content":"${question}"},{"role":"assistant","content":"Yes"}]}`;
}

const fullHd = '$image(png 1920x1080)';
const remote = 'https://example.com/a.png';

/** The finding stands on the bracket behind `{"messages":`. */
function reported(record: string, severity: string, message: string): string {
  return `${record}\n            ^ ${severity} ${message}`;
}

describe(rule, () => {
  it('reports 64 images that keep to every other limit, by how much they are over, and what low saves', () => {
    const message =
      'Example is about 70,733 tokens; the model trains on the first 65,536, so the answer is cut; detail low would save 65,280.';
    checkRule(rule, reported(withImages(64, fullHd, 'high'), 'error', message), { alongside });
  });

  it('knows the size of an image on the web once it was learnt', () => {
    const facts = { format: 'png', byteLength: 9000, width: 1920, height: 1080 } as const;
    const message =
      'Example is about 70,733 tokens; the model trains on the first 65,536, so the answer is cut; detail low would save 65,280.';
    const options = {
      alongside,
      learnt: { [remote]: { facts: { ...facts, colorMode: 'rgb' } } },
    } as const;
    checkRule(rule, reported(withImages(64, remote, 'high'), 'error', message), options);
  });

  it('accepts them at low', () => {
    checkRule(rule, withImages(64, fullHd, 'low'), { alongside });
  });

  it('only warns where auto may be high: who knows what the model chooses', () => {
    const message =
      'Example is up to 70,733 tokens; the model trains on the first 65,536, so the answer may be cut; detail low would save 65,280.';
    checkRule(rule, reported(withImages(64, fullHd), 'warning', message), { alongside });
    checkRule(rule, reported(withImages(64, fullHd, 'auto'), 'warning', message), { alongside });
  });

  it('takes an image of unknown size for as small as can be before it says error', () => {
    const message =
      'Example is up to 72,263 tokens; the model trains on the first 65,536, so the answer may be cut; detail low would save 68,000.';
    checkRule(rule, reported(withImages(50, remote, 'high'), 'warning', message), { alongside });
    checkRule(rule, withImages(45, remote, 'high'), { alongside });
    const certain =
      'Example is at least 76,513 tokens; the model trains on the first 65,536, so the answer is cut; detail low would save 51,000.';
    checkRule(rule, reported(withImages(300, remote, 'high'), 'error', certain), { alongside });
  });

  it('counts text in the encoding of the model, to the token', () => {
    // Two roles, two messages and one record are 2 + 6 + 3 tokens, the answer 1.
    checkRule(rule, textExample(' word'.repeat(65_524)));
    const message =
      'Example is about 65,537 tokens; the model trains on the first 65,536, so the answer is cut.';
    checkRule(rule, reported(textExample(' word'.repeat(65_525)), 'error', message));
  });

  it('never counts base64 as text', () => {
    checkRule(rule, withImages(1, '$image(png 8x8 byteLength=500000)', 'high'));
  });

  it('says that the end is cut where the end is no answer', () => {
    const record = '{"messages":[{"role":"user","content":"Hi"}]}';
    const message =
      'Example is about 8 tokens; the model trains on the first 7, so its end is cut.';
    checkRule(rule, reported(record, 'error', message), {
      limits: { maxExampleTokens: 7 },
      alongside: ['message-order'],
    });
  });

  it('counts names, tool calls and tools', () => {
    const limits = { maxExampleTokens: 1 };
    const found = (record: string): string | undefined =>
      checkTree(readJson(record), fixtureContext({ limits }))
        .findings.find((finding) => finding.rule === rule)
        ?.message.replace(/ tokens.*/, '');
    assert.equal(found('{"messages":[{"role":"user","content":"Hi"}]}'), 'Example is about 8');
    assert.equal(
      found('{"messages":[{"role":"user","name":"Bo","content":"Hi"}]}'),
      'Example is about 10',
    );
    assert.equal(
      found(
        '{"messages":[{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"see","arguments":"{}"}}]}]}',
      ),
      'Example is about 9',
    );
    assert.equal(
      found('{"messages":[{"role":"user","content":"Hi"}],"tools":[]}'),
      'Example is about 9',
    );
  });

  it('sets the detail of all images to low', () => {
    checkFix(rule, withImages(64, fullHd, 'high'), withImages(64, fullHd, 'low'));
    checkFix(rule, withImages(60, remote), withImages(60, remote, 'low'));
  });

  it('offers nothing where low does not suffice, or where there is no image', () => {
    assert.deepEqual(fixTitles(rule, withImages(64, fullHd, 'high', ' word'.repeat(65_000))), []);
    assert.deepEqual(
      fixTitles(rule, `{"messages":[{"role":"user","content":"${' word'.repeat(70_000)}"}]}`),
      [],
    );
  });

  it('goes by the limit of the settings and has the severity that they give', () => {
    const message =
      'Example is about 98 tokens; the model trains on the first 97, so the answer is cut.';
    checkRule(rule, reported(withImages(1, fullHd, 'low'), 'info', message), {
      limits: { maxExampleTokens: 97 },
      severities: { [rule]: 'info' },
    });
    checkRule(rule, withImages(64, fullHd, 'high'), { alongside, severities: { [rule]: 'off' } });
  });

  it('says nothing of records that are no example', () => {
    checkRule(rule, '{"messages":3}\n[]\n{"messages":[1,{"role":7,"name":[],"content":{}}]}', {
      alongside: ['record-shape', 'message-role', 'message-content', 'message-order'],
      limits: { maxExampleTokens: 100_000 },
    });
  });
});
