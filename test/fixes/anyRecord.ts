import fc from 'fast-check';

/** As much of a record's form as `anyRecord` keeps to. */
export interface TrainingRecord {
  messages: { role?: unknown; content: Content }[];
}
export type Content = string | null | readonly Part[];
export interface Part {
  type?: unknown;
  text?: unknown;
  image_url?: string | { url?: unknown; detail?: unknown; extra?: unknown };
}

const png =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const url = fc.constantFrom(
  'https://example.com/a.png',
  png,
  '',
  'a"b\\c',
  'data:image/gif;base64,R0lGODlh',
);
const detail = fc.constantFrom('low', 'high', 'auto', 'LOW', '', null, 3, ['low']);
const image = fc.record(
  { url, detail, extra: fc.json({ maxDepth: 1 }) },
  { requiredKeys: ['url'] },
);
const imagePart = fc.record({ type: fc.constant('image_url'), image_url: fc.oneof(image, url) });
const textPart = fc.record({ type: fc.constant('text'), text: fc.string() });
const part = fc.oneof({ arbitrary: imagePart, weight: 3 }, textPart);
const content = fc.oneof(
  { arbitrary: fc.array(part, { maxLength: 3 }), weight: 4 },
  fc.constantFrom('', 'Hi', null),
);
const role = fc.constantFrom('user', 'assistant', 'system', 'developer', 'tool', 'robot', null);
const message = fc.record({ role, content }, { requiredKeys: ['content'] });
const record = fc.record({ messages: fc.array(message, { minLength: 1, maxLength: 4 }) });

/** The first value of a key that comes twice. */
export const hiddenValue = [{ type: 'image_url' }];

/**
 * A record with messages of any roles, and images in any state and place. Written with any white space between its
 * tokens, with escapes in keys, and with keys that come twice, of which the last counts.
 */
export const recordText: fc.Arbitrary<string> = fc
  .tuple(record, fc.infiniteStream(fc.nat({ max: 19 })))
  .map(([value, dice]) => {
    const roll = (): number => {
      const next = dice.next();
      return next.done ? 0 : next.value;
    };
    // Most records are written throughout as a serializer writes them.
    const style = [0, 0, 1, 2][roll() % 4] ?? 0;
    return write(value, style, roll);
  });

/** `style` 0 is compact, 1 has a blank behind commas and colons, 2 has anything anywhere. */
function write(value: unknown, style: number, roll: () => number): string {
  const space = (): string =>
    style === 2 ? (['', '', ' ', '\t', '\n', '\r\n  '][roll() % 6] ?? '') : '';
  const behind = (mark: string): string => space() + mark + (style === 1 ? ' ' : space());
  const inside = (items: string[]): string => space() + items.join(behind(',')) + space();
  if (Array.isArray(value)) {
    const elements: readonly unknown[] = value;
    return `[${inside(elements.map((each) => write(each, style, roll)))}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).flatMap(([key, each]) => {
    const member = `${writeKey(key, roll())}${behind(':')}${write(each, style, roll)}`;
    return roll() === 0
      ? [`${JSON.stringify(key)}${behind(':')}${JSON.stringify(hiddenValue)}`, member]
      : [member];
  });
  return `{${inside(members)}}`;
}

function writeKey(key: string, dice: number): string {
  if (dice > 1) return JSON.stringify(key);
  const code = key.charCodeAt(0).toString(16).padStart(4, '0');
  return `"\\u${code}${JSON.stringify(key).slice(2)}`;
}
