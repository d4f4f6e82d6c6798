/**
 * How fast a file is checked, beside what anybody would write first: `JSON.parse` on each line. Both get the same bytes
 * in the same chunks, in turn, in one process, so that their ratio means something on a busy machine too.
 */
import { createContext } from '../core/check/context.ts';
import { FileChecker } from '../core/check/fileChecker.ts';
import { base64Heavy, textHeavy } from './data.ts';
import { benchIdentifying } from './identify.ts';
import { median, seconds } from './measure.ts';

const chunkSize = 1024 * 1024;
const rounds = process.argv.includes('--quick') ? 3 : 9;
const context = createContext([], '2026-01-01');

const files = [
  { name: 'text', bytes: textHeavy(40_000_000) },
  { name: 'base64', bytes: base64Heavy(120_000_000) },
];

console.log(`Node ${process.version}, ${rounds} rounds, medians`);
for (const { name, bytes } of files) {
  const ours: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < rounds; round++) {
    plain.push(seconds(() => parseLines(bytes)));
    ours.push(seconds(() => check(bytes)));
  }
  const [checking, parse] = [median(ours), median(plain)];
  const rate = (time: number): string =>
    `${(bytes.length / time / 1e6).toFixed(0)} MB/s`.padStart(10);
  console.log(
    `${name.padEnd(8)} check ${rate(checking)}   JSON.parse a line ${rate(parse)}   speed ratio ${(parse / checking).toFixed(2)}`,
  );
}

await import('./images.ts');

benchIdentifying(rounds);

function* chunks(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}

function check(bytes: Buffer): void {
  const checker = new FileChecker(context, 1000);
  for (const chunk of chunks(bytes)) checker.read(chunk);
  checker.finish();
}

/** No more than it takes: no line numbers, no findings. */
function parseLines(bytes: Buffer): void {
  let rest: Buffer = Buffer.alloc(0);
  for (const chunk of chunks(bytes)) {
    const text = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end = text.indexOf(10); end !== -1; end = text.indexOf(10, start)) {
      JSON.parse(text.toString('utf8', start, end));
      start = end + 1;
    }
    rest = text.subarray(start);
  }
}
