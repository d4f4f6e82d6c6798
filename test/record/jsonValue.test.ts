import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonValue } from '../../core/record/jsonTree.ts';
import { readJson } from '../../core/record/readJson.ts';

describe('JsonValue.get', () => {
  it('finds a key spelled with escapes', () => {
    assert.equal(read(String.raw`{"m\u0065ssages":1}`).get('messages')?.kind, 'number');
    assert.equal(read(String.raw`{"\u0061\u0062":1}`).get('ab')?.kind, 'number');
    assert.equal(read(String.raw`{"a\/b":1}`).get('a/b')?.kind, 'number');
    assert.equal(read(String.raw`{"a\nb":1}`).get('a\nb')?.kind, 'number');
  });

  it('tells a key from one that begins, ends or is spelled like it', () => {
    const object = read(String.raw`{"role":1,"a\\u0062":2,"\"":3}`);
    for (const name of ['rol', 'role"', 'ole', '', 'ab', 'roles'])
      assert.equal(object.get(name), undefined);
    assert.equal(object.get(String.raw`a\u0062`)?.kind, 'number');
    assert.equal(object.get('"')?.kind, 'number');
  });

  it('finds "__proto__" and other names of Object.prototype only where the text has them', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      assert.equal(read('{}').get(name), undefined);
      assert.equal(read(`{"${name}":{"role":1}}`).get(name)?.get('role')?.kind, 'number');
    }
  });

  it('gives the last of duplicates, as JSON.parse does', () => {
    assert.equal(
      read(String.raw`{"a":"x","b":1,"\u0061":"y"}`)
        .get('a')
        ?.asString(),
      'y',
    );
  });

  it('looks into no member and no element', () => {
    assert.equal(read('{"a":{"b":1},"c":[{"b":2}]}').get('b'), undefined);
    assert.equal(read('["b"]').get('b'), undefined);
    assert.equal(read('"b"').get('b'), undefined);
  });

  it('finds an empty key', () => {
    assert.equal(read('{"":"x"}').get('')?.asString(), 'x');
  });
});

describe('JsonValue.asString', () => {
  it('resolves every escape', () => {
    const text = String.raw`"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00"`;
    assert.equal(read(text).asString(), '"\\/\b\f\n\r\té😀');
  });

  it('keeps lone surrogates, as escapes and as they are', () => {
    assert.equal(read(String.raw`"a\ud83d"`).asString(), 'a\ud83d');
    assert.equal(read('"\ude00b"').asString(), '\ude00b');
  });

  it('is undefined for what is no string', () => {
    for (const text of ['1', 'true', 'null', '[]', '{}'])
      assert.equal(read(text).asString(), undefined);
  });

  it('is the text of empty and of long strings', () => {
    assert.equal(read('""').asString(), '');
    assert.equal(read(`"${'x'.repeat(100)}"`).asString(), 'x'.repeat(100));
  });
});

describe('JsonValue.isEmptyString', () => {
  it('holds for the empty string alone', () => {
    assert.equal(read('""').isEmptyString, true);
    for (const text of ['" "', String.raw`"\\"`, '[]', '{}', '11']) {
      assert.equal(read(text).isEmptyString, false, text);
    }
  });
});

describe('JsonValue.members and elements', () => {
  it('give duplicates in the order of the text', () => {
    const members = [...read('{"a":1,"b":2,"a":3}').members()];
    assert.deepEqual(
      members.map(({ key, value }) => [key.asString(), textOf(value)]),
      [
        ['a', '1'],
        ['b', '2'],
        ['a', '3'],
      ],
    );
  });

  it('step over what their values contain', () => {
    assert.deepEqual([...read('[[1,[2]],{"a":[3]},4]').elements()].map(textOf), [
      '[1,[2]]',
      '{"a":[3]}',
      '4',
    ]);
  });

  it('give nothing for other kinds', () => {
    assert.deepEqual([...read('[1]').members()], []);
    assert.deepEqual([...read('{"a":1}').elements()], []);
    assert.deepEqual([...read('"a"').elements()], []);
  });

  it('leave out a key whose value is missing', () => {
    for (const text of ['{"a":1,"b"', '{"a":1,"b":', '{"a":1,"b":x', '{"a":1,']) {
      const members = [...(readJson(text).root?.members() ?? [])];
      assert.deepEqual(
        members.map(({ key }) => key.asString()),
        ['a'],
      );
      assert.equal(readJson(text).root?.get('b'), undefined);
    }
  });
});

function read(text: string): JsonValue {
  const { root, problem } = readJson(text);
  assert.equal(problem, undefined);
  assert.ok(root);
  return root;
}

function textOf(value: JsonValue): string {
  return value.tree.text.slice(value.span.start, value.span.end);
}
