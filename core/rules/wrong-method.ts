import type { Report } from '../finding/finding.ts';
import type { Profile } from '../profile/profile.ts';
import { placeOf, type Example } from '../record/example.ts';
import type { JsonValue, Member } from '../record/jsonTree.ts';
import { quote } from '../text/quote.ts';
import { isKnownRole } from './message-role.ts';
import type { RecordRule } from './rule.ts';

export const wrongMethod: RecordRule = {
  id: 'wrong-method',
  summary: 'A record is one of supervised fine-tuning, not of another method.',
  severity: 'error',
  scope: 'record',
  supersedes: ['record-shape', 'message-order'],
  *check({ example }, { profile }) {
    const { root, messagesValue } = example;
    const report = messagesValue ? checkReinforcement(example, profile) : checkOtherForm(root);
    if (report) yield report;
  },
};

/** Keys that only records of preference optimization have: the service's, an older spelling, and other trainers'. */
const preferenceKeys = [
  'preferred_output',
  'non_preferred_output',
  'preferred_completion',
  'non_preferred_completion',
  'chosen',
  'rejected',
];

/** Records without "messages" are refused whatever they are instead; here it can be told what they are. */
function checkOtherForm(root: JsonValue): Report | undefined {
  const preference = findMember(root, preferenceKeys);
  if (preference) return report(preference, `one of preference optimization (${show(preference)})`);
  const prompt = root.getMember('prompt');
  if (!prompt || !root.get('completion')) return undefined;
  return report(prompt, 'a pair of "prompt" and "completion" for a model without chat');
}

function report({ key }: Member, form: string): Report {
  return {
    span: placeOf(key),
    message: `Record is ${form}; expected "messages", without which a job of supervised fine-tuning fails.`,
  };
}

/**
 * Reinforcement has no answers in its records: they end with the user, and keys beside "messages" tell the grader what
 * a good answer is. It may also be an answer that was forgotten, so it is as grave as that.
 */
function checkReinforcement({ root, messages }: Example, profile: Profile): Report | undefined {
  const last = messages.at(-1);
  const known = ['messages', ...profile.format.recordKeys.value];
  if (last?.role !== 'user' || root.hasOnlyKeys(known)) return undefined;
  const other = firstOther(root, known);
  // Under a role that is missing or unknown there may be an answer.
  const mayAnswer = messages.some(
    ({ role }) => role === 'assistant' || !isKnownRole(role, profile),
  );
  if (!other || mayAnswer) return undefined;
  const found = `Record has no answer, and ${show(other)} beside "messages", like one of reinforcement`;
  const isRefused = profile.format.refusesOtherRecordKeys.value;
  const effect = isRefused
    ? `${profile.providerName} refuses the file`
    : 'supervised fine-tuning may refuse it';
  return {
    span: placeOf(last.value.get('role') ?? last.value),
    severity: isRefused ? 'error' : 'warning',
    message: `${found}; expected the assistant's answer at the end, else ${effect}.`,
    // What the grader is told is of the same cause.
    supersedes: ['unknown-key'],
  };
}

/** A weight is no help to a grader; it is assistant-weight's finding. */
function firstOther(root: JsonValue, known: readonly string[]): Member | undefined {
  for (const member of root.members()) {
    const name = member.key.asString() ?? '';
    if (name !== 'weight' && !known.includes(name)) return member;
  }
  return undefined;
}

function findMember(root: JsonValue, keys: readonly string[]): Member | undefined {
  for (const key of keys) {
    const member = root.getMember(key);
    if (member) return member;
  }
  return undefined;
}

function show({ key }: Member): string {
  return quote(key.asString() ?? '');
}
