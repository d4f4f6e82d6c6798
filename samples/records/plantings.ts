import { image, text, user } from './messages.ts';
import { dataUri, encode, encodeAnimation, encodeBmp, encodeIn, encodeSmall } from './pictures.ts';
import type { Task } from './tasks.ts';

/** How a fault gets into a record. */
export type Planting = SyntaxPlanting | RecordPlanting;

export interface SyntaxPlanting {
  readonly note: string;
  /** Spoils the text of a good record and marks the offending character with `<|>` before it. */
  readonly spoil: (record: string) => string;
}

export interface RecordPlanting {
  readonly rule: string;
  readonly note: string;
  readonly at: string | null;
  /** The record with the fault in it, or a promise of it. */
  readonly record: (task: Task) => unknown;
}

/** Marks a place in a text; it is taken out before the text is written. */
export const cursor = '<|>';

const syntax: readonly SyntaxPlanting[] = [
  { note: 'trailing comma after the last message', spoil: swap(/\]\}$/, '<|>,]}') },
  { note: 'trailing comma after the last member', spoil: swap(/\}\]\}$/, '<|>,}]}') },
  { note: 'closing brace missing', spoil: swap(/\}$/, '<|>') },
  { note: 'cut off inside a string', spoil: swap(/(\/instruments\/).*$/, '$1<|>') },
  { note: 'single quotes instead of double ones', spoil: swap(/"user"/, "<|>'user'") },
  { note: 'property name without quotes', spoil: swap(/"messages"/, '<|>messages') },
  { note: 'True of Python, after an emoji', spoil: swap(/\}\]\}$/, ',"weight":<|>True}]}') },
  { note: 'word without quotes', spoil: swap(/"low"/, '<|>low') },
  { note: 'tab inside a string', spoil: swap(/You read /, 'You read<|>\t') },
  { note: 'backslash of a Windows path', spoil: swap(/instruments\./, 'C:<|>\\scans.') },
  { note: 'comma missing between two members', spoil: swap(/("user"),/, '$1<|>') },
  { note: 'colon missing after a name', spoil: swap(/("messages"):/, '$1<|>') },
  { note: 'number with a leading zero', spoil: swap(/\}\]\}$/, ',"weight":<|>01}]}') },
  { note: 'comment after the record', spoil: swap(/$/, ' <|>// checked') },
  { note: 'second record on the same line', spoil: swap(/$/, '<|>{"messages":[]}') },
];

const shape: readonly RecordPlanting[] = [
  {
    rule: 'record-shape',
    note: 'list of messages instead of an object',
    at: '[{"role":"system"',
    record: (task) => ask(task).messages,
  },
  {
    rule: 'record-shape',
    note: 'string instead of an object',
    at: '"{',
    record: (task) => JSON.stringify(ask(task)),
  },
  {
    rule: 'record-shape',
    note: 'messages missing: misspelt message',
    at: null,
    record: (task) => ({ message: ask(task).messages }),
  },
  {
    rule: 'record-shape',
    note: 'messages is one message, not an array',
    at: '{"role":"user"',
    record: ({ user }) => ({ messages: user }),
  },
  { rule: 'record-shape', note: 'messages empty', at: '[]', record: () => ({ messages: [] }) },
];

