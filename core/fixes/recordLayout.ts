import { applyEdits as applyFormatting, format } from 'jsonc-parser';
import { quotedSpans } from '../record/quotedSpans.ts';
import { readJson } from '../record/readJson.ts';
import { styleOf, type JsonStyle } from './jsonEdits.ts';

/**
 * A record over many lines, two spaces a level, its strings untouched. One that is not JSON stays as it is: nobody knows what
 * belongs together in it.
 */
export function layOut(record: string): string {
  if (readJson(record).problem) return record;
  const options = { insertSpaces: true, tabSize: 2, eol: '\n', insertFinalNewline: true };
  return applyFormatting(record, format(record, undefined, options));
}

/**
 * A text as one line, separated as in `like`, a record: strings are untouched, and no other white space is left. In one that is
 * not JSON only the line breaks go, with the indentation behind them.
 */
export function toOneLine(text: string, like: string): string {
  const tree = readJson(text);
  if (tree.problem) return text.trim().replaceAll(/[ \t]*[\r\n]\s*/g, ' ');
  return joinTokens(text, styleOf(readJson(like)));
}

/** Takes the strings as they are, and what stands between them without its white space. */
function joinTokens(text: string, style: JsonStyle): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of quotedSpans(text)) {
    pieces.push(tighten(text.slice(at, start), style), text.slice(start, end));
    at = end;
  }
  return pieces.join('') + tighten(text.slice(at), style);
}

/** Between strings a colon or a comma is always a separator. */
function tighten(between: string, { colon, comma }: JsonStyle): string {
  return between.replaceAll(/\s+/g, '').replaceAll(':', colon).replaceAll(',', comma);
}
