import { applyEdits as applyFormatting, format } from 'jsonc-parser';
import type { Edit } from '../finding/finding.ts';
import { quotedSpans } from '../record/quotedSpans.ts';
import { readJson } from '../record/readJson.ts';
import { span } from '../text/span.ts';
import { applyEdits, styleOf, type JsonStyle } from './jsonEdits.ts';

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
  return applyEdits(text, spacingEdits(text, styleOf(readJson(like))));
}

/**
 * What it takes to separate the values of a JSON text by what a style has for it, and by no other white space, in order of
 * place. Strings are untouched.
 */
export function spacingEdits(text: string, style: JsonStyle): readonly Edit[] {
  const edits: Edit[] = [];
  let start = 0;
  for (const string of [...quotedSpans(text), span(text.length, text.length)]) {
    const between = text.slice(start, string.start);
    const newText = tighten(between, style);
    if (newText !== between) edits.push({ span: span(start, string.start), newText });
    start = string.end;
  }
  return edits;
}

/** Between strings a colon or a comma is always a separator. */
function tighten(between: string, { colon, comma }: JsonStyle): string {
  return between.replaceAll(/\s+/g, '').replaceAll(':', colon).replaceAll(',', comma);
}
