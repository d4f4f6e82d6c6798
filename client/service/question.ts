import { fieldsOf, listOf } from '../../core/service/wire.ts';

/** A record as a question and the answer that it expects. */
export interface Question {
  readonly messages: readonly unknown[];
  readonly expected: string;
}

/** Takes the last answer off a record; undefined where it has none. */
export function questionOf(record: string): Question | undefined {
  let fields;
  try {
    fields = fieldsOf(JSON.parse(record));
  } catch {
    return undefined;
  }
  const messages = listOf(fields['messages']);
  const last = fieldsOf(messages.at(-1));
  if (last['role'] !== 'assistant' || messages.length < 2) return undefined;
  const content = last['content'];
  const expected = typeof content === 'string' ? content : JSON.stringify(content ?? last, null, 2);
  // A weight is of training alone, and refused here.
  const asked = messages.slice(0, -1).map((message) => {
    const { weight: _, ...others } = fieldsOf(message);
    return others;
  });
  return { messages: asked, expected };
}