const methods: readonly RecordPlanting[] = [
  {
    rule: 'wrong-method',
    note: 'record of preference optimization',
    at: '"preferred_output"',
    record: ({ system, user, assistant }) => ({
      input: { messages: [system, user] },
      preferred_output: [assistant],
      non_preferred_output: [{ role: 'assistant', content: 'I cannot tell.' }],
    }),
  },
  {
    rule: 'wrong-method',
    note: 'prompt and completion',
    at: '"prompt"',
    record: ({ answer }) => ({ prompt: 'Read the dial.', completion: answer }),
  },
  {
    rule: 'unknown-key',
    note: 'key beside messages',
    at: '"source"',
    record: (task) => ({ ...ask(task), source: 'workshop' }),
  },
  {
    rule: 'unknown-key',
    note: 'key of a message that no message has',
    at: '"reviewed"',
    record: (task) => ask(task, { assistant: { ...task.assistant, reviewed: true } }),
  },
  {
    rule: 'message-order',
    note: 'no answer at the end',
    at: '"user"',
    record: ({ system, user }) => ({ messages: [system, user] }),
  },
  {
    rule: 'assistant-weight',
    note: 'weight between 0 and 1',
    at: '0.5',
    record: (task) => ask(task, { assistant: { ...task.assistant, weight: 0.5 } }),
  },
  {
    rule: 'assistant-weight',
    note: 'weight of a user',
    at: '"weight"',
    record: (task) => ask(task, { user: { ...task.user, weight: 1 } }),
  },
  {
    rule: 'tool-call',
    note: 'arguments not a string',
    at: '{"lens":2}',
    record: (task) => ({
      ...ask(task, {
        assistant: {
          role: 'assistant',
          tool_calls: [{ ...cameraCall, function: { name: 'look', arguments: { lens: 2 } } }],
        },
      }),
      tools: [cameraTool],
    }),
  },
];

const messages: readonly RecordPlanting[] = [
  {
    rule: 'message-role',
    note: 'unknown role',
    at: '"robot"',
    record: (task) => ask(task, { system: { ...task.system, role: 'robot' } }),
  },
  {
    rule: 'message-role',
    note: 'role missing',
    at: null,
    record: (task) => ask(task, { system: { content: task.system.content } }),
  },
  {
    rule: 'message-role',
    note: 'role not a string',
    at: '["user"]',
    record: (task) => ask(task, { user: { ...task.user, role: ['user'] } }),
  },
  {
    rule: 'message-content',
    note: 'content missing in a user message',
    at: null,
    record: (task) => ask(task, { user: { role: 'user' } }),
  },
  {
    rule: 'message-content',
    note: 'content is null in a user message',
    at: 'null',
    record: (task) => ask(task, { user: { role: 'user', content: null } }),
  },
  {
    rule: 'message-content',
    note: 'content is a number',
    at: '2.5',
    record: (task) => ask(task, { assistant: { role: 'assistant', content: 2.5 } }),
  },
  {
    rule: 'message-content',
    note: 'content is an empty array',
    at: '[]',
    record: (task) => ask(task, { user: { role: 'user', content: [] } }),
  },
  {
    rule: 'message-content',
    note: 'assistant with neither content nor tool calls',
    at: null,
    record: (task) => ask(task, { assistant: { role: 'assistant' } }),
  },
];

const parts: readonly RecordPlanting[] = [
  {
    rule: 'content-part',
    note: 'unknown part type',
    at: '"picture"',
    record: withPicture(({ picture }) => ({ ...picture, type: 'picture' })),
  },
  {
    rule: 'content-part',
    note: 'part type of another interface',
    at: '"input_image"',
    record: withPicture(({ picture }) => ({
      type: 'input_image',
      image_url: picture.image_url.url,
    })),
  },
  {
    rule: 'content-part',
    note: 'part without a type',
    at: null,
    record: withPicture(({ picture }) => ({ image_url: picture.image_url })),
  },
  {
    rule: 'content-part',
    note: 'text part without text',
    at: null,
    record: (task) => askWith(task, [{ type: 'text' }, task.picture]),
  },
  {
    rule: 'content-part',
    note: 'image_url given as a string',
    at: '"https://example.com/instruments/string.png"',
    record: withPicture(() => ({
      type: 'image_url',
      image_url: 'https://example.com/instruments/string.png',
    })),
  },
  {
    rule: 'content-part',
    note: 'image_url without url',
    at: null,
    record: withPicture(() => ({ type: 'image_url', image_url: { detail: 'low' } })),
  },
  {
    rule: 'content-part',
    note: 'part not an object',
    at: '"Read the dial."',
    record: (task) => askWith(task, ['Read the dial.', task.picture]),
  },
];

