import type { Report } from '../finding/finding.ts';
import { correctRole, replaceDeveloper } from '../fixes/roleFixes.ts';
import type { Profile } from '../profile/profile.ts';
import { placeOf, type Message } from '../record/example.ts';
import { nameKind } from '../record/nameKind.ts';
import { quote } from '../text/quote.ts';
import type { RecordRule } from './rule.ts';

export const messageRole: RecordRule = {
  id: 'message-role',
  summary: 'Every message has a role that training knows.',
  severity: 'error',
  scope: 'record',
  *check({ example }, { profile }) {
    const known = profile.format.roles.value;
    for (const message of example.messages) {
      const { value, role, index } = message;
      if (role !== undefined && known.includes(role)) {
        const report = checkName(message, profile);
        if (report) yield report;
        continue;
      }
      const expected = `expected ${known.slice(0, -1).join(', ')} or ${known.at(-1) ?? ''}`;
      const given = value.get('role');
      if (!given) {
        const text = `Message ${index + 1} has no "role"; ${expected}; ${refusal}`;
        yield { span: placeOf(value), message: text };
      } else if (role === undefined) {
        const text = `Role is ${nameKind(given.kind)}; ${expected}; ${refusal}`;
        yield { span: placeOf(given), message: text };
      } else if (!isKnownRole(role, profile)) {
        const text = `Role ${quote(role)} is not known; ${expected}; ${refusal}`;
        const fixes = () => correctRole(message, known);
        yield { span: placeOf(given), message: text, fixes };
      } else {
        const found = `Role ${quote(role)} is not in the documented training format`;
        const text = `${found} and may be refused; ${expected}.`;
        const fixes = () => (role === 'developer' ? replaceDeveloper(message) : []);
        yield { span: placeOf(given), severity: 'warning', message: text, fixes };
      }
    }
  },
};

const refusal = 'the service refuses the file.';

/** Where a role has no name it is unknown-key's finding, and of a function it is tool-call's. */
function checkName({ role = '', value }: Message, { format }: Profile): Report | undefined {
  const name = value.get('name');
  if (!name || name.kind === 'string') return undefined;
  if (role === 'function' || !format.messageKeys.value[role]?.includes('name')) return undefined;
  const message = `Name of the ${role} is ${nameKind(name.kind)}; expected a string or no name`;
  // Whether null counts as absent is not known.
  return name.kind === 'null'
    ? { span: placeOf(name), severity: 'warning', message: `${message}, else it may be refused.` }
    : { span: placeOf(name), message: `${message}; ${refusal}` };
}

/** Whether the service knows a role at all, if not for training: what stands under another is anybody's guess. */
export function isKnownRole(role: string | undefined, { format }: Profile): boolean {
  if (role === undefined) return false;
  return format.roles.value.includes(role) || format.uncertainRoles.value.includes(role);
}
