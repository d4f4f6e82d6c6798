import fc from 'fast-check';

const good = {
  messages: [
    { role: 'user', content: 'It\'s "this"\nand C:\\that: é😀' },
    { role: 'assistant', content: [{ type: 'text', text: 'Yes.' }], weight: null },
  ],
  parallel_tool_calls: true,
};

/** A record as `JSON.stringify` writes it, and what a person, a program or a copy has made of it. */
export interface BrokenRecord {
  readonly broken: string;
  readonly meant: unknown;
}

type Breakage = (json: string) => string;

const breakages: Readonly<Record<string, Breakage>> = {
  'trailing comma in an array': (json) => json.replace(/\](?!.*\])/, ',]'),
  'trailing comma in an object': (json) => json.replace(/\}$/, ' , }'),
  'comma behind the record': (json) => `${json} ,`,
  'Python words': (json) => json.replace('null', 'None').replace('true', 'True'),
  'unquoted keys': (json) => json.replaceAll(/"(\w+)":/g, '$1:'),
  'missing brackets at the end': (json) => json.replace(/[\]}]+$/, ''),
  'surplus bracket at the end': (json) => `${json}]}`,
  'missing comma': (json) => json.replace('},{', '} {'),
  'raw line feed in a string': (json) => json.replaceAll('\\n', '\n'),
  'no-break space between values': (json) => json.replaceAll(',"', ',\u00a0"'),
  'byte order mark inside the file': (json) => `\ufeff${json}`,
};

export const breakageNames = Object.keys(breakages);

export function breakRecord(name: string): BrokenRecord {
  const breakage = breakages[name] ?? ((json: string) => json);
  return { broken: breakage(JSON.stringify(good)), meant: good };
}

/** As `repr` writes a record in Python. */
export function asPython(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return reprString(value);
  if (Array.isArray(value)) return `[${value.map(asPython).join(', ')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).map(
      ([key, each]) => `${reprString(key)}: ${asPython(each)}`,
    );
    return `{${members.join(', ')}}`;
  }
  return JSON.stringify(value);
}

function reprString(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value.replaceAll(/[\\\n\r\t\u0000-\u001f\u007f]|'/g, (unit) => {
    if (unit === "'") return quote === "'" ? "\\'" : "'";
    const known = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }[unit];
    return known ?? `\\x${unit.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `${quote}${escaped}${quote}`;
}

const text = fc.string({
  unit: fc.constantFrom(
    'a',
    '"',
    "'",
    '\\',
    '\n',
    '\t',
    '\u0001',
    'é',
    '😀',
    ' ',
    '{',
    ']',
    ',',
    ':',
    '#',
    '/',
  ),
});
const leaf = fc.oneof(text, fc.boolean(), fc.constant(null), fc.integer());

/** A value of the form of a record, with strings that are hard to quote. */
export const anyRecordValue: fc.Arbitrary<object> = fc
  .array(fc.dictionary(text, fc.oneof(leaf, fc.array(leaf, { maxLength: 3 })), { maxKeys: 4 }), {
    maxLength: 3,
  })
  .map((messages) => ({ messages: messages.map((message) => ({ ...message })) }));
