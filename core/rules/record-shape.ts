import { placeOf } from '../record/example.ts';
import { nameKind } from '../record/nameKind.ts';
import type { RecordRule } from './rule.ts';

export const recordShape: RecordRule = {
  id: 'record-shape',
  summary: 'A record is an object whose "messages" is a non-empty array of objects.',
  severity: 'error',
  scope: 'record',
  *check({ example: { root, messagesValue } }) {
    if (root.kind !== 'object') {
      yield { span: placeOf(root), message: `Record is ${nameKind(root.kind)}; expected an object with "messages".` };
    } else if (!messagesValue) {
      yield { span: placeOf(root), message: 'Record has no "messages"; expected an array of messages.' };
    } else if (messagesValue.kind !== 'array') {
      const found = nameKind(messagesValue.kind);
      yield { span: placeOf(messagesValue), message: `"messages" is ${found}; expected an array of messages.` };
    } else {
      let count = 0;
      for (const element of messagesValue.elements()) {
        count++;
        if (element.kind === 'object') continue;
        const message = `Message ${count} is ${nameKind(element.kind)}; expected an object with "role" and "content".`;
        yield { span: placeOf(element), message };
      }
      if (count === 0) {
        yield { span: messagesValue.span, message: '"messages" is empty; expected at least one message.' };
      }
    }
  },
};
