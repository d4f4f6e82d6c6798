import fc from 'fast-check';

const png =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const url = fc.constantFrom('https://example.com/a.png', png);
const detail = fc.constantFrom('low', 'high');
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

/** A key that nobody knows, at any place among the others. */
const extra = fc.dictionary(fc.constantFrom('id', 'x', 'cache_control'), fc.json({ maxDepth: 1 }), {
  maxKeys: 2,
});

const part = fc.oneof(
  fc.record({ type: fc.constantFrom('text', 'input_text', 'output_text'), text: fc.string() }),
  fc.record({
    detail: optional(detail),
    type: fc.constant('input_image'),
    image_url: fc.oneof(url, fc.record({ url })),
  }),
  fc.record({
    type: fc.constant('image_url'),
    image_url: fc.oneof(url, fc.record({ url, detail: optional(detail) })),
    detail: optional(detail),
  }),
  fc.record({ type: fc.constant('refusal'), refusal: fc.string() }),
);

const call = fc.record({
  id: fc.constantFrom('1', '2'),
  type: fc.constant('function'),
  function: fc.record({
    name: fc.constantFrom('f', 'a b'),
    arguments: fc.oneof(fc.object({ maxDepth: 2 }), fc.constantFrom('{}', '{', null)),
  }),
});

const message = fc
  .tuple(
    extra,
    fc.record({
      role: fc.constantFrom(
        'user',
        'assistant',
        'bot',
        'Human',
        'sys',
        'robot',
        'Tool',
        'developer',
      ),
      content: fc.oneof(
        fc.array(fc.tuple(part, extra).map(merge), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('Hi', ''),
      ),
      weight: optional(fc.constantFrom<unknown>(0, 1, true, '0', 0.5, null)),
      tool_calls: optional(fc.array(call, { maxLength: 2 })),
      tool_call_id: optional(fc.constantFrom('1', '2')),
    }),
  )
  .map(merge);

const record = fc
  .tuple(
    extra,
    fc.record({
      messages: fc.array(message, { minLength: 1, maxLength: 3 }),
      weight: optional(fc.constantFrom(0, 1)),
    }),
    fc.boolean(),
  )
  .map(([before, rest, isFirst]) => (isFirst ? { ...before, ...rest } : { ...rest, ...before }));

/** A record with roles, parts, weights, calls and keys as people and other tools write them. */
export const misshapenRecord: fc.Arbitrary<string> = fc
  .tuple(record, fc.constantFrom(undefined, 1))
  .map(([value, indent]) => JSON.stringify(value, undefined, indent));

function merge([first, second]: [object, object]): object {
  return { ...first, ...second };
}
