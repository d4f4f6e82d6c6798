import type { Report } from '../finding/finding.ts';
import { moveDetail, removeKey } from '../fixes/keyFixes.ts';
import type { Profile } from '../profile/profile.ts';
import { placeOf, type Message, type Part } from '../record/example.ts';
import type { JsonValue, Member } from '../record/jsonTree.ts';
import { quote } from '../text/quote.ts';
import { isKnownRole } from './message-role.ts';
import type { RecordRule } from './rule.ts';

export const unknownKey: RecordRule = {
  id: 'unknown-key',
  summary: 'Records, messages and parts have only the keys of the training format.',
  // Only at the top of a record, by OpenAI, was a key seen to be refused.
  severity: 'warning',
  scope: 'record',
  *check({ example }, { profile }) {
    const { root, messagesValue, messages } = example;
    // Without "messages" the record is of no known form at all, which is another rule's finding.
    if (!messagesValue) return;
    const { recordKeys, partKeys, imageUrlKeys } = profile.format;
    const ofRecord = ['messages', ...recordKeys.value];
    if (!root.hasOnlyKeys(ofRecord)) yield* checkRecord(root, ofRecord, profile);
    for (const message of messages) {
      const ofMessage = keysOfMessage(message, profile);
      const isWhole = isWholeMessage(message.value);
      if (isWhole && !message.value.hasOnlyKeys(ofMessage)) {
        yield* checkMessage(message, ofMessage, profile);
      }
      for (const part of message.parts) {
        const { value, type = '', image } = part;
        const ofPart = Object.hasOwn(partKeys.value, type) ? partKeys.value[type] : undefined;
        // What a part holds stands under a key named like its type.
        if (ofPart && value.get(type) && !value.hasOnlyKeys(ofPart)) yield* checkPart(part, ofPart);
        if (!image?.object || image.object.hasOnlyKeys(imageUrlKeys.value)) continue;
        yield* checkImageUrl(image.object, imageUrlKeys.value);
      }
    }
  },
};

function checkRecord(
  root: JsonValue,
  known: readonly string[],
  { format, providerName }: Profile,
): Iterable<Report> {
  const expected = `expected only ${listKeys(known)}`;
  return checkKeys(root, known, (key) =>
    format.refusesOtherRecordKeys.value
      ? {
          severity: 'error',
          message: `Key ${key} beside "messages" makes ${providerName} refuse the file; ${expected}.`,
        }
      : {
          message: `Key ${key} beside "messages" is not documented and may be refused; ${expected}.`,
        },
  );
}

/** Where something is missing, an unknown key may be that something misspelt; other rules say what is missing. */
function isWholeMessage(message: JsonValue): boolean {
  const contents = ['content', 'tool_calls', 'function_call', 'refusal'];
  return message.get('role') !== undefined && contents.some((key) => message.get(key));
}

/** Of a message whose role is wrong it cannot be told which keys are: any role's may be right. */
function keysOfMessage({ role }: Message, profile: Profile): readonly string[] {
  const byRole = profile.format.messageKeys.value;
  if (role === undefined || !isKnownRole(role, profile)) {
    return [...new Set(Object.values(byRole).flat())];
  }
  return byRole[role] ?? [];
}

function checkMessage(
  { role = '', value }: Message,
  known: readonly string[],
  profile: Profile,
): Iterable<Report> {
  const owner = isKnownRole(role, profile) ? `a message of role ${role}` : 'a message';
  return checkKeys(value, known, (key) => ({
    message: `Key ${key} is not documented for ${owner} and may be refused; expected only ${listKeys(known)}.`,
  }));
}

function checkPart({ value, type = '', image }: Part, keys: readonly string[]): Iterable<Report> {
  // Beside an address that is, wrongly, a string itself, the detail belongs to content-part's finding.
  const known = image && !image.object ? [...keys, 'detail'] : keys;
  const describe = (key: string) => ({
    message: `Key ${key} is not documented for a part of type ${type} and may be refused; expected only ${listKeys(known)}.`,
  });
  return checkKeys(value, known, describe, (members, index, tail) =>
    members[index]?.key.asString() === 'detail'
      ? moveDetail(image, members, index, tail)
      : undefined,
  );
}

function checkImageUrl(object: JsonValue, known: readonly string[]): Iterable<Report> {
  return checkKeys(object, known, (key) => ({
    message: `Key ${key} is not documented in "image_url" and may be refused; expected only ${listKeys(known)}.`,
  }));
}

/** Reports each key of an object that is not known, once. `describe` gets the key as a message shows it. */
function* checkKeys(
  object: JsonValue,
  known: readonly string[],
  describe: (key: string) => Omit<Report, 'span' | 'fixes'>,
  repair?: (
    members: readonly Member[],
    index: number,
    tail: number,
  ) => ReturnType<typeof moveDetail>,
): Generator<Report> {
  const members = [...object.members()];
  const { unknown, tail } = groupUnknown(members, known);
  for (const [name, indices] of unknown) {
    const [first = 0, ...repeated] = indices;
    const key = members[first]?.key;
    if (!key) continue;
    const isRepeated = repeated.length > 0;
    yield {
      span: placeOf(key),
      ...describe(quote(name)),
      // With the key its repetitions go too.
      ...(isRepeated && { supersedes: ['duplicate-key'] }),
      fixes: () => [
        ...[isRepeated ? [] : (repair?.(members, first, tail) ?? [])].flat(),
        removeKey(members, indices, tail),
      ],
    };
  }
}

/** The indices of the members under each unknown key; `tail` is the index behind the last member under a known one. */
function groupUnknown(
  members: readonly Member[],
  known: readonly string[],
): { readonly unknown: ReadonlyMap<string, readonly number[]>; readonly tail: number } {
  const unknown = new Map<string, number[]>();
  let tail = 0;
  for (const [index, { key }] of members.entries()) {
    const name = key.asString();
    if (isOneOf(name, known)) {
      tail = index + 1;
      continue;
    }
    const indices = unknown.get(name ?? '');
    if (indices) indices.push(index);
    else unknown.set(name ?? '', [index]);
  }
  return { unknown, tail };
}

/** A weight in the wrong place is assistant-weight's finding. */
function isOneOf(key: string | undefined, known: readonly string[]): boolean {
  return key !== undefined && (key === 'weight' || known.includes(key));
}

/** `role, content and name`. */
function listKeys(keys: readonly string[]): string {
  return `${keys.slice(0, -1).join(', ')} and ${keys.at(-1) ?? ''}`;
}
