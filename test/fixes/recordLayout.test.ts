import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { layOut, toOneLine } from '../../core/fixes/recordLayout.ts';

const spaced = '{"a": 1}';
const compact = '{"a":1}';

describe('a record laid out', () => {
  it('stands over many lines', () => {
    assert.equal(
      layOut('{"a":[1,{"b":"c"}]}'),
      '{\n  "a": [\n    1,\n    {\n      "b": "c"\n    }\n  ]\n}\n',
    );
  });

  it('keeps its strings as they are written', () => {
    const string = '"\\u0041 \\/ , : { \u2028 \\" \\\\"';
    assert.ok(layOut(`{"a":${string}}`).includes(string));
    assert.equal(toOneLine(layOut(`{"a":${string}}`), compact), `{"a":${string}}`);
  });

  it('stays as it is when it is not JSON', () => {
    assert.equal(layOut('{"a":[1,}'), '{"a":[1,}');
  });

  it('is the same record on one line again, in the style of another', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const compactJson = JSON.stringify(JSON.parse(json));
        const line = toOneLine(layOut(json), compact);
        assert.equal(line, compactJson);
        assert.doesNotMatch(line, /[\r\n]/);
        assert.deepEqual(JSON.parse(toOneLine(layOut(json), spaced)), JSON.parse(json));
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

describe('a text on one line', () => {
  it('is separated like the record that it takes the place of', () => {
    const text = '{\r\n  "a": [1, 2],\r\n  "b": ""\r\n}\r\n';
    assert.equal(toOneLine(text, spaced), '{"a": [1, 2], "b": ""}');
    assert.equal(toOneLine(text, compact), '{"a":[1,2],"b":""}');
    assert.equal(toOneLine(text, 'broken'), '{"a": [1, 2], "b": ""}');
  });

  it('that is not JSON loses its line breaks alone', () => {
    assert.equal(toOneLine('{\n  "a": [1,\n  2,]\r\n}\n', compact), '{ "a": [1, 2,] }');
    assert.equal(toOneLine('\n', compact), '');
  });

  it('takes megabytes of base64 for what they are', () => {
    const text = `{\n  "url": "${'A'.repeat(10_000_000)}"\n}`;
    assert.equal(toOneLine(text, compact).length, 10_000_010);
  });
});