const roles: readonly RecordPlanting[] = [
  {
    rule: 'image-role',
    note: 'image in an assistant message',
    at: '"image_url","image_url":',
    record: (task) =>
      ask(task, {
        user: user(task.question),
        assistant: { role: 'assistant', content: [text(task.answer), task.picture] },
      }),
  },
  {
    rule: 'image-role',
    note: 'image in a system message',
    at: '"image_url","image_url":',
    record: (task) =>
      ask(task, {
        system: { role: 'system', content: [text('You read this instrument.'), task.picture] },
        user: user(task.question),
      }),
  },
  {
    rule: 'image-role',
    note: 'image in a tool message',
    at: '"image_url","image_url":',
    record: ({ system, question, picture, assistant }) => ({
      messages: [
        system,
        user(question),
        { role: 'assistant', tool_calls: [cameraCall] },
        { role: 'tool', tool_call_id: cameraCall.id, content: [picture] },
        assistant,
      ],
      tools: [cameraTool],
    }),
  },
];

const details: readonly RecordPlanting[] = [
  detail('image-detail', 'detail not one of the three', 'ultra'),
  detail('image-detail', 'detail in capitals', 'LOW'),
  detail('image-detail-cost', 'detail high', 'high'),
  detail('image-detail-cost', 'detail auto', 'auto'),
  {
    rule: 'image-detail-cost',
    note: 'detail absent, which means auto',
    at: null,
    record: withPicture(({ picture: { image_url } }) => ({
      type: 'image_url',
      image_url: { url: image_url.url },
    })),
  },
];

const formats: readonly RecordPlanting[] = [
  format('GIF', 'image/gif', ({ svg }) => encode(svg, 'gif')),
  format('GIF that claims to be a PNG', 'image/png', ({ svg }) => encode(svg, 'gif')),
  format('BMP', 'image/bmp', ({ svg }) => encodeBmp(svg, 48)),
  format('SVG', 'image/svg+xml', ({ svg }) => Buffer.from(svg)),
  format('error page saved as a JPEG', 'image/jpeg', () =>
    Buffer.from('<!DOCTYPE html><title>404 Not Found</title><h1>Not Found</h1>\n'),
  ),
];

const counts: readonly RecordPlanting[] = [
  {
    rule: 'image-count',
    note: '65 images, one over the limit of Azure OpenAI',
    at: null,
    record: (task) =>
      askWith(task, [
        text('Here is every minute of the past hour and a little more. What time is it now?'),
        ...Array.from({ length: 65 }, (_, minute) =>
          image(`https://example.com/clocks/minute-${minute}.webp`),
        ),
      ]),
  },
];

const addresses: readonly RecordPlanting[] = [
  address('path instead of an address', 'scans/dial.png', '"scans/dial.png"'),
  address('address in a private network', 'https://192.168.0.10/dial.png', '192.168.0.10'),
  address('bucket of S3 by its own scheme', 's3://instruments/dial.png', '"s3:'),
  address(
    'signed address that expired in 2020',
    'https://example.blob.core.windows.net/scans/dial.png?se=2020-01-01T00%3A00%3A00Z&sp=r&sig=0',
    'se=2020',
  ),
  address('password in the address', 'https://me:secret@example.com/dial.png', 'me:secret@'),
];

const payloads: readonly RecordPlanting[] = [
  {
    rule: 'image-data',
    note: 'base64 broken into lines',
    at: '\\r\\n',
    record: async (task) => {
      const url = dataUri('image/webp', await encode(task.svg, 'webp', { quality: 50 }));
      return askWith(task, [task.question, image(url.replace(/^.{98}/, '$&\r\n'))]);
    },
  },
  {
    rule: 'image-media-type',
    note: 'WEBP that claims to be a PNG',
    at: 'image/png;base64,',
    record: async (task) => {
      const url = dataUri('image/png', await encode(task.svg, 'webp', { quality: 50 }));
      return askWith(task, [task.question, image(url)]);
    },
  },
];

