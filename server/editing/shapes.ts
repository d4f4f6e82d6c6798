import type { CheckContext } from '../../core/check/context.ts';
import { formatBytes } from '../../core/image/describeImage.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { highDetailRange, lowDetailTokens } from '../../core/tokens/imageTokens.ts';
import { detailLevels } from '../../core/fixes/detailFixes.ts';
import { choice, hole, type Template } from './template.ts';

/** The objects and arrays that a record is made of. */
export type ShapeName =
  | 'record'
  | 'messages'
  | 'message'
  | 'content'
  | 'part'
  | 'image'
  | 'toolCalls'
  | 'toolCall'
  | 'call'
  | 'tools'
  | 'tool'
  | 'function';

export interface Shape {
  /** Of an object, in the order in which they are offered. */
  readonly keys?: Readonly<Record<string, Key>>;
  /** Of an array. */
  readonly elements?: ShapeName;
}

/** What is known of a key. */
export interface Key {
  /** Markdown, of our own words alone. */
  readonly describe: (context: CheckContext) => string;
  /** What stands under it when it is an object or an array. */
  readonly shape?: ShapeName;
  /** What is inserted under it; absent for a key that is explained and not offered. */
  readonly template?: Template;
  /** The values that it may have. Those of `role` and `type` depend on profile and role: see `valuesOf`. */
  readonly values?: readonly (string | number | boolean)[];
}

export interface Surroundings {
  /** Of the message around the place. */
  readonly role?: string | undefined;
  /** Of the part around the place. */
  readonly type?: string | undefined;
}

/** The training format of both providers: OpenAI API description, FineTuneChatRequestInput. */
export const shapes: Readonly<Record<ShapeName, Shape>> = {
  record: {
    keys: {
      messages: {
        describe: ({ limits, profile }) =>
          'The conversation: an array of messages, the last one the answer to learn. ' +
          `${profile.providerName} takes up to **${formatCount(limits.maxImagesPerExample)} images** in one example ` +
          `and trains on its first ${formatCount(limits.maxExampleTokens)} tokens; what is past them is cut from the end.`,
        shape: 'messages',
        template: [],
      },
      tools: {
        describe: () => 'Functions that the assistant may call in this example.',
        shape: 'tools',
        template: [],
      },
      parallel_tool_calls: {
        describe: () => 'Whether the assistant may call several functions in one turn.',
        values: [true, false],
        template: choice([false, true]),
      },
      functions: {
        describe: () => 'The deprecated form of `tools`.',
      },
    },
  },
  messages: { elements: 'message' },
  message: {
    keys: {
      role: {
        describe: ({ profile: { format } }) =>
          `Who speaks: ${code(format.roles.value)}. Images may stand only in \`user\` messages; ` +
          'the model learns what the `assistant` says.',
        template: hole(),
      },
      content: {
        describe: () =>
          'What is said: a string, or an array of parts. Parts of type `image_url` stand only in `user` messages.',
        shape: 'content',
        template: hole(),
      },
      name: {
        describe: () => 'Tells speakers of the same role apart.',
        template: hole('name'),
      },
      weight: {
        describe: () =>
          'Whether the model learns this answer: `1`, as without it, or `0`. Only in `assistant` messages, as a number.',
        values: [0, 1],
        template: choice([0, 1]),
      },
      refusal: {
        describe: () => 'The words with which the assistant declines, in the place of `content`.',
        template: hole('I cannot help with that.'),
      },
      tool_calls: {
        describe: () =>
          'Functions that the assistant calls. Each is answered by a message of role `tool` with its id.',
        shape: 'toolCalls',
        template: [
          {
            id: hole('call_1'),
            type: 'function',
            function: { name: hole('name'), arguments: hole('{}') },
          },
        ],
      },
      tool_call_id: {
        describe: () => 'The id of the call that this message answers.',
        template: hole('call_1'),
      },
      function_call: {
        describe: () => 'The deprecated form of `tool_calls`.',
        shape: 'call',
      },
      audio: {
        describe: () => 'An answer in sound. Training on text and images has no use for it.',
      },
    },
  },
  content: { elements: 'part' },
  part: {
    keys: {
      type: {
        describe: () =>
          'What the part is: `text`, `image_url` in a `user` message, or `refusal` in one of the `assistant`.',
        template: hole(),
      },
      text: {
        describe: () => 'The words of a part of type `text`.',
        template: hole(),
      },
      image_url: {
        describe: ({ limits, profile }) =>
          'The image of a part of type `image_url`: an object with `url`, never the address itself. ' +
          `${profile.providerName} takes JPEG, PNG or WEBP in RGB or RGBA, at most ${formatBytes(limits.maxImageBytes)} ` +
          `each and **${formatCount(limits.maxImagesPerExample)}** in an example, and leaves out examples with others.`,
        shape: 'image',
        template: { url: hole('https://'), detail: choice(detailLevels) },
      },
      refusal: {
        describe: () => 'The words of a part of type `refusal`.',
        template: hole('I cannot help with that.'),
      },
    },
  },
  image: {
    keys: {
      url: {
        describe: ({ limits }) =>
          'Where the image is: an address that anybody can reach, or the image itself as `data:image/png;base64,…`. ' +
          `JPEG, PNG or WEBP, at most ${formatBytes(limits.maxImageBytes)} decoded.`,
        template: hole('https://'),
      },
      detail: {
        describe: ({ profile: { imageTokens } }) => {
          const { min, max } = highDetailRange(imageTokens);
          return (
            `How closely the model looks. \`low\`: at 512×512 pixels, ${formatCount(lowDetailTokens(imageTokens))} tokens whatever the size. ` +
            `\`high\`: ${formatCount(min)} to ${formatCount(max)} tokens by the size. \`auto\`, as without it: the model decides.`
          );
        },
        values: detailLevels,
        template: choice(detailLevels),
      },
    },
  },
  toolCalls: { elements: 'toolCall' },
  toolCall: {
    keys: {
      id: {
        describe: () =>
          'Names the call; the message that answers it has the same as `tool_call_id`.',
        template: hole('call_1'),
      },
      type: { describe: () => 'Always `function`.', values: ['function'], template: 'function' },
      function: {
        describe: () => 'Which function is called, and with what.',
        shape: 'call',
        template: { name: hole('name'), arguments: hole('{}') },
      },
    },
  },
  call: {
    keys: {
      name: { describe: () => 'The function, as `tools` names it.', template: hole('name') },
      arguments: {
        describe: () => 'The arguments as JSON **in a string**: `"{\\"city\\": \\"Oslo\\"}"`.',
        template: hole('{}'),
      },
    },
  },
  tools: { elements: 'tool' },
  tool: {
    keys: {
      type: { describe: () => 'Always `function`.', values: ['function'], template: 'function' },
      function: {
        describe: () => 'A function that the assistant may call.',
        shape: 'function',
        template: { name: hole('name'), description: hole(''), parameters: {} },
      },
    },
  },
  function: {
    keys: {
      name: {
        describe: ({ profile }) =>
          `Up to ${profile.format.maxToolNameLength.value} letters, digits, underscores or hyphens.`,
        template: hole('name'),
      },
      description: { describe: () => 'What the function does.', template: hole() },
      parameters: { describe: () => 'The arguments as a JSON Schema.', template: {} },
      strict: {
        describe: () => 'Whether the arguments follow the schema exactly.',
        values: [true, false],
        template: choice([true, false]),
      },
    },
  },
};

