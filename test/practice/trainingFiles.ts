import { screeningMark, type screenedContents } from '../../practice/training/screening.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imagePart, recordOf } from '../helpers/trainingText.ts';

/** So many sound records of text, all different. */
export function soundRecords(count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      messages: [
        { role: 'user', content: `What is ${index} and 1?` },
        { role: 'assistant', content: String(index + 1) },
      ],
    }),
  );
}

/** These lines and ten sound records behind them. */
export function fileOf(...lines: readonly string[]): string {
  return `${[...lines, ...soundRecords(10)].join('\n')}\n`;
}

/** A record with an embedded picture that the service takes for one with such contents. */
export function markedRecord(
  contents: (typeof screenedContents)[number],
  format: 'png' | 'jpeg' | 'webp' = 'png',
): string {
  const bytes = Buffer.concat([
    makeImage(format, 8, 8),
    Buffer.from(format === 'png' ? '' : screeningMark(contents)),
  ]);
  const marked = format === 'png' ? withTextChunk(bytes, screeningMark(contents)) : bytes;
  return recordOf(imagePart(dataUri(format, marked)));
}

/** A record with a picture on the web. */
export function webRecord(url: string): string {
  return recordOf(imagePart(url));
}

/** A PNG file with a tEXt chunk (PNG, 11.3.4.3) behind its header; its checksum is not looked at. */
function withTextChunk(png: Buffer, text: string): Buffer {
  const data = Buffer.from(`Comment\0${text}`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const endOfHeader = 33;
  const chunk = Buffer.concat([length, Buffer.from('tEXt'), data, Buffer.alloc(4)]);
  return Buffer.concat([png.subarray(0, endOfHeader), chunk, png.subarray(endOfHeader)]);
}
