import { placeOf, type Message } from '../record/example.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { nameKind } from '../record/nameKind.ts';
import type { Report } from '../finding/finding.ts';
import type { RecordRule } from './rule.ts';

export const messageContent: RecordRule = {
  id: 'message-content',
  summary: 'Every message has content: a string, or a non-empty array of parts.',
  severity: 'error',
  scope: 'record',
  *check({ example }) {
    for (const message of example.messages) {
      const report = checkContent(message);
      if (report) yield report;
    }
  },
};

function checkContent(message: Message): Report | undefined {
  const { content } = message;
  if (!content) {
    if (mayLackContent(message)) return undefined;
    const advice = message.role === 'assistant' ? ' (or "tool_calls")' : '';
    return {
      span: placeOf(message.value),
      message: `${name(message)} has no "content"; expected a string or an array of parts${advice}.`,
    };
  }
  switch (content.kind) {
    case 'string':
      return content.span.end - content.span.start > 2 || mayLackContent(message)
        ? undefined
        : report(content, 'warning', 'Content is an empty string, which may be refused; expected some text.');
    case 'array':
      return content.elements().next().done
        ? report(content, 'error', 'Content is an empty array; expected at least one part.')
        : undefined;
    case 'null':
      if (message.role === 'function' || mayLackContent(message)) return undefined;
      break;
    default:
      break;
  }
  const found = nameKind(content.kind);
  return report(content, 'error', `Content is ${found}; expected a string or an array of parts.`);
}

/** An assistant may call tools or refuse instead of saying something. */
function mayLackContent({ role, value }: Message): boolean {
  if (role !== 'assistant') return false;
  return ['tool_calls', 'function_call', 'refusal'].some((key) => {
    const instead = value.get(key);
    return instead !== undefined && instead.kind !== 'null';
  });
}

function name(message: Message): string {
  return message.role === undefined ? `Message ${message.index + 1}` : `The ${message.role} message`;
}

function report(content: JsonValue, severity: 'error' | 'warning', message: string): Report {
  return { span: placeOf(content), severity, message };
}
