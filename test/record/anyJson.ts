import fc from 'fast-check';
import type { JsonValue } from '../../core/record/jsonTree.ts';

const anySpace = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 2 });

/** Strings with the escapes, lengths and code units that a reader may get wrong. */
const anyString = fc
  .string({
    unit: fc.oneof(
      {
        weight: 8,
        arbitrary: fc.constantFrom('a', 'b', '"', '\\', '/', '\n', '\t', '\u0000', '\u001f'),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          'é',
          '漢',
          '😀',
          '\ud83d',
          '\ude00',
          '\u2028',
          '\uFEFF',
          'messages',
        ),
      },
    ),
    maxLength: 40,
  })
  .chain((text) => fc.constantFrom(JSON.stringify(text), spelledOut(text)));

const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.constantFrom('-0', '0', '1E5', '1e-7', '0.5', '-12.25e+3', '1e999'),
);

const anyScalar = fc.oneof(anyString, anyNumber, fc.constantFrom('true', 'false', 'null'));

/**
 * Of few keys, so that some occur twice. None is a single escape: after a few thousand texts the `JSON.parse` of
 * V8 13.6 (Node 24) now and then reads the key of `{"\u0061":1}` as a backslash, and could be no judge.
 */
const anyKey = fc.oneof(
  anyString.filter((text) => !/^"\\(.|u....)"$/.test(text)),
  fc.constantFrom('"a"', '"ab"', '"\\u0061b"', '"__proto__"', '""'),
);

/** A JSON text, spaced and spelled at random, with duplicate keys. */
export const anyJsonText: fc.Arbitrary<string> = fc.letrec<{ value: string; bare: string }>(
  (tie) => ({
    value: fc.tuple(anySpace, tie('bare'), anySpace).map((parts) => parts.join('')),
    bare: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      anyScalar,
      fc.array(tie('value'), { maxLength: 5 }).map((elements) => `[${elements.join(',')}]`),
      fc
        .tuple(anySpace, fc.array(anyMember(tie('value')), { maxLength: 5 }))
        .map(([space, members]) => `{${members.join(',') || space}}`),
    ),
  }),
).value;

function anyMember(anyValue: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(anySpace, anyKey, anySpace, anyValue)
    .map(([before, key, after, value]) => `${before}${key}${after}:${value}`);
}

function spelledOut(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}"`;
}

/** What `JSON.parse` makes of a value, built from the tree. */
export function toValue(value: JsonValue): unknown {
  switch (value.kind) {
    case 'object': {
      const object: object = {};
      for (const { key, value: member } of value.members()) {
        const property = {
          value: toValue(member),
          configurable: true,
          enumerable: true,
          writable: true,
        };
        // Not by assignment, which takes a key "__proto__" for the prototype.
        Object.defineProperty(object, key.asString() ?? '', property);
      }
      return object;
    }
    case 'array':
      return Array.from(value.elements(), toValue);
    case 'string':
      return value.asString();
    case 'number':
      return Number(value.tree.text.slice(value.span.start, value.span.end));
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
  }
}
