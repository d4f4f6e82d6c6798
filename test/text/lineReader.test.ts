import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LineReader } from '../../core/text/lineReader.ts';
import type { ByteLine, LineReaderOptions } from '../../core/text/lineReader.ts';
import { splitLines } from '../../core/text/lines.ts';
import { anyText } from './anyText.ts';

describe('LineReader', () => {
  for (const chunkLength of Array.from({ length: 99 }, (_, index) => index + 1)) {
    it(`reads chunks of ${chunkLength} bytes as it reads them whole`, () => {
      const text = fc.sample(wellFormedText, { seed: chunkLength, numRuns: 4 }).join('\r');
      assertReadsAsSplit(text, chunkLength);
    });
  }

  it('cuts the bytes of any text in any chunks where splitLines cuts the text', () => {
    fc.assert(fc.property(wellFormedText, fc.integer({ min: 1, max: 9 }), assertReadsAsSplit), {
      seed: 6,
      numRuns: 300,
    });
  });

  it('waits for the next chunk to tell CR from CR LF', () => {
    assert.deepEqual(read(['a\r', '\nb\r', 'c']), ['a|\r\n', 'b|\r', 'c|']);
    assert.deepEqual(read(['a\r', '', '\nb']), ['a|\r\n', 'b|']);
    assert.deepEqual(read(['\r', '\r', '\n']), ['|\r', '|\r\n', '|']);
  });

  it('ends a last line that a CR closes when the file ends', () => {
    assert.deepEqual(read(['a\r']), ['a|\r', '|']);
  });

  it('gives an empty file one empty line', () => {
    assert.deepEqual(read([]), ['|']);
    assert.deepEqual(read(['']), ['|']);
  });

  it('gives the place of each line in the file', () => {
    const lines = readLines(['\uFEFFé\r\n', 'b\rc', 'c\n'].map((text) => Buffer.from(text)));
    assert.deepEqual(
      lines.map(({ offset, byteLength }) => [offset, byteLength]),
      [
        [3, 2],
        [7, 1],
        [9, 2],
        [12, 0],
      ],
    );
  });

  it('leaves a byte order mark out of the first line, in however many chunks it comes', () => {
    for (const chunkLength of [1, 2, 3, 4, 9]) {
      const reader = new LineReader();
      const lines = readLines(chunksOf(Buffer.from('\uFEFFa\n\uFEFFb'), chunkLength), reader);
      assert.deepEqual(lines.map(format), ['a|\n', '\uFEFFb|']);
      assert.equal(reader.hasBom, true);
    }
  });

  it('takes the start of a byte order mark alone for the text of a line', () => {
    const reader = new LineReader();
    const lines = readLines([Buffer.from([0xef]), Buffer.from([0xbb])], reader);
    assert.deepEqual(
      lines.map(({ bytes }) => bytes),
      [Buffer.from([0xef, 0xbb])],
    );
    assert.equal(reader.hasBom, false);
  });

  it('knows before the first line that there is no byte order mark', () => {
    const reader = new LineReader();
    readLines([Buffer.from('\n')], reader);
    assert.equal(reader.hasBom, false);
  });

  it('reports a line over the limit without its bytes and reads on', () => {
    const text = `${'x'.repeat(10)}\n${'y'.repeat(11)}\r\n${'z'.repeat(500)}\nend`;
    for (const chunkLength of [1, 7, 11, 12, 600]) {
      const lines = readLines(chunksOf(Buffer.from(text), chunkLength), { maxLineBytes: 10 });
      assert.deepEqual(lines.map(format), ['xxxxxxxxxx|\n', 'none|\r\n', 'none|\n', 'end|']);
      assert.deepEqual(
        lines.map(({ byteLength }) => byteLength),
        [10, 11, 500, 3],
      );
      assert.deepEqual(
        lines.map(({ offset }) => offset),
        [0, 11, 24, 525],
      );
    }
  });

  it('copies a long line in many chunks a few times in all, not once a chunk', () => {
    const chunk = Buffer.alloc(64, 'x');
    const chunkCount = 50_000;
    const reader = new LineReader();
    for (let index = 0; index < chunkCount; index++) assert.deepEqual([...reader.read(chunk)], []);
    const [line] = reader.end();
    assert.equal(line?.bytes?.length, chunk.length * chunkCount);
  });

  it('takes arrays that are no Buffers and start inside their memory', () => {
    const memory = new TextEncoder().encode('..ab\n..');
    const [line] = new LineReader().read(memory.subarray(2, 5));
    assert.equal(line?.bytes?.toString(), 'ab');
  });

  it('does not copy a line that lies in one chunk', () => {
    const chunk = Buffer.from('ab\ncd\n');
    const [line] = new LineReader().read(chunk);
    assert.equal(line?.bytes?.buffer, chunk.buffer);
  });
});

const wellFormedText = anyText({ maxLength: 80, isWellFormed: true });

function assertReadsAsSplit(text: string, chunkLength: number): void {
  const editorText = text.startsWith('\uFEFF') ? text.slice(1) : text;
  assert.deepEqual(
    readLines(chunksOf(Buffer.from(text), chunkLength)).map(format),
    splitLines(editorText).map((line) => `${line.text}|${line.eol}`),
  );
}

function read(chunks: readonly string[]): string[] {
  return readLines(chunks.map((chunk) => Buffer.from(chunk))).map(format);
}

/** All lines, with copies of their bytes, which a reader uses again; every chunk is overwritten once it is read. */
function readLines(
  chunks: readonly Uint8Array[],
  reader: LineReader | LineReaderOptions = {},
): ByteLine[] {
  const lineReader = reader instanceof LineReader ? reader : new LineReader(reader);
  const lines: ByteLine[] = [];
  const take = (line: ByteLine) => {
    lines.push({ ...line, bytes: line.bytes && Buffer.from(line.bytes) });
  };
  for (const chunk of chunks) {
    const ownChunk = Uint8Array.from(chunk);
    for (const line of lineReader.read(ownChunk)) take(line);
    ownChunk.fill(0);
  }
  for (const line of lineReader.end()) take(line);
  return lines;
}

function format({ bytes, eol }: ByteLine): string {
  return `${bytes?.toString() ?? 'none'}|${eol}`;
}

function chunksOf(bytes: Buffer, chunkLength: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / chunkLength) }, (_, index) =>
    bytes.subarray(index * chunkLength, (index + 1) * chunkLength),
  );
}
