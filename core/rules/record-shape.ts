import type { Fix, Report } from '../finding/finding.ts';
import { renameKey } from '../fixes/keyFixes.ts';
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
      yield report(root, `Record is ${found}; expected an object with "messages"`);
    } else if (!messagesValue) {
      const problem = 'Record has no "messages"; expected an array of messages';
      yield { ...report(root, problem), fixes: () => findMessages(root) };
    } else if (messagesValue.kind !== 'array') {
      const found = nameKind(messagesValue.kind);
      yield report(messagesValue, `"messages" is ${found}; expected an array of messages`);
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
    yield report(message, `${found}; expected an object with "role" and "content"`);
  }
  if (count === 0) yield report(messages, '"messages" is empty; expected at least one message');
}

/** What people and other tools write for "messages": misspelt, which is certain, or another word. */
const misspelt = ['message', 'messags', 'mesages', 'messges', 'massages', 'msgs'];
const otherWords = ['conversation', 'conversations', 'chat', 'dialog', 'dialogue', 'turns'];

/** The only key of a record under which something like messages stands may be renamed. */
function findMessages(root: JsonValue): readonly Fix[] {
  const candidates = [...root.members()].filter(({ key, value }) => {
    const name = key.asString()?.trim().toLowerCase() ?? '';
    return [...misspelt, ...otherWords, 'messages'].includes(name) && holdsMessages(value);
  });
  const [only] = candidates;
  if (!only || candidates.length > 1) return [];
  const isCertain = !otherWords.includes(only.key.asString()?.trim().toLowerCase() ?? '');
  return [renameKey(only.key, 'messages', isCertain)];
}

function holdsMessages(value: JsonValue): boolean {
  const elements = [...value.elements()];
  return elements.length > 0 && elements.every((each) => each.get('role')?.kind === 'string');
}

function report(value: JsonValue, problem: string): Report {
  return { span: placeOf(value), message: `${problem}; the service refuses the file.` };
}
