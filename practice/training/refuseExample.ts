import type { Finding } from '../../core/finding/finding.ts';
import type { Example } from '../../core/record/example.ts';
import type { JsonTree } from '../../core/record/jsonTree.ts';

/** A record that the service refuses, with all that its words depend on. */
export interface RefusedExample {
  /** The gravest finding of the record, the first of several. */
  readonly finding: Finding;
  readonly tree: JsonTree;
  readonly example: Example | undefined;
  /** From 1, among the records of the file. */
  readonly number: number;
  /** From 1, among the lines of the file. */
  readonly line: number;
}

/**
 * Why the file is not one for training, as the services say it: for what somebody saw refused in those words, and for the
 * rest in ours behind the same beginning.
 */
export function wordRefusal(refused: RefusedExample): string {
  const { finding, number } = refused;
  const words = wording[finding.rule]?.(refused) ?? inOurWords(refused);
  return words.startsWith('Unexpected') ? words : `Invalid file format. Example ${number}${words}`;
}

/** Whether the text is no JSON, so that the file is refused before any job asks for it. */
export function isUnreadable({ finding }: RefusedExample): boolean {
  return finding.rule === 'json-syntax';
}

/** By the rule of our own that found it. Undefined where the words of the rule have to do. */
const wording: Readonly<Record<string, (refused: RefusedExample) => string | undefined>> = {
  'json-syntax': ({ tree, line }) => {
    const { message = '', span } = tree.problem ?? {};
    const offset = span?.start ?? 0;
    const place = `line 1 column ${offset + 1} (char ${offset}) (line ${line})`;
    return ` cannot be parsed. Error: line contains invalid json: ${message}: ${place}`;
  },
  'record-shape': nameMissingMessages,
  'wrong-method': nameMissingMessages,
  'message-role': (refused) => {
    const message = messageAt(refused);
    if (!message) return undefined;
    if (!message.value.get('role')) {
      return `, message ${message.index + 1} Discriminator 'role' is missing in value`;
    }
    const role = message.role ?? String(message.value.get('role')?.kind);
    return `, message ${message.index + 1} Input tag '${role.slice(0, 40)}' found using 'role' does not match any of the expected tags: 'system', 'user', 'assistant', 'tool', 'function'`;
  },
  'unknown-key': ({ finding, tree }) => {
    const { start, end } = finding.span;
    return ` contains an extra ${tree.text.slice(start, end)}.`;
  },
};

function nameMissingMessages({ example }: RefusedExample): string | undefined {
  if (example?.root.kind !== 'object') {
    return 'Unexpected file format, expected either prompt/completion pairs or chat messages.';
  }
  return example.messagesValue ? undefined : " is missing key 'messages'";
}

function messageAt({ example, finding }: RefusedExample) {
  return example?.messages.findLast(({ value }) => value.span.start <= finding.span.start);
}

function inOurWords(refused: RefusedExample): string {
  const { finding } = refused;
  const index = messageAt(refused)?.index;
  const message = index === undefined ? '' : `, message ${index + 1}`;
  return `${message} ${finding.message}`;
}
