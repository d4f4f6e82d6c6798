import { crc32 } from 'node:zlib';

/** Training files made in memory, the same at every run. Sizes are in bytes, about. */

const newline = '\n';

/** Records of a question, an image by address and an answer: 500 to 700 bytes each. */
export function textHeavy(byteLength: number, seed = 1): Buffer {
  const random = seeded(seed);
  const records: string[] = [];
  for (let length = 0, index = 0; length < byteLength; index++) {
    const record = JSON.stringify({
      messages: [
        { role: 'system', content: 'You are a helpful AI assistant that describes images.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: sentence(random, 15) },
            {
              type: 'image_url',
              image_url: { url: `https://example.com/photos/${seed}/${index}.png`, detail: 'low' },
            },
          ],
        },
        { role: 'assistant', content: sentence(random, 40) },
      ],
    });
    records.push(record, newline);
    length += record.length + 1;
  }
  return Buffer.from(records.join(''));
}

/** The same records, of images that leave their detail open, as most do. */
export function withoutDetail(records: Buffer): Buffer {
  return Buffer.from(records.toString().replaceAll(',"detail":"low"', ''));
}

/** The same records, with a letter beyond ASCII in most of them. */
export function withAccents(records: Buffer): Buffer {
  return Buffer.from(records.toString().replaceAll('evening', 'soirée'));
}

/** The same records, of which each two that follow each other share their image. */
export function withRepeatedImages(records: string): string {
  return records.replaceAll(/(photos\/\d+\/)(\d+)/g, (_, folder: string, index: string) => {
    return `${folder}${Number(index) >> 1}`;
  });
}

/** Records with a picture of 10 to 400 kB as a data URI. */
export function base64Heavy(byteLength: number, seed = 2): Buffer {
  const random = seeded(seed);
  const records: string[] = [];
  for (let length = 0; length < byteLength;) {
    const picture = noisePng(random, 10_000 + Math.floor(random() * 390_000));
    const url = `data:image/png;base64,${picture.toString('base64')}`;
    const content = [{ type: 'image_url', image_url: { url, detail: 'low' } }];
    const messages = [
      { role: 'user', content },
      { role: 'assistant', content: sentence(random, 20) },
    ];
    const record = JSON.stringify({ messages });
    records.push(record, newline);
    length += record.length + 1;
  }
  return Buffer.from(records.join(''));
}

/** Conversations of three to eleven messages, of texts with line ends, quotes and letters beyond ASCII in them. */
export function manyTurns(byteLength: number): Buffer {
  const random = seeded(4);
  return recordsOf(byteLength, () => {
    const turns = Array.from({ length: 1 + Math.floor(random() * 5) }, () => [
      { role: 'user', content: `${sentence(random, 20)}?` },
      { role: 'assistant', content: `“${sentence(random, 30)}”\n\n- "${sentence(random, 10)}"` },
    ]);
    return [{ role: 'system', content: 'You are a helpful AI assistant.' }, ...turns.flat()];
  });
}

/** One record with two pictures. */
export function oneRecord(byteLength: number): Buffer {
  const random = seeded(5);
  const content = [1, 2].map(() => {
    const picture = noisePng(random, Math.floor((byteLength * 3) / 8)).toString('base64');
    return {
      type: 'image_url',
      image_url: { url: `data:image/png;base64,${picture}`, detail: 'low' },
    };
  });
  const messages = [
    { role: 'user', content },
    { role: 'assistant', content: sentence(random, 20) },
  ];
  return Buffer.from(`${JSON.stringify({ messages })}\n`);
}

/** Records of which every other has something wrong. */
export function faulty(byteLength: number): Buffer {
  const random = seeded(6);
  const faults: ((messages: { role: string; content: unknown }[]) => void)[] = [
    (messages) => messages.push({ role: 'asistant', content: 'Hello.' }),
    (messages) => messages.pop(),
    (messages) => messages.push({ role: 'assistant', content: '' }),
    (messages) => {
      const url = 'http://localhost/a.png';
      const content = [{ type: 'image_url', image_url: { url, detail: 'medium' } }];
      messages.unshift({ role: 'user', content });
    },
  ];
  return recordsOf(byteLength, () => {
    const messages: { role: string; content: unknown }[] = [
      { role: 'user', content: sentence(random, 20) },
      { role: 'assistant', content: sentence(random, 40) },
    ];
    if (random() < 0.5) faults[Math.floor(random() * faults.length)]?.(messages);
    return messages;
  });
}

function recordsOf(byteLength: number, makeMessages: () => unknown): Buffer {
  const records: string[] = [];
  for (let length = 0; length < byteLength;) {
    const record = JSON.stringify({ messages: makeMessages() });
    records.push(record, newline);
    length += record.length + 1;
  }
  return Buffer.from(records.join(''));
}

/** The header of a PNG of 1024 × 768 pixels with its check sum, then noise in one chunk, and the end. */
export function noisePng(random: () => number, byteLength: number): Buffer {
  const header = Buffer.from(
    '89504e470d0a1a0a0000000d494844520000040000000300080200000000000000',
    'hex',
  );
  header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
  const end = Buffer.from('0000000049454e44ae426082', 'hex');
  const picture = Buffer.alloc(byteLength);
  picture.set(header);
  const data = header.length + 8;
  const dataEnd = byteLength - 4 - end.length;
  picture.writeUInt32BE(dataEnd - data, header.length);
  picture.write('IDAT', header.length + 4);
  for (let at = data; at + 4 <= dataEnd; at += 4) picture.writeUInt32LE(random() * 2 ** 32, at);
  picture.set(end, byteLength - end.length);
  return picture;
}

const words =
  'the a light harbour stands grey over small boats and near wide stone wall under evening sky of'.split(
    ' ',
  );

function sentence(random: () => number, length: number): string {
  return Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ');
}

/** Numbers from 0 to 1, always the same (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