/** The shape at a path in a record; undefined where the format knows none. */
export function shapeAt(path: readonly (string | number)[]): Shape | undefined {
  let name: ShapeName | undefined = 'record';
  for (const segment of path) {
    const shape: Shape | undefined = name && shapes[name];
    name = typeof segment === 'number' ? shape?.elements : keyOf(shape, segment)?.shape;
  }
  return name && shapes[name];
}

/** By its own name only: a record may well have a key `constructor`. */
export function keyOf(shape: Shape | undefined, name: string): Key | undefined {
  return shape?.keys && Object.hasOwn(shape.keys, name) ? shape.keys[name] : undefined;
}

/** Whether the format has a key there. A message whose role is missing or unknown may have any, and so may a part. */
export function isTaken(
  shape: Shape,
  name: string,
  { role, type }: Surroundings,
  { format }: CheckContext['profile'],
): boolean {
  if (shape === shapes.record) return name === 'messages' || format.recordKeys.value.includes(name);
  if (shape === shapes.message) return isAmong(format.messageKeys.value, role, name);
  return shape !== shapes.part || isAmong(format.partKeys.value, type, name);
}

function isAmong(
  groups: Readonly<Record<string, readonly string[]>>,
  group: string | undefined,
  name: string,
): boolean {
  const names = group !== undefined && Object.hasOwn(groups, group) ? groups[group] : undefined;
  return names?.includes(name) ?? true;
}

/** The values that a key may have where it stands. */
export function valuesOf(
  shape: Shape,
  name: string,
  { role }: Surroundings,
  { profile }: CheckContext,
): readonly (string | number | boolean)[] {
  if (shape === shapes.message && name === 'role') return profile.format.roles.value;
  if (shape === shapes.part && name === 'type') return partTypes(role);
  return keyOf(shape, name)?.values ?? [];
}

/** Under a role that is missing or unknown any part may be meant. */
export function partTypes(role: string | undefined): readonly string[] {
  switch (role) {
    case 'user':
      return ['text', 'image_url'];
    case 'assistant':
      return ['text', 'refusal'];
    case 'system':
    case 'developer':
    case 'tool':
    case 'function':
      return ['text'];
    default:
      return ['text', 'image_url', 'refusal'];
  }
}

function code(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}
