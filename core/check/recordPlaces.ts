import type { KeyedStretch } from '../dataset/stretchKeys.ts';
import type { RecordPlace } from './fileRepetitions.ts';

/** A stretch whose places are kept. */
interface PlacedStretch extends Pick<KeyedStretch, 'lines' | 'offsets' | 'byteLengths'> {
  readonly firstLine: number;
  /** Of its first record, from 0 in the file. */
  readonly firstRecord: number;
}

/** Where the records of a file stand that are compared, in 16 bytes each: the very lists of the stretches. */
export class RecordPlaces {
  count = 0;
  readonly #stretches: PlacedStretch[] = [];

  add({ lines, offsets, byteLengths }: KeyedStretch, firstLine: number, count: number): void {
    this.#stretches.push({ lines, offsets, byteLengths, firstLine, firstRecord: this.count });
    this.count += count;
  }

  at(record: number): RecordPlace {
    const stretch = this.#stretchOf(record);
    if (!stretch) throw new RangeError('There is no such record');
    const { lines, offsets, byteLengths, firstLine, firstRecord } = stretch;
    const at = record - firstRecord;
    return {
      line: firstLine + (lines[at] ?? 0),
      offset: offsets[at] ?? 0,
      byteLength: byteLengths[at] ?? 0,
    };
  }

  /** The last stretch that begins no later. */
  #stretchOf(record: number): PlacedStretch | undefined {
    let [low, high] = [0, this.#stretches.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#stretches[middle]?.firstRecord ?? Infinity) <= record) low = middle + 1;
      else high = middle;
    }
    return this.#stretches[low - 1];
  }
}
