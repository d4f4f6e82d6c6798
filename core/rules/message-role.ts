import { nameMessage, placeOf } from '../record/example.ts';
import { nameKind } from '../record/nameKind.ts';
import { quote } from '../text/quote.ts';
import type { RecordRule } from './rule.ts';

export const messageRole: RecordRule = {
  id: 'message-role',
  summary: 'Every message has a role that training knows.',
  severity: 'error',
  scope: 'record',
  *check({ example }, { profile }) {
    const known = profile.roles.value;
    const expected = `expected ${known.slice(0, -1).join(', ')} or ${known.at(-1) ?? ''}`;
    for (const message of example.messages) {
      const role = message.value.get('role');
      if (!role) {
        const name = capitalize(nameMessage(message));
        yield { span: placeOf(message.value), message: `${name} has no "role"; ${expected}.` };
      } else if (message.role === undefined) {
        yield { span: placeOf(role), message: `Role is ${nameKind(role.kind)}; ${expected}.` };
      } else if (profile.uncertainRoles.value.includes(message.role)) {
        yield {
          span: placeOf(role),
          severity: 'warning',
          message: `Role ${quote(message.role)} is not in the documented training format and may be refused; ${expected}.`,
        };
      } else if (!known.includes(message.role)) {
        yield { span: placeOf(role), message: `Role ${quote(message.role)} is not known; ${expected}.` };
      }
    }
  },
};

function capitalize(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
