import type { Fix } from '../finding/finding.ts';
import { JsonScratch, readJson } from '../record/readJson.ts';
import { hasTrainingKey } from '../record/trainingKeys.ts';
import { applyEdits } from './jsonEdits.ts';
import { isCertainRepair, RelaxedReader, type Fault } from './relaxedJson.ts';

/**
 * Makes JSON of a record that is nearly so, or as many records, a line each, as stand on one line. Undefined where what
 * was meant cannot be told, or where it is no object. The result has been read by the strict reader.
 */
export function repairJson(text: string): Fix | undefined {
  const reader = new RelaxedReader(text);
  const records = countRecords(reader);
  const { edits } = reader;
  if (records === 0) return undefined;
  const repaired = readRecords(applyEdits(text, edits), records);
  if (repaired === 'broken') return undefined;
  const isCertain = repaired === 'training' && isCertainRepair(reader.faults);
  if (records === 1) {
    const title = `Repair the JSON: ${nameFaults(reader.faults)}`;
    return { title, kindTitle: 'Repair the JSON', kind: 'repair-json', edits, isCertain };
  }
  const title = `Give each of the ${records} records a line of its own`;
  const kindTitle = 'Give each record a line of its own';
  return { title, kindTitle, kind: 'split-records', edits, isCertain, line: 'split' };
}

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

/**
 * Whether what has been repaired is JSON, and looks like records to train on: a line from the middle of a record that is
 * formatted over many may be made an object too, and should not. Of several records each stands on a line.
 */
function readRecords(text: string, records: number): 'broken' | 'other' | 'training' {
  const scratch = new JsonScratch();
  let isTraining = true;
  for (const line of records === 1 ? [text] : text.split('\n')) {
    const { problem, root } = readJson(line, scratch);
    if (problem) return 'broken';
    isTraining &&= hasTrainingKey(root);
  }
  return isTraining ? 'training' : 'other';
}

/** `trailing comma, single quotes`; of many the first three. */
function nameFaults(faults: ReadonlySet<Fault>): string {
  const names = [...faults];
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and more` : names.join(', ');
}
