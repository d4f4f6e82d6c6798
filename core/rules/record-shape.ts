import type { Report } from '../finding/finding.ts';
import { placeOf } from '../record/example.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { nameKind } from '../record/nameKind.ts';
import type { RecordRule } from './rule.ts';

export const recordShape: RecordRule = {
  id: 'record-shape',
  summary: 'A record is an object whose "messages" is a non-empty array of objects.',
  severity: 'error',
  scope: 'record',
  *check({ example: { root, messagesValue } }) {
    if (root.kind !== 'object') {
      const found = nameKind(root.kind);
      yield report(root, `Record is ${found}; expected an object with "messages".`);
    } else if (!messagesValue) {
      yield report(root, 'Record has no "messages"; expected an array of messages.');
    } else if (messagesValue.kind !== 'array') {
      const found = nameKind(messagesValue.kind);
      yield report(messagesValue, `"messages" is ${found}; expected an array of messages.`);
    } else {
      yield* checkMessages(messagesValue);
    }
  },
};

function* checkMessages(messages: JsonValue): Generator<Report> {
  let count = 0;
  for (const message of messages.elements()) {
    count++;
    if (message.kind === 'object') continue;
    const found = `Message ${count} is ${nameKind(message.kind)}`;
    yield report(message, `${found}; expected an object with "role" and "content".`);
  }
  if (count === 0) yield report(messages, '"messages" is empty; expected at least one message.');
}

function report(value: JsonValue, message: string): Report {
  return { span: placeOf(value), message };
}
