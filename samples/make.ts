/** Draws and writes the samples beside this file: `node samples/make.ts`. Two runs give the same bytes. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brokenSet } from './records/broken.ts';
import { cleanRecords, tooFewRecords } from './records/clean.ts';

const broken = await brokenSet();

await write('clean.jsonl', jsonLines(await cleanRecords()));
await write('too-few.jsonl', jsonLines(await tooFewRecords()));
await write('broken.jsonl', lines(broken.lines));
await write('broken.expected.json', `${JSON.stringify(broken.faults, undefined, 2)}\n`);

function jsonLines(records: readonly object[]): string {
  return lines(records.map((record) => JSON.stringify(record)));
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

async function write(name: string, content: string): Promise<void> {
  await writeFile(join(import.meta.dirname, name), content);
  console.log(`${name}: ${Buffer.byteLength(content)} bytes`);
}
