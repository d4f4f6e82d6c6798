import type { Report } from '../finding/finding.ts';
import { moveDetail, removeKey } from '../fixes/keyFixes.ts';
import type { Profile } from '../profile/profile.ts';
import { placeOf, type Example, type Message, type Part } from '../record/example.ts';
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
    // Without "messages" the record is of no known form at all, which is another rule's finding.
    if (!example.messagesValue) return;
    yield* checkRecord(example, profile);
    for (const message of example.messages) {
      yield* checkMessage(message, profile);
      for (const part of message.parts) yield* checkPart(part, profile);
    }
  },
};

function checkRecord({ root }: Example, { format, providerName }: Profile): Iterable<Report> {
  const known = format.recordKeys.value;
  const expected = `expected none but ${listKeys(known)}`;
  return checkKeys(root, ['messages', ...known], (key) =>
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

function checkMessage({ role, value }: Message, profile: Profile): Iterable<Report> {
  const byRole = profile.format.messageKeys.value;
  const isKnown = role !== undefined && isKnownRole(role, profile);
  // Of a message whose role is wrong it cannot be told which of all keys are.
  const known = isKnown ? (byRole[role] ?? []) : Object.values(byRole).flat();
  const owner = isKnown ? `a message of role ${role}` : 'a message';
  return checkKeys(value, known, (key) => ({
    message: `Key ${key} is not documented for ${owner} and may be refused; expected only ${listKeys(new Set(known))}.`,
  }));
}

function* checkPart({ value, type, image }: Part, { format }: Profile): Generator<Report> {
  const byType = format.partKeys.value;
  const keys = type !== undefined && Object.hasOwn(byType, type) ? byType[type] : undefined;
  if (!keys) return;
  // Beside an address that is, wrongly, a string itself, the detail belongs to content-part's finding.
  const known = image && !image.object ? [...keys, 'detail'] : keys;
  const describe = (key: string) => ({
    message: `Key ${key} is not documented for a part of type ${type ?? ''} and may be refused; expected only ${listKeys(known)}.`,
  });
  yield* checkKeys(value, known, describe, (members, index, tail) =>
    members[index]?.key.asString() === 'detail'
      ? moveDetail(image, members, index, tail)
      : undefined,
  );
  if (!image?.object) return;
  const imageKeys = format.imageUrlKeys.value;
  yield* checkKeys(image.object, imageKeys, (key) => ({
    message: `Key ${key} is not documented in "image_url" and may be refused; expected only ${listKeys(imageKeys)}.`,
  }));
}

/** Reports each key of an object that is not known. `describe` gets the key as a message shows it. */
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
  if (object.hasOnlyKeys(known)) return;
  const members = [...object.members()];
  const isKnown = members.map(({ key }) => isOneOf(key.asString(), known));
  const tail = isKnown.lastIndexOf(true) + 1;
  for (const [index, { key }] of members.entries()) {
    if (isKnown[index]) continue;
    yield {
      span: placeOf(key),
      ...describe(quote(key.asString() ?? '')),
      fixes: () => [repair?.(members, index, tail) ?? [], removeKey(members, index, tail)].flat(),
    };
  }
}

/** A weight in the wrong place is assistant-weight's finding. */
function isOneOf(key: string | undefined, known: readonly string[]): boolean {
  return key !== undefined && (key === 'weight' || known.includes(key));
}

/** `role, content and name`. */
function listKeys(keys: Iterable<string>): string {
  const all = [...keys];
  return [all.slice(0, -1).join(', '), ...all.slice(-1)].filter((each) => each).join(' and ');
}
