/** What images cost: the process that decodes them, from its start to its end. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { bytesSource } from '../core/image/byteSource.ts';
import { formatBytes } from '../core/image/describeImage.ts';
import { identifyImage } from '../core/image/identifyImage.ts';
import { planRepair } from '../core/image/repairPlan.ts';
import { ImagingProcess } from '../imaging/imagingProcess.ts';

const script = join(import.meta.dirname, '../imaging/main.ts');
const room = { width: 640, height: 640 };
const rounds = process.argv.includes('--quick') ? 3 : 9;

/** A photograph's worth of pixels: soft hills under noise, so that it takes as many bytes as one. */
async function makePhotograph(): Promise<Sharp> {
  const [width, height] = [4000, 3000];
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
  const grain = await sharp({ create: { width, height, channels: 3, background: '#000', noise } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const hills = await sharp({
    create: {
      width: 40,
      height: 30,
      channels: 3,
      background: '#000',
      noise: { ...noise, sigma: 60 },
    },
  })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .png({ compressionLevel: 1 })
    .toBuffer();
  return sharp(grain).composite([{ input: hills, blend: 'overlay' }]);
}

const photograph = await makePhotograph();
const jpeg = await photograph.clone().jpeg({ quality: 97 }).toBuffer();
const grey = await photograph
  .clone()
  .greyscale()
  .toColourspace('b-w')
  .jpeg({ quality: 92 })
  .toBuffer();

const first: number[] = [];
const again: number[] = [];
const decode: number[] = [];
const repair: number[] = [];
const idle: number[] = [];
const peak: number[] = [];
for (let round = 0; round < rounds; round++) {
  const imaging = new ImagingProcess({ script });
  first.push(await milliseconds(() => imaging.thumbnail(jpeg, room)));
  again.push(await milliseconds(() => imaging.thumbnail(jpeg, room)));
  idle.push(await memoryOf(imaging, 'VmRSS'));
  decode.push(await milliseconds(() => imaging.decode(jpeg)));
  repair.push(await milliseconds(() => repairImage(imaging, grey)));
  peak.push(await memoryOf(imaging, 'VmHWM'));
  imaging.dispose();
}

console.log(`images   12 megapixels, JPEG of ${formatBytes(jpeg.length)}`);
console.log(
  `         thumbnail ${show(first)} with the start of the process, ${show(again)} after`,
);
console.log(`         decode ${show(decode)}   repair of the same in grey ${show(repair)}`);
console.log(
  `         memory of the process ${formatBytes(median(idle))}, at most ${formatBytes(median(peak))}`,
);

async function repairImage(imaging: ImagingProcess, bytes: Uint8Array): Promise<void> {
  const plan = planRepair(identifyImage(bytesSource(bytes)), { maxBytes: 10_000_000 });
  if (plan?.kind !== 'plan') throw new Error('nothing to repair');
  await imaging.repair(bytes, plan);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** In bytes, as Linux tells; NaN elsewhere. */
async function memoryOf({ pid }: ImagingProcess, name: string): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? NaN) * 1024;
}

function show(values: readonly number[]): string {
  return `${median(values).toFixed(0)} ms`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
