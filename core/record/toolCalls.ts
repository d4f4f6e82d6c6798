import type { Message } from './example.ts';
import type { JsonValue } from './jsonTree.ts';

/** What does not fit together among the calls of an example and their answers; each is the value of an id. */
export interface LooseEnds {
  /** Ids of calls that no later message answers, not even with a wrong id, although the conversation goes on. */
  readonly unanswered: readonly JsonValue[];
  /** Ids under `tool_call_id` that no call before has. */
  readonly uncalled: readonly JsonValue[];
  /** Ids of calls that one before has too, and no answer between them. */
  readonly repeated: readonly JsonValue[];
}

/** `mayHave` says of which roles a message may be: one whose role is not known may be of any. */
export function findLooseEnds(
  messages: readonly Message[],
  mayHave: (message: Message, role: string) => boolean,
): LooseEnds {
  const called = new Set<string>();
  const open = new Map<string, { readonly id: JsonValue; readonly message: Message }>();
  const uncalled: { readonly id: JsonValue; readonly message: Message }[] = [];
  const repeated: JsonValue[] = [];
  for (const message of messages) {
    const answered = mayHave(message, 'tool') ? message.value.get('tool_call_id') : undefined;
    const answeredId = answered?.asString();
    if (answered && answeredId !== undefined) {
      if (!called.has(answeredId)) uncalled.push({ id: answered, message });
      open.delete(answeredId);
    }
    const calls = mayHave(message, 'assistant') ? message.value.get('tool_calls') : undefined;
    for (const call of calls?.elements() ?? []) {
      const id = call.get('id');
      const text = id?.asString();
      if (!id || text === undefined) continue;
      called.add(text);
      if (open.delete(text)) repeated.push(id);
      open.set(text, { id, message });
    }
  }
  const last = messages.at(-1);
  const goesOn = [...open.values()].filter(({ message }) => message !== last);
  // An answer to no call is meant for one that has none: that is one slip, told of where the answer is.
  let meant = 0;
  for (const { message } of uncalled) {
    const call = goesOn[meant];
    if (call && call.message.index < message.index) meant++;
  }
  return {
    unanswered: goesOn.slice(meant).map(({ id }) => id),
    uncalled: uncalled.map(({ id }) => id),
    repeated,
  };
}
