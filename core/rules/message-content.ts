import type { Report } from '../finding/finding.ts';
import { placeOf, type Message } from '../record/example.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { nameKind } from '../record/nameKind.ts';
import { isKnownRole } from './message-role.ts';
import type { RecordRule, RuleContext } from './rule.ts';

export const messageContent: RecordRule = {
  id: 'message-content',
  summary: 'Every message has content: a string, or a non-empty array of parts.',
  severity: 'error',
  scope: 'record',
  *check({ example }, context) {
    for (const message of example.messages) {
      yield* checkRefusal(message);
      if (hasContent(message)) continue;
      const report = checkContent(message, mayLackContent(message, context));
      if (report) yield report;
    }
  },
};

/** As nearly every message has, so that this is all the work there is. */
function hasContent({ content, role }: Message): boolean {
  if (content?.kind === 'string') return content.span.end - content.span.start > '""'.length;
  return content?.kind === 'array' && !isEmpty(content) && role !== 'function';
}

/** Under another role than the assistant's it is unknown-key's finding. */
function* checkRefusal({ role, value }: Message): Generator<Report> {
  const refusal = role === 'assistant' ? value.get('refusal') : undefined;
  if (!refusal || refusal.kind === 'string' || refusal.kind === 'null') return;
  yield report(refusal, `"refusal" is ${nameKind(refusal.kind)}; expected a string or null`);
}

function checkContent(message: Message, mayLack: boolean): Report | undefined {
  const { content, role, value, index } = message;
  const expected = `expected ${describeExpected(role)}`;
  if (!content) {
    return mayLack
      ? undefined
      : report(value, `Message ${index + 1} has no "content"; ${expected}`);
  }
  switch (content.kind) {
    case 'string':
      if (mayLack) return undefined;
      // Neither vendor says what happens to an empty text.
      return {
        span: placeOf(content),
        severity: 'warning',
        message: 'Content is an empty string, which may be refused; expected some text.',
      };
    case 'array':
      if (role === 'function') return report(content, `Content is an array; ${expected}`);
      return report(content, 'Content is an empty array; expected at least one part');
    case 'null':
      return mayLack || role === 'function'
        ? undefined
        : report(content, `Content is null; ${expected}`);
    default:
      return report(content, `Content is ${nameKind(content.kind)}; ${expected}`);
  }
}

function describeExpected(role: string | undefined): string {
  if (role === 'function') return 'a string or null';
  return `a string or an array of parts${role === 'assistant' ? ', or "tool_calls" instead' : ''}`;
}

/**
 * An assistant may call tools or refuse instead of saying something. Under a role that is missing or unknown, which
 * is message-role's finding, it may be the assistant.
 */
function mayLackContent({ role, value }: Message, { profile }: RuleContext): boolean {
  if (role !== 'assistant' && isKnownRole(role, profile)) return false;
  return ['tool_calls', 'function_call', 'refusal'].some((key) => {
    const instead = value.get(key);
    return instead !== undefined && instead.kind !== 'null';
  });
}

function isEmpty(array: JsonValue): boolean {
  const [first] = array.elements();
  return !first;
}

function report(value: JsonValue, problem: string): Report {
  return { span: placeOf(value), message: `${problem}; the service refuses the file.` };
}
