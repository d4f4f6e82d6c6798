/** How fast images are identified: from base64 as in a record, and from bytes. Only head and tail are looked at. */
import { bytesSource } from '../core/image/byteSource.ts';
import { identifyImage } from '../core/image/identifyImage.ts';
import { inspectImage } from '../core/image/inspectImage.ts';
import { noisePng, seeded } from './data.ts';
import { medians } from './measure.ts';
import { makeRow, type Row } from './row.ts';

export async function* benchIdentifying(rounds: number): AsyncGenerator<Row> {
  for (const byteLength of [20_000, 1_000_000, 10_000_000]) {
    const count = Math.ceil(40_000_000 / byteLength);
    const random = seeded(3);
    const images = Array.from({ length: count }, () => noisePng(random, byteLength));
    const addresses = images.map((bytes) => `data:image/png;base64,${bytes.toString('base64')}`);
    const times = await medians(rounds, {
      base64: () => addresses.map((address) => inspectImage(address)),
      decoding: () => addresses.map((address) => Buffer.from(address.slice(22), 'base64')),
      bytes: () => images.map((bytes) => identifyImage(bytesSource(bytes))),
    });
    const rate = (time: number): number => (count * byteLength) / time / 1000;
    const size = `${byteLength / 1000} kB`;
    yield makeRow(`identify images of ${size} in base64`, 'MB/s', rate(times.base64), {
      peer: { name: 'decoding all of it', value: rate(times.decoding) },
    });
    yield makeRow(`identify images of ${size} in bytes`, 'MB/s', rate(times.bytes));
  }
}
