import type { Report } from '../finding/finding.ts';
import { writeAsString } from '../fixes/argumentFixes.ts';
import type { Profile } from '../profile/profile.ts';
import { placeOf, type Example, type Message } from '../record/example.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { nameKind } from '../record/nameKind.ts';
import { readJson } from '../record/readJson.ts';
import { findLooseEnds, type LooseEnds } from '../record/toolCalls.ts';
import { formatCount } from '../text/formatCount.ts';
import { quote } from '../text/quote.ts';
import { isKnownRole } from './message-role.ts';
import type { RecordRule } from './rule.ts';

export const toolCall: RecordRule = {
  id: 'tool-call',
  summary: 'Tools, calls of tools and answers to calls are complete and fit together.',
  severity: 'error',
  scope: 'record',
  *check({ example }, { profile }) {
    yield* checkTools(example, profile);
    const mayHave = (message: Message, role: string): boolean =>
      message.role === role || !isKnownRole(message.role, profile);
    let hasIds = false;
    for (const message of example.messages) {
      // Under other roles such keys are unknown-key's finding.
      if (mayHave(message, 'assistant')) yield* checkCalls(message.value, profile);
      if (message.role === 'tool') yield* checkAnswer(message);
      if (message.role === 'function') yield* checkOlderAnswer(message);
      hasIds ||= message.role === 'tool' || message.value.get('tool_calls') !== undefined;
    }
    if (hasIds) yield* checkPairs(findLooseEnds(example.messages, mayHave));
  },
};

function* checkTools({ root }: Example, profile: Profile): Generator<Report> {
  const tools = root.get('tools');
  if (tools) {
    yield* checkArray(tools, 'tools');
    for (const tool of tools.elements()) yield* checkTool(tool, profile);
  }
  const functions = root.get('functions');
  if (functions) {
    yield* checkArray(functions, 'functions');
    const definitions = [...functions.elements()];
    for (const each of definitions) yield* checkDefinition(each, 'Function', profile);
    if (functions.kind === 'array') yield* checkCount(functions, definitions.length, profile);
  }
  const parallel = root.get('parallel_tool_calls');
  if (parallel && !['true', 'false'].includes(parallel.kind)) {
    yield checkNull(parallel, `"parallel_tool_calls" is ${show(parallel)}; expected true or false`);
  }
}

/** That the description of the format has bounds is no proof that the service keeps to them. */
function* checkCount(functions: JsonValue, count: number, { format }: Profile): Generator<Report> {
  const most = format.maxFunctions.value;
  if (count > 0 && count <= most) return;
  const found = count === 0 ? 'is empty' : `has ${formatCount(count)} entries`;
  const expected = count === 0 ? 'at least one' : `at most ${most}`;
  yield doubtful(
    functions,
    `"functions" ${found}; expected ${expected}, else the record may be refused.`,
  );
}

function* checkArray(value: JsonValue, key: string, items = key): Generator<Report> {
  if (value.kind === 'array') return;
  yield checkNull(value, `"${key}" is ${nameKind(value.kind)}; expected an array of ${items}`);
}

/** An optional value that is null may count as absent: that is not documented, and was refused elsewhere. */
function checkNull(value: JsonValue, problem: string): Report {
  if (value.kind !== 'null') return refused(value, problem);
  return doubtful(value, `${problem}, else it may be refused.`);
}

function* checkTool(tool: JsonValue, profile: Profile): Generator<Report> {
  if (tool.kind !== 'object') {
    yield refused(
      tool,
      `Tool is ${nameKind(tool.kind)}; expected an object with "type" and "function"`,
    );
    return;
  }
  yield* checkType(tool, 'Tool');
  const definition = tool.get('function');
  if (definition) yield* checkDefinition(definition, '"function"', profile);
  else yield refused(tool, 'Tool has no "function"; expected an object with "name"');
}

function* checkDefinition(value: JsonValue, what: string, profile: Profile): Generator<Report> {
  if (value.kind !== 'object') {
    yield refused(value, `${what} is ${nameKind(value.kind)}; expected an object with "name"`);
    return;
  }
  yield* checkName(value, profile);
  const parameters = value.get('parameters');
  if (!parameters || parameters.kind === 'object') return;
  yield checkNull(
    parameters,
    `"parameters" is ${nameKind(parameters.kind)}; expected an object, a JSON Schema`,
  );
}

function* checkCalls(message: JsonValue, profile: Profile): Generator<Report> {
  const calls = message.get('tool_calls');
  // Null is what libraries write where there are none, and counts as absent.
  if (calls && calls.kind !== 'null') {
    yield* checkArray(calls, 'tool_calls', 'calls');
    let count = 0;
    for (const call of calls.elements()) {
      count++;
      yield* checkCall(call, profile);
    }
    if (calls.kind === 'array' && count === 0) {
      const text =
        '"tool_calls" is empty; expected at least one call, else the record may be refused.';
      yield doubtful(calls, text);
    }
  }
  const functionCall = message.get('function_call');
  if (functionCall && functionCall.kind !== 'null') {
    yield* checkCalledFunction(functionCall, '"function_call"', profile);
  }
}

