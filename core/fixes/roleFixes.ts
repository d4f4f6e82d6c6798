import type { Fix } from '../finding/finding.ts';
import type { Message } from '../record/example.ts';
import { replace } from './jsonEdits.ts';

/** What other tools and other hands write for the roles of chat, in lower case. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  user: ['human', 'usr', 'users'],
  assistant: [
    'bot',
    'ai',
    'gpt',
    'model',
    'chatbot',
    'chatgpt',
    'assistent',
    'asistant',
    'assitant',
  ],
  system: ['sys'],
};

/** Roles that one may choose from where it is not clear which was meant. */
const choices = ['user', 'assistant', 'system'];

/**
 * Roles for a message whose role is not known: the one that was certainly meant, else a choice. A role is not offered
 * where the message has what only another may have.
 */
export function correctRole(message: Message, known: readonly string[]): readonly Fix[] {
  const written = message.role?.trim().toLowerCase() ?? '';
  const meant =
    known.find((role) => role === written) ??
    Object.keys(otherNames).find((role) => otherNames[role]?.includes(written));
  const offered = meant === undefined ? choices : [meant];
  return offered
    .filter((role) => fits(message, role))
    .flatMap((role) => setRole(message, role, meant !== undefined));
}

/** `developer` is what other interfaces call `system`. */
export function replaceDeveloper(message: Message): readonly Fix[] {
  return fits(message, 'system') ? setRole(message, 'system', false) : [];
}

function setRole({ value }: Message, role: string, isCertain: boolean): Fix[] {
  const given = value.get('role');
  if (!given) return [];
  const title = `Set role to ${role}`;
  return [
    { title, kind: `role-${role}`, edits: [replace(given, JSON.stringify(role))], isCertain },
  ];
}

/** Whether a message under a role would have no error that it does not have under an unknown one. */
function fits({ value, parts }: Message, role: string): boolean {
  const hasImage = parts.some(({ image }) => image);
  if (role !== 'user' && hasImage) return false;
  if (role === 'assistant') return true;
  if (parts.some(({ type }) => type === 'refusal')) return false;
  if (role === 'tool') return value.get('tool_call_id')?.kind === 'string';
  if (role === 'function' && (!value.get('name')?.asString() || parts.length > 0)) return false;
  return ['tool_calls', 'function_call', 'refusal'].every((key) => {
    const ofAssistant = value.get(key);
    return ofAssistant === undefined || ofAssistant.kind === 'null';
  });
}
