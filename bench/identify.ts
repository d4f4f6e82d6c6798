/** How fast images are identified: from base64 as in a record, and from bytes. Only head and tail are looked at. */
import { bytesSource } from '../core/image/byteSource.ts';
import { identifyImage } from '../core/image/identifyImage.ts';
import { inspectImage } from '../core/image/inspectImage.ts';
import { noisePng, seeded } from './data.ts';
import { median, seconds } from './measure.ts';

/** Prints a line for each size of image. */
export function benchIdentifying(rounds: number): void {
  for (const byteLength of [20_000, 1_000_000, 10_000_000]) {
    const count = Math.ceil(40_000_000 / byteLength);
    const random = seeded(3);
    const images = Array.from({ length: count }, () => noisePng(random, byteLength));
    const addresses = images.map((bytes) => `data:image/png;base64,${bytes.toString('base64')}`);
    const [fromBase64, fromBytes] = [
      () => addresses.map((address) => inspectImage(address)),
      () => images.map((bytes) => identifyImage(bytesSource(bytes))),
    ].map((work) => median(Array.from({ length: rounds }, () => seconds(work))));
    const size = `${byteLength / 1000} kB`.padStart(9);
    console.log(
      `images of ${size}   base64 ${rates(count, byteLength, fromBase64)}   bytes ${rates(count, byteLength, fromBytes)}`,
    );
  }
}

function rates(count: number, byteLength: number, time = NaN): string {
  const speed = (count * byteLength) / time / 1e6;
  const images = count / time;
  return `${speed.toFixed(0).padStart(9)} MB/s, ${images.toFixed(0).padStart(7)} images/s`;
}