function* checkCall(call: JsonValue, profile: Profile): Generator<Report> {
  if (call.kind !== 'object') {
    const found = `Call is ${nameKind(call.kind)}`;
    yield refused(call, `${found}; expected an object with "id", "type" and "function"`);
    return;
  }
  yield* checkId(call, call.get('id'));
  yield* checkType(call, 'Call');
  const called = call.get('function');
  if (called) yield* checkCalledFunction(called, '"function"', profile);
  else
    yield refused(call, 'Call has no "function"; expected an object with "name" and "arguments"');
}

function* checkId(call: JsonValue, id: JsonValue | undefined): Generator<Report> {
  const expected = 'expected a string, which its answer repeats';
  if (!id) yield refused(call, `Call has no "id"; ${expected}`);
  else if (id.kind !== 'string') {
    yield refused(id, `Id of the call is ${nameKind(id.kind)}; ${expected}`);
  } else if (id.isEmptyString) {
    const message = `Id of the call is empty, and the record may be refused; ${expected}.`;
    yield doubtful(id, message);
  }
}

function* checkType(value: JsonValue, what: string): Generator<Report> {
  const type = value.get('type');
  if (!type) yield refused(value, `${what} has no "type"; expected "function"`);
  else if (type.asString() !== 'function') {
    yield refused(type, `Type of the ${what.toLowerCase()} is ${show(type)}; expected "function"`);
  }
}

function* checkCalledFunction(value: JsonValue, what: string, profile: Profile): Generator<Report> {
  if (value.kind !== 'object') {
    yield refused(
      value,
      `${what} is ${nameKind(value.kind)}; expected an object with "name" and "arguments"`,
    );
    return;
  }
  yield* checkName(value, profile);
  const given = value.get('arguments');
  if (!given) yield refused(value, 'Called function has no "arguments"; expected a string of JSON');
  else yield* checkArguments(given);
}

function* checkArguments(given: JsonValue): Generator<Report> {
  const text = given.asString();
  if (text === undefined) {
    const message = `"arguments" is ${nameKind(given.kind)}; expected a string of JSON`;
    const fixes = () => (given.kind === 'object' ? [writeAsString(given)] : []);
    yield { ...refused(given, message), fixes };
  } else if (readJson(text).problem) {
    // A model may well write it, and may be trained on it; that it is wanted is unlikely.
    const message = `"arguments" is ${quote(text)}, which is not JSON; expected a string of JSON.`;
    yield doubtful(given, message);
  }
}

/** Letters, digits, underscores and dashes: OpenAI API description, FunctionObject. */
const namePattern = /^[a-zA-Z0-9_-]+$/;

function* checkName(value: JsonValue, { format }: Profile): Generator<Report> {
  const name = value.get('name');
  const longest = format.maxToolNameLength.value;
  const expected = `expected 1 to ${longest} letters, digits, underscores or dashes`;
  if (!name) {
    yield refused(value, `Function has no "name"; ${expected}`);
    return;
  }
  const text = name.asString() ?? '';
  if (namePattern.test(text) && text.length <= longest) return;
  const length = text.length > longest ? ` of ${text.length} characters` : '';
  yield refused(name, `Name of the function is ${show(name)}${length}; ${expected}`);
}

function* checkAnswer({ value, index }: Message): Generator<Report> {
  const id = value.get('tool_call_id');
  const expected = 'expected the id of the call that it answers';
  if (!id) yield refused(value, `Message ${index + 1} has no "tool_call_id"; ${expected}`);
  else if (id.asString() === undefined)
    yield refused(id, `"tool_call_id" is ${nameKind(id.kind)}; ${expected}`);
}

/** The older form has no ids: an answer names the function. */
function* checkOlderAnswer({ value, index }: Message): Generator<Report> {
  const name = value.get('name');
  const expected = 'expected the name of the function that it answers for';
  if (!name) yield refused(value, `Message ${index + 1} has no "name"; ${expected}`);
  else if (!name.asString()) yield refused(name, `"name" is ${show(name)}; ${expected}`);
}

/** What training does with calls and answers that do not fit together is not documented. */
function* checkPairs({ unanswered, uncalled, repeated }: LooseEnds): Generator<Report> {
  for (const id of unanswered) {
    const message = `Call ${show(id)} has no answer, and the record may be refused; expected a tool message with its id.`;
    yield doubtful(id, message);
  }
  for (const id of uncalled) {
    const message = `No call before has the id ${show(id)}, and the record may be refused; expected that of a call.`;
    yield doubtful(id, message);
  }
  for (const id of repeated) {
    const message = `Id ${show(id)} is that of a call before without an answer, and the record may be refused; expected one of its own.`;
    yield doubtful(id, message);
  }
}

function show(value: JsonValue): string {
  const text = value.asString();
  return text === undefined ? nameKind(value.kind) : quote(text);
}

function refused(value: JsonValue, problem: string): Report {
  return { span: placeOf(value), message: `${problem}; the service refuses the file.` };
}

function doubtful(value: JsonValue, message: string): Report {
  return { span: placeOf(value), severity: 'warning', message };
}
