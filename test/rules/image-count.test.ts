import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFix, checkRule, fixTitles, noFinding } from '../helpers/checkRule.ts';

const rule = 'image-count';

describe(rule, () => {
  it('accepts 10 images', () => {
    noFinding(withImages(10));
    noFinding(withImages(10), { profile: 'openai' });
  });

  it('warns of the 11th to the 64th for Azure OpenAI, on the 11th', () => {
    for (const count of [11, 64]) {
      const message = `Example has ${count} images; ${askedWith} 10 in a request.`;
      checkRule(rule, `${withImages(count)}\n${under(11)} warning ${message}`);
    }
  });

  it('reports the 65th image of an example for Azure OpenAI', () => {
    checkRule(rule, `${withImages(65)}\n${under(65)} error ${azure}`);
  });

  it('reports the 11th image of an example for OpenAI, once', () => {
    const message =
      'Example has 12 images; OpenAI takes at most 10 in an example and skips this one.';
    checkRule(rule, `${withImages(12)}\n${under(11)} error ${message}`, { profile: 'openai' });
  });

  it('counts the images of all messages together', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"a","detail":"low"}}]},{"role":"user","content":[{"type":"image_url","image_url":{"url":"b","detail":"low"}}]}]}
                                                                                                                                                                            ^^^ error Example has 2 images; Azure OpenAI takes at most 1 in an example and skips this one.
      `,
      { limits: { maxImagesPerExample: 1 } },
    );
  });

  it('does not count from one example to the next', () => {
    checkRule(rule, `${withImages(7)}\n${withImages(7)}`);
  });

  it('splits an example into as many as needed, with all texts and the answer', () => {
    const [before, after] = [
      '{"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": [{"type": "text", "text": "Which?"}, ',
      ']}, {"role": "assistant", "content": "All."}]} ',
    ];
    const note = '{"type": "text", "text": "Now the last."}';
    const example = (...numbers: number[]): string =>
      before +
      [
        ...numbers.filter((each) => each < 25).map(part),
        note,
        ...numbers.filter((each) => each === 25).map(part),
      ].join(', ') +
      after;
    checkFix(
      rule,
      example(...range(1, 25)),
      [
        example(...range(1, 10)).trim(),
        example(...range(11, 20)).trim(),
        example(...range(21, 25)),
      ].join('\n'),
    );
  });

  it('splits at the limit that is passed, and leaves what stands before the first image too many', () => {
    const [first, second] = [range(1, 64), [65]];
    checkFix(rule, withImages(65), `${withParts(first)}\n${withParts(second)}`);
  });

  it('leaves the images of other messages in each example', () => {
    const other = `{"role":"user","content":[${part(99)},${part(98)}]},`;
    const example = (numbers: number[]): string =>
      withParts(numbers).replace('[{"role"', `[${other}{"role"`);
    checkFix(rule, example(range(1, 9)), `${example(range(1, 8))}\n${example([9])}`);
  });

  it('offers no split where one message is not enough, or another than the user has them', () => {
    const crowd = `{"role":"user","content":[${range(1, 10).map(part).join()}]}`;
    assert.deepEqual(fixTitles(rule, `{"messages":[${crowd},${crowd}]}`), []);
    const assistant = withImages(11).replace('"user"', '"assistant"');
    assert.deepEqual(fixTitles(rule, assistant), []);
  });

  it('has the severity that the settings give it', () => {
    const options = { limits: { maxImagesPerExample: 1 } };
    const message =
      'Example has 2 images; Azure OpenAI takes at most 1 in an example and skips this one.';
    const fixture = `${withImages(2)}\n${under(2)} hint ${message}`;
    checkRule(rule, fixture, { ...options, severities: { [rule]: 'hint' } });
    noFinding(withImages(2), { ...options, severities: { [rule]: 'off' } });
  });

  it('reports the same between broken lines', () => {
    const broken = withImages(65).slice(1);
    const fixture = `${broken}\n${withImages(65)}\n${under(65)} error ${azure}\n${broken}`;
    checkRule(rule, fixture, { alongside: ['json-syntax'] });
  });
});

const askedWith = 'Azure OpenAI trains on them, but the tuned model may take at most';
const azure =
  'Example has 65 images; Azure OpenAI takes at most 64 in an example and skips this one.';
const before = '{"messages":[{"role":"user","content":[';

function part(number: number): string {
  const address = String(number).padStart(3, '0');
  return `{"type":"image_url","image_url":{"url":"${address}","detail":"low"}}`;
}

function withImages(count: number): string {
  return withParts(range(1, count));
}

function withParts(numbers: readonly number[]): string {
  return `${before}${numbers.map(part).join()}]}]}`;
}

/** Both included. */
function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Carets under the address of an image, counted from 1. */
function under(number: number): string {
  const start = before.length + (number - 1) * (part(1).length + 1) + part(1).indexOf('"001"');
  return `${' '.repeat(start)}^^^^^`;
}
