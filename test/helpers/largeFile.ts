import { soundRecord } from './trainingText.ts';
import { dataUri, makeImage } from './makeImage.ts';

/** Numbers that look random and are the same each time (a linear congruential generator modulo 2³²). */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state;
  }
}

const words = 'a quiet harbour with red boats under low clouds before the evening rain'.split(' ');

/**
 * A training file of `records` records that takes some 60 MB with 600: each tenth has a picture of a megabyte, the others
 * long texts. `faults` puts other records in the place of some, by their lines from 0.
 */
export function largeFile(
  records: number,
  faults: ReadonlyMap<number, string> = new Map(),
): string {
  const random = numbers(6);
  const next = (): number => random.next().value as number;
  const noise = Buffer.alloc(720_000);
  const lines = Array.from({ length: records }, (_, line) => {
    const fault = faults.get(line);
    if (fault !== undefined) return fault;
    const said = Array.from({ length: 20 }, () => words[next() % words.length]).join(' ');
    if (line % 10 !== 0) return textRecord(line, said, next);
    for (let at = 0; at < noise.length; at += 4) noise.writeUInt32LE(next(), at);
    return pictureRecord(line, said, noise);
  });
  return `${lines.join('\n')}\n`;
}

function textRecord(line: number, said: string, next: () => number): string {
  const answer = Array.from({ length: 200 }, () => words[next() % words.length]).join(' ');
  return soundRecord
    .replace('Hi', `Question ${line}: ${said}?`)
    .replace('Hello', `Answer ${line}: ${answer}`);
}

/** A sound picture of four pixels, with noise in a chunk that no reader looks into. */
function pictureRecord(line: number, said: string, noise: Buffer): string {
  const url = dataUri('png', withChunk(makeImage('png', 512, 512), noise));
  const content = [
    { type: 'text', text: `Picture ${line}: ${said}` },
    { type: 'image_url', image_url: { url, detail: 'low' } },
  ];
  const messages = [
    { role: 'user', content },
    { role: 'assistant', content: `This is what picture ${line} shows.` },
  ];
  return JSON.stringify({ messages });
}

/** A PNG with one more chunk behind its header, which is 33 bytes with the signature. */
function withChunk(png: Uint8Array, data: Buffer): Buffer {
  const chunk = Buffer.alloc(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write('noIs', 4, 'latin1');
  data.copy(chunk, 8);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}
