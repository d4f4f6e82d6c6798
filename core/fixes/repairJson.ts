import type { Fix } from '../finding/finding.ts';
import { JsonScratch, readJson } from '../record/readJson.ts';
import { applyEdits } from './jsonEdits.ts';
import { RelaxedReader, type Fault } from './relaxedJson.ts';

/**
 * Makes JSON of a record that is nearly so, or as many records, a line each, as stand on one line. Undefined where what
 * was meant cannot be told, or where it is no object. The result has been read by the strict reader.
 */
export function repairJson(text: string): Fix | undefined {
  const reader = new RelaxedReader(text);
  const records = countRecords(reader);
  const { edits } = reader;
  if (records === 0 || !isJson(applyEdits(text, edits), records)) return undefined;
  const isCertain = !doubtful.some((fault) => reader.faults.has(fault));
  if (records === 1) {
    const title = `Repair the JSON: ${nameFaults(reader.faults)}`;
    return { title, kind: 'repair-json', edits, isCertain };
  }
  const title = `Give each of the ${records} records a line of its own`;
  return { title, kind: 'split-records', edits, isCertain, line: 'split' };
}

/** What adds to a text more than punctuation, or takes more from it. */
const doubtful: readonly Fault[] = ['unknown escape', 'comment'];

/** Reads records to the end of the text, with a line break between each two; 0 if that cannot be done. */
function countRecords(reader: RelaxedReader): number {
  reader.skipSpace();
  for (let records = 1; reader.peek() === '{'; records++) {
    const { state, end, closing } = reader.readValue();
    if (state === 'broken') return 0;
    if (state === 'open') return reader.close(closing) ? records : 0;
    skipRemains(reader);
    if (reader.peek() === '') return records;
    reader.breakLine(end);
  }
  return 0;
}

/** Behind a record: the comma of a list that it was taken from, and brackets that close nothing. */
function skipRemains(reader: RelaxedReader): void {
  for (;;) {
    reader.skipSpace();
    if (reader.peek() === ',') reader.drop('trailing comma');
    else if (reader.peek() === '}' || reader.peek() === ']') reader.drop('surplus bracket');
    else return;
  }
}

/** Of several records each stands on a line; of one the text may be formatted over many. */
function isJson(text: string, records: number): boolean {
  const lines = records === 1 ? [text] : text.split('\n');
  const scratch = new JsonScratch();
  return lines.every((line) => !readJson(line, scratch).problem);
}

/** `trailing comma, single quotes`; of many the first three. */
function nameFaults(faults: ReadonlySet<Fault>): string {
  const names = [...faults];
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and more` : names.join(', ');
}
