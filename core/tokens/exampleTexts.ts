import type { TextTokenCounts } from '../profile/profile.ts';
import type { Example, Message } from '../record/example.ts';
import type { JsonValue } from '../record/jsonTree.ts';

/** A text of an example that the model reads. */
export interface ExampleText {
  readonly text: string;
  /** Whether the model is trained on it: an answer of the assistant whose weight is not 0. */
  readonly isTrained: boolean;
}

/** All texts of an example: never the address or the base64 of an image. Tools count as their JSON. */
export function* exampleTexts({ root, messages }: Example): Generator<ExampleText> {
  for (const message of messages) {
    if (message.role !== undefined) yield { text: message.role, isTrained: false };
    const isTrained = isTrainedOn(message);
    for (const value of textsOf(message)) {
      const text = value.asString();
      if (text !== undefined) yield { text, isTrained };
    }
    const name = message.value.get('name')?.asString();
    if (name !== undefined) yield { text: name, isTrained: false };
  }
  for (const key of ['tools', 'functions']) {
    const tools = root.get(key);
    if (!tools) continue;
    const { start, end } = tools.span;
    yield { text: root.tree.text.slice(start, end), isTrained: false };
  }
}

/** Tokens that the format of a conversation adds to its texts. */
export function overheadTokens({ messages }: Example, counts: TextTokenCounts): number {
  const names = messages.filter(({ value }) => value.get('name')?.kind === 'string').length;
  return (
    counts.perRecord.value +
    counts.perMessage.value * messages.length +
    counts.perName.value * names
  );
}

/** Of OpenAI, "Supervised fine-tuning": weight 0 leaves an answer out of training; it is 1 where it is left out. */
function isTrainedOn({ role, value }: Message): boolean {
  if (role !== 'assistant') return false;
  const weight = value.get('weight');
  return (
    weight?.kind !== 'number' ||
    Number(weight.tree.text.slice(weight.span.start, weight.span.end)) !== 0
  );
}

function* textsOf({ content, parts, value }: Message): Generator<JsonValue> {
  if (content) yield content;
  for (const part of parts) {
    for (const key of ['text', 'refusal']) {
      const text = part.value.get(key);
      if (text) yield text;
    }
  }
  const refusal = value.get('refusal');
  if (refusal) yield refusal;
  for (const call of value.get('tool_calls')?.elements() ?? [])
    yield* callTexts(call.get('function'));
  yield* callTexts(value.get('function_call'));
}

function* callTexts(call: JsonValue | undefined): Generator<JsonValue> {
  for (const key of ['name', 'arguments']) {
    const text = call?.get(key);
    if (text) yield text;
  }
}
