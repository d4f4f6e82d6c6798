/** What images cost: the process that decodes them, from its start to its end. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { bytesSource } from '../core/image/byteSource.ts';
import { formatBytes } from '../core/image/describeImage.ts';
import { identifyImage } from '../core/image/identifyImage.ts';
import { planRepair } from '../core/image/repairPlan.ts';
import { ImagingProcess } from '../imaging/imagingProcess.ts';
import { median, milliseconds } from './measure.ts';
import { makeRow, type Row } from './row.ts';

const script = join(import.meta.dirname, '../imaging/main.ts');
const room = { width: 640, height: 640 };

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

/** Rows of a photograph of 12 megapixels. */
export async function* benchImages(rounds: number): AsyncGenerator<Row> {
  const photograph = await makePhotograph();
  const jpeg = await photograph.clone().jpeg({ quality: 97 }).toBuffer();
  const grey = await photograph
    .clone()
    .greyscale()
    .toColourspace('b-w')
    .jpeg({ quality: 92 })
    .toBuffer();
  const times: Record<'first' | 'again' | 'decode' | 'repair' | 'idle' | 'peak', number[]> = {
    first: [],
    again: [],
    decode: [],
    repair: [],
    idle: [],
    peak: [],
  };
  for (let round = 0; round < rounds; round++) {
    const imaging = new ImagingProcess({ script });
    times.first.push(await milliseconds(() => imaging.thumbnail(jpeg, room)));
    times.again.push(await milliseconds(() => imaging.thumbnail(jpeg, room)));
    times.idle.push(await memoryOf(imaging, 'VmRSS'));
    times.decode.push(await milliseconds(() => imaging.decode(jpeg)));
    times.repair.push(await milliseconds(() => repairImage(imaging, grey)));
    times.peak.push(await memoryOf(imaging, 'VmHWM'));
    imaging.dispose();
  }
  const size = `12 megapixels, ${formatBytes(jpeg.length)} of JPEG`;
  yield makeRow(`thumbnail of ${size}, with the start of the process`, 'ms', median(times.first));
  yield makeRow('the same, once it runs', 'ms', median(times.again));
  yield makeRow('decoding it', 'ms', median(times.decode));
  yield makeRow('repairing it where it is grey', 'ms', median(times.repair));
  yield makeRow('memory of the process', 'MB', median(times.idle) / 1e6);
  yield makeRow('memory of the process at most', 'MB', median(times.peak) / 1e6);
}

async function repairImage(imaging: ImagingProcess, bytes: Uint8Array): Promise<void> {
  const plan = planRepair(identifyImage(bytesSource(bytes)), { maxBytes: 10_000_000 });
  if (plan?.kind !== 'plan') throw new Error('nothing to repair');
  await imaging.repair(bytes, plan);
}

/** In bytes, as Linux tells; NaN elsewhere. */
async function memoryOf({ pid }: ImagingProcess, name: string): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? NaN) * 1024;
}
