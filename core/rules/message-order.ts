import type { Report } from '../finding/finding.ts';
import { placeOf, type Example } from '../record/example.ts';
import { isKnownRole } from './message-role.ts';
import type { RecordRule } from './rule.ts';

export const messageOrder: RecordRule = {
  id: 'message-order',
  summary: 'A user asks, and the last message is the answer of the assistant.',
  // Guides say so, the description of the format does not, and what the service does is not known.
  severity: 'warning',
  scope: 'record',
  *check({ example }, { profile }) {
    const { messages, messagesValue } = example;
    // A role that is missing or unknown is message-role's finding, and may stand for any.
    const isUncertain = messages.some(({ role }) => !isKnownRole(role, profile));
    if (!messagesValue || messages.length === 0 || isUncertain) return;
    if (!messages.some(({ role }) => role === 'user')) {
      const message =
        'No message is of role user; expected at least one, else the record may be refused.';
      yield { span: placeOf(messagesValue), message };
    }
    const report = checkLast(example);
    if (report) yield report;
  },
};

function checkLast({ messages, messagesValue }: Example): Report | undefined {
  const last = messages.at(-1);
  const role = last?.value.get('role');
  if (!last || !role || !messagesValue || last.role === 'assistant') return undefined;
  const { tree, node } = messagesValue;
  // Behind it stands something that is no message, which is record-shape's finding.
  if (tree.after(last.value.node) !== tree.after(node)) return undefined;
  const found = `Last message is of role ${last.role ?? ''}`;
  return {
    span: placeOf(role),
    message: `${found}; expected the assistant's, which is what is learned, else the record may be refused.`,
  };
}