const pictures: readonly RecordPlanting[] = [
  picture('image-color-mode', 'greyscale PNG', 'image/png', ({ svg }) => encodeIn(svg, 'grey')),
  picture('image-color-mode', 'PNG with a palette', 'image/png', ({ svg }) =>
    encodeIn(svg, 'palette'),
  ),
  picture('image-color-mode', 'CMYK JPEG', 'image/jpeg', ({ svg }) => encodeIn(svg, 'cmyk')),
  picture(
    'image-corrupt',
    'WEBP of which the second half is missing',
    'image/webp',
    async (task) => {
      const whole = await encode(task.svg, 'webp', { quality: 50 });
      // In groups of three bytes, so that the base64 is sound.
      return whole.subarray(0, Math.floor(whole.length / 6) * 3);
    },
  ),
  picture('image-corrupt', 'PNG with another size than its check sum', 'image/png', async (task) =>
    (await encodeSmall(task.svg, 128)).with(19, 129),
  ),
  picture('image-animated', 'WEBP of two frames', 'image/webp', ({ svg }) => encodeAnimation(svg)),
  picture('image-low-resolution', 'PNG of 48 pixels', 'image/png', ({ svg }) =>
    encodeSmall(svg, 48),
  ),
];

/** The good record of a task, with some of its three messages replaced. */
export function ask(
  task: Task,
  replaced: { system?: unknown; user?: unknown; assistant?: unknown } = {},
) {
  const { system, user, assistant } = { ...task, ...replaced };
  return { messages: [system, user, assistant] };
}

function askWith(task: Task, content: readonly unknown[]) {
  return ask(task, { user: { role: 'user', content } });
}

function withPicture(make: (task: Task) => unknown) {
  return (task: Task) => askWith(task, [task.question, make(task)]);
}

function detail(rule: string, note: string, value: string): RecordPlanting {
  return {
    rule,
    note,
    at: `"${value}"`,
    record: withPicture(({ picture }) => image(picture.image_url.url, value)),
  };
}

function address(note: string, url: string, at: string): RecordPlanting {
  return { rule: 'image-url', note, at, record: withPicture(() => image(url)) };
}

function picture(
  rule: string,
  note: string,
  mediaType: string,
  encoded: (task: Task) => Uint8Array | Promise<Uint8Array>,
): RecordPlanting {
  return {
    rule,
    note,
    at: `"data:${mediaType};base64,`,
    record: async (task) =>
      askWith(task, [task.question, image(dataUri(mediaType, await encoded(task)))]),
  };
}

function format(
  note: string,
  mediaType: string,
  encoded: (task: Task) => Uint8Array | Promise<Uint8Array>,
): RecordPlanting {
  return picture('image-format', note, mediaType, encoded);
}

/** Replaces the first match; it is a bug of the table when there is none. */
function swap(pattern: RegExp, replacement: string): (record: string) => string {
  return (record) => {
    if (!pattern.test(record))
      throw new Error(`${pattern.source} is not in ${record.slice(0, 200)}`);
    return record.replace(pattern, replacement);
  };
}

const cameraCall = {
  id: 'call_camera_1',
  type: 'function',
  function: { name: 'look', arguments: '{}' },
};

const cameraTool = {
  type: 'function',
  function: { name: 'look', description: 'Takes a picture of the instrument.' },
};

/** Every fault of the broken set, in the order of its lines. */
export const plantings: readonly Planting[] = [
  ...syntax,
  ...shape,
  ...messages,
  ...parts,
  ...roles,
  ...details,
  ...formats,
  ...counts,
  ...methods,
  ...addresses,
  ...payloads,
  ...pictures,
];
