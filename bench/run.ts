/** Runs all benchmarks, prints a table and saves it: see README.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { benchCheckingAgain } from './checkAgain.ts';
import { benchExtension } from './extension.ts';
import { benchFiles } from './files.ts';
import { benchIdentifying } from './identify.ts';
import { benchImages } from './images.ts';
import { formatTable, type Row } from './row.ts';
import { benchTyping } from './typing.ts';
import { benchWholeFile } from './wholeFile.ts';

const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 3 : 5;

const benchmarks = [
  benchFiles,
  ...(isQuick ? [] : [benchWholeFile]),
  benchCheckingAgain,
  benchTyping,
  benchExtension,
  benchIdentifying,
  benchImages,
];

const before = loadOf15Minutes();
const rows: Row[] = [];
for (const bench of benchmarks) {
  for await (const row of bench(rounds)) {
    rows.push(row);
    process.stderr.write(`${row.work}\n`);
  }
}

const machine = {
  processor: cpus()[0]?.model ?? '',
  cores: cpus().length,
  memory: totalmem(),
  platform: `${process.platform} ${process.arch}`,
  // Processes that wanted a core in the last 15 minutes, these included.
  load: { before, after: loadOf15Minutes() },
};
const require = createRequire(import.meta.url);
const peers = ['jsonc-parser', 'vscode-json-languageservice', 'vscode-languageserver-textdocument'];
const versions = {
  node: process.version,
  ...Object.fromEntries(peers.map((name) => [name, versionOf(name)])),
};
const heading =
  `Node ${process.version}, ${machine.cores} cores, medians of ${rounds} rounds; load of the machine ` +
  `${machine.load.before.toFixed(1)} before and ${machine.load.after.toFixed(1)} after`;
const table = formatTable(rows);
console.log(`${heading}\n\n${table}`);
const results = { machine, versions, rounds, rows };
writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
// What is told to everybody is of all there is.
if (!isQuick) writeResults(`${heading}.\n\n${table}`);

function loadOf15Minutes(): number {
  return loadavg()[2] ?? NaN;
}

/** Puts a text between the marks of README.md. */
function writeResults(text: string): void {
  const path = join(import.meta.dirname, 'README.md');
  const marks = /(<!-- results -->\n)[^]*(<!-- end of results -->)/;
  const page = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    page.replace(marks, (_, start: string, end: string) => `${start}\n${text}\n\n${end}`),
  );
}

function versionOf(name: string): string {
  return (require(`../node_modules/${name}/package.json`) as { version: string }).version;
}
