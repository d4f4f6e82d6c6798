/** Runs all benchmarks, prints a table and saves it: see README.md. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
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
  benchTyping,
  benchIdentifying,
  benchImages,
];

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
};
const require = createRequire(import.meta.url);
const peers = ['jsonc-parser', 'vscode-json-languageservice', 'vscode-languageserver-textdocument'];
const versions = {
  node: process.version,
  ...Object.fromEntries(peers.map((name) => [name, versionOf(name)])),
};
console.log(`Node ${process.version}, ${machine.cores} cores, medians of ${rounds} rounds\n`);
console.log(formatTable(rows));
const results = { machine, versions, rounds, rows };
writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);

function versionOf(name: string): string {
  return (require(`../node_modules/${name}/package.json`) as { version: string }).version;
}
