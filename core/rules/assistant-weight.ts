import type { Report } from '../finding/finding.ts';
import { removeWeight, setWeight, type Weight } from '../fixes/weightFixes.ts';
import type { Profile } from '../profile/profile.ts';
import { placeOf, type Example, type Message } from '../record/example.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { nameKind } from '../record/nameKind.ts';
import { quote } from '../text/quote.ts';
import { isKnownRole } from './message-role.ts';
import type { RecordRule } from './rule.ts';

export const assistantWeight: RecordRule = {
  id: 'assistant-weight',
  summary: 'A weight is 0 or 1 and stands in messages of the assistant, not all of them 0.',
  severity: 'error',
  scope: 'record',
  *check({ example }, { profile }) {
    const { root, messagesValue, messages } = example;
    if (messagesValue && root.get('weight')) yield reportAtTop(root, profile);
    for (const message of messages) {
      const weight = message.value.get('weight');
      if (!weight) continue;
      const isElsewhere = message.role !== 'assistant' && isKnownRole(message.role, profile);
      const report = isElsewhere ? reportElsewhere(message) : checkValue(message.value, weight);
      if (report) yield report;
    }
    yield* checkAllZero(example, profile);
  },
};

/** A job failed with: Example 1 contains an extra "weight". */
function reportAtTop(root: JsonValue, { format, providerName }: Profile): Report {
  const isRefused = format.refusesOtherRecordKeys.value;
  const effect = isRefused ? `makes ${providerName} refuse the file` : 'may be refused';
  return {
    span: placeOf(root.getMember('weight')?.key ?? root),
    severity: isRefused ? 'error' : 'warning',
    message: `Weight beside "messages" ${effect}; expected in messages of the assistant.`,
    fixes: () => [removeWeight(root, false)],
  };
}

function reportElsewhere({ value, role = '' }: Message): Report {
  return {
    span: placeOf(value.getMember('weight')?.key ?? value),
    severity: 'warning',
    message: `Weight in a message of role ${role} may be refused; expected in messages of the assistant.`,
    fixes: () => [removeWeight(value, true)],
  };
}

function checkValue(message: JsonValue, weight: JsonValue): Report | undefined {
  if (weightOf(weight) !== undefined) return undefined;
  if (weight.kind === 'null') {
    // Whether null counts as absent is not known.
    const text = 'Weight is null, which may be refused; expected 0 or 1, or no weight.';
    const fixes = () => [removeWeight(message, true)];
    return { span: placeOf(weight), severity: 'warning', message: text, fixes };
  }
  return {
    span: placeOf(weight),
    message: `Weight is ${showValue(weight)}; expected 0 or 1, else the file is refused.`,
    fixes: () => {
      const meant = meantWeight(weight);
      if (meant !== undefined) return [setWeight(message, meant, true)];
      return [setWeight(message, 1, false), setWeight(message, 0, false)];
    },
  };
}

/** On the last of the weights. What the service makes of such an example is not known. */
function* checkAllZero({ messages }: Example, profile: Profile): Generator<Report> {
  let last: Message | undefined;
  for (const message of messages) {
    if (!isKnownRole(message.role, profile)) return;
    if (message.role !== 'assistant') continue;
    const weight = message.value.get('weight');
    if (!weight || weightOf(weight) !== 0) return;
    last = message;
  }
  const weight = last?.value.get('weight');
  if (!last || !weight) return;
  const { value } = last;
  yield {
    span: placeOf(weight),
    severity: 'warning',
    message:
      'Weight is 0 in every message of the assistant, so that nothing is learned; expected 1 in at least one.',
    fixes: () => [setWeight(value, 1, false)],
  };
}

/** JSON has one kind of number: 1.0 is 1. */
function weightOf(value: JsonValue): Weight | undefined {
  if (value.kind !== 'number') return undefined;
  const number = Number(rawText(value));
  return number === 0 || number === 1 ? number : undefined;
}

/** What was certainly meant by a value of another kind. */
function meantWeight(value: JsonValue): Weight | undefined {
  if (value.kind === 'true' || value.kind === 'false') return value.kind === 'true' ? 1 : 0;
  const text = value.asString()?.trim();
  return text === '0' || text === '1' ? (Number(text) as Weight) : undefined;
}

function showValue(value: JsonValue): string {
  if (value.kind === 'number') return quote(rawText(value)).slice(1, -1);
  const text = value.asString();
  return text === undefined ? nameKind(value.kind) : quote(text);
}

function rawText({ tree, span: { start, end } }: JsonValue): string {
  return tree.text.slice(start, end);
}
