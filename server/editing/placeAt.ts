import { getLocation, type Location } from 'jsonc-parser';
import type { RecordAt } from '../../core/check/checkedDocument.ts';
import { condense, type CondensedRecord } from '../../core/record/condense.ts';
import { readTolerantly } from '../../core/record/readTolerantly.ts';
import { stepsTo } from '../../core/record/stepsTo.ts';
import type { JsonValue } from '../../core/record/jsonTree.ts';
import { span, type Span } from '../../core/text/span.ts';
import type { Position } from '../../core/text/position.ts';
import type { Surroundings } from './shapes.ts';

/** A place in a record where something may be typed. */
export interface Place {
  /** To the key or the value that goes there; a key that is not typed yet is the empty name. */
  readonly path: readonly (string | number)[];
  readonly isKey: boolean;
  /** What has been typed of it, and what a completion takes the place of. */
  readonly span: Span;
  /** Whether it has been begun with a quote. */
  readonly isQuoted: boolean;
  /** Names that the object around it has already. */
  readonly siblings: ReadonlySet<string>;
  readonly surroundings: Surroundings;
  /** A colon follows: only the key is missing. */
  readonly hasColon: boolean;
  /** Something follows without a comma before it. */
  readonly needsComma: boolean;
}

/** Structure of more characters than this is no training example, and would take jsonc-parser 30 ms. */
const maxStructure = 1_000_000;

/** Undefined where nothing can be typed: in the text of a message, in base64, behind a value that has no comma. */
export function placeAt(record: RecordAt, position: Position): Place | undefined {
  const condensed = condense(record.text);
  const at = condensed.toCondensed(record.offsetOf(position));
  if (at === undefined || condensed.text.length > maxStructure) return undefined;
  const location = locate(condensed.text, at);
  return location && describePlace(condensed, location, at);
}

function locate(text: string, at: number): Location | undefined {
  try {
    return getLocation(text, at);
  } catch {
    // It recurses, and overflows some tens of thousands of levels down.
    return undefined;
  }
}

function describePlace(
  condensed: CondensedRecord,
  { path, isAtPropertyKey, previousNode }: Location,
  at: number,
): Place | undefined {
  const { text } = condensed;
  const token =
    previousNode && isTyped(previousNode, at, path, isAtPropertyKey) ? previousNode : undefined;
  const start = token?.offset ?? at - wordBefore(text, at).length;
  const isQuoted = token !== undefined && text[start] === '"';
  const end = endOfTyped(text, at, isQuoted);
  if (!isOpenBefore(text, start, isAtPropertyKey)) return undefined;
  const next = /\S/.exec(text.slice(end))?.[0] ?? '';
  const containers = stepsTo(readTolerantly(text), at).map(({ value }) => value);
  return {
    path,
    isKey: isAtPropertyKey,
    span: span(condensed.toRecord(start), condensed.toRecord(end)),
    isQuoted,
    siblings: isAtPropertyKey ? keysAround(containers, at) : new Set(),
    surroundings: surroundingsOf(path, containers),
    hasColon: next === ':',
    needsComma: next !== '' && !/[,:\]}]/.test(next),
  };
}

/** Before a key or an element another one may be typed; before any other value, that value is meant. */
function isTyped(
  { offset, length }: { offset: number; length: number },
  at: number,
  path: readonly (string | number)[],
  isKey: boolean,
): boolean {
  const mayBeAnother = isKey || typeof path.at(-1) === 'number';
  return (mayBeAnother ? offset < at : offset <= at) && at <= offset + length;
}

/** `"us` before the cursor and `er"` behind it: the rest of the word, and the quote if it ends there. */
function endOfTyped(text: string, at: number, isQuoted: boolean): number {
  const [rest = ''] = /^[\w.-]*/.exec(text.slice(at, at + 100)) ?? [];
  const end = at + rest.length;
  return isQuoted && text[end] === '"' ? end + 1 : end;
}

function wordBefore(text: string, at: number): string {
  return /\w*$/.exec(text.slice(Math.max(0, at - 100), at))?.[0] ?? '';
}

/** Whether a key or a value may begin here: nothing stands before it that has to be ended by a comma. */
function isOpenBefore(text: string, start: number, isKey: boolean): boolean {
  const before = text.slice(0, start).trimEnd().at(-1) ?? '';
  return (isKey ? ['{', ','] : ['', '[', ',', ':']).includes(before);
}

/** All but the one at the cursor. */
function keysAround(containers: readonly JsonValue[], at: number): ReadonlySet<string> {
  const around = containers.findLast(({ kind }) => kind === 'object');
  const names = new Set<string>();
  for (const { key } of around?.members() ?? []) {
    if (at <= key.span.start || at > key.span.end) names.add(key.asString() ?? '');
  }
  return names;
}

/** `messages`, the array of it, the message, `content`, the array of it, the part. */
function surroundingsOf(
  path: readonly (string | number)[],
  containers: readonly JsonValue[],
): Surroundings {
  if (path[0] !== 'messages') return {};
  return {
    role: containers[2]?.get('role')?.asString(),
    type: path[2] === 'content' ? containers[4]?.get('type')?.asString() : undefined,
  };
}
