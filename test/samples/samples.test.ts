import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import sharp from 'sharp';

const folder = join(import.meta.dirname, '../../samples');
const clean = readLines('clean.jsonl');
const tooFew = readLines('too-few.jsonl');
const broken = readLines('broken.jsonl');
const faults = JSON.parse(read('broken.expected.json')) as readonly Fault[];
const syntaxFaults = faults.filter(({ rule }) => rule === 'json-syntax');

describe('samples', () => {
  it('fit into a small repository: lines up to 200,000 characters, 650,000 bytes in all', () => {
    const files = ['clean.jsonl', 'too-few.jsonl', 'broken.jsonl', 'broken.expected.json'];
    const bytes = files.map((name) => Buffer.byteLength(read(name)));
    assert.ok(bytes.reduce((sum, length) => sum + length) <= 650_000, bytes.join(' + '));
    assert.ok([...clean, ...tooFew, ...broken].every(({ length }) => length <= 200_000));
  });
});

describe('the clean samples', () => {
  const images = [...clean, ...tooFew].flatMap((line) => imagesIn(JSON.parse(line)));
  const data = images.flatMap(({ url }) => decode(url));

  it('are at least 12 records, text alone among them, and four where too few are wanted', () => {
    assert.ok(clean.length >= 12);
    assert.ok(clean.some((line) => imagesIn(JSON.parse(line)).length === 0));
    assert.equal(tooFew.length, 4);
  });

  it('have images in the three formats and by https address, all at detail low', () => {
    assert.deepEqual(
      new Set(data.map(({ claimed }) => claimed)),
      new Set(['image/jpeg', 'image/png', 'image/webp']),
    );
    assert.ok(images.every(({ url }) => /^(data:|https:\/\/example\.com\/)/.test(url)));
    assert.ok(images.some(({ url }) => url.startsWith('https:')));
    assert.deepEqual([...new Set(images.map(({ detail }) => detail))], ['low']);
  });

  it('hold bytes of the claimed format, each decodable as RGB or RGBA of 8 bits', async () => {
    for (const { claimed, bytes } of data) {
      assert.equal(formatOf(bytes), claimed);
      const { space, channels, depth, isPalette } = await sharp(bytes).metadata();
      assert.deepEqual(
        { space, depth, isPalette },
        { space: 'srgb', depth: 'uchar', isPalette: false },
      );
      assert.ok(channels === 3 || channels === 4);
      await sharp(bytes).raw().toBuffer();
    }
  });

  it('have no picture twice, and exactly one whose data URI exceeds 100,000 characters', () => {
    assert.equal(new Set(images.map(({ url }) => url)).size, images.length);
    assert.equal(images.filter(({ url }) => url.length > 100_000).length, 1);
  });

  it('show the forms that both vendors document', () => {
    const records = clean.map((line) => JSON.parse(line) as CleanRecord);
    const messages = records.flatMap((record) => record.messages);
    const has = (test: (message: CleanMessage) => boolean) => assert.ok(messages.some(test));
    has(({ role, content }) => role === 'system' && typeof content === 'string');
    has(({ role, content }) => role === 'system' && Array.isArray(content));
    has(({ role, content }) => role === 'assistant' && Array.isArray(content));
    has(({ tool_calls }) => tool_calls !== undefined);
    has(({ weight }) => weight === 0);
    has(({ weight }) => weight === 1);
    has((message) => imagesIn(message).length > 1);
    assert.ok(
      records.some((record) => String(record.messages.map((m) => m.role)).includes('user,user')),
    );
    assert.ok(records.every((record) => record.messages.at(-1)?.role === 'assistant'));
  });
});

describe('the broken samples', () => {
  it('have one planted fault on every line, and enough lines not to be too few', () => {
    assert.ok(broken.length >= 10);
    assert.deepEqual(
      faults.map(({ line }) => line),
      broken.map((_, index) => index + 1),
    );
  });

  it('cover every rule about a record or an image that needs no huge file', () => {
    assert.deepEqual(
      [...new Set(faults.map(({ rule }) => rule))],
      [
        'json-syntax',
        'record-shape',
        'message-role',
        'message-content',
        'content-part',
        'image-role',
        'image-detail',
        'image-detail-cost',
        'image-format',
        'image-count',
        'wrong-method',
        'unknown-key',
        'message-order',
        'assistant-weight',
        'tool-call',
        'image-url',
        'image-data',
        'image-media-type',
        'image-color-mode',
        'image-corrupt',
        'image-animated',
        'image-low-resolution',
      ],
    );
  });

  it('are JSON exactly where the planted fault is not one of syntax', () => {
    const unreadable = broken.flatMap((line, index) => (syntaxError(line) ? [index + 1] : []));
    assert.deepEqual(
      unreadable,
      syntaxFaults.map(({ line }) => line),
    );
  });

  it('have the text that a finding starts on once in the line', () => {
    for (const { line, rule, at } of faults) {
      if (at === null || rule === 'json-syntax') continue;
      assert.equal(lineOf(line).split(at).length, 2, `line ${line}: ${at}`);
    }
  });

  it('give the column of a syntax fault: on its character, or one past the end', () => {
    for (const { line, at, column = 0 } of syntaxFaults) {
      if (at === null) assert.equal(column, lineOf(line).length + 1, `line ${line}`);
      else assert.equal(lineOf(line).slice(column - 1, column), at, `line ${line}`);
    }
    // In at least one line, bytes, code points and UTF-16 units before the fault differ.
    assert.ok(syntaxFaults.some(({ line, column }) => before(line, column).includes('🕰')));
  });

  it('give the columns that JSON.parse gives, a comma, escape or number being blamed from its start', () => {
    const told = syntaxFaults.filter(({ line }) => positionOf(syntaxError(lineOf(line))) >= 0);
    assert.ok(told.length >= 8);
    for (const { line, note, column } of told) {
      const shift = /^(trailing comma|backslash|number)/.test(note) ? 1 : 0;
      const position = positionOf(syntaxError(lineOf(line)));
      assert.equal(column, position + 1 - shift, `line ${line}`);
    }
  });

  it('have images of no accepted format where, and only where, the fault is the format', () => {
    const accepted = new Set(['image/jpeg', 'image/png', 'image/webp']);
    for (const { line, rule } of faults) {
      if (rule === 'json-syntax') continue;
      const formats = imagesIn(JSON.parse(lineOf(line)))
        .flatMap(({ url }) => decode(url))
        .map(({ bytes }) => formatOf(bytes));
      const isRefused = formats.some((format) => !accepted.has(format));
      assert.equal(isRefused, rule === 'image-format', `line ${line}: ${formats.join()}`);
    }
  });

  it('have an image not at detail low only where the fault is the detail', () => {
    for (const { line, rule } of faults) {
      if (rule === 'json-syntax') continue;
      const images = imagesIn(JSON.parse(lineOf(line)));
      const isOther = images.some(({ detail }) => detail !== 'low');
      assert.equal(isOther, rule.startsWith('image-detail'), `line ${line}`);
    }
  });

  it('have more than 64 images only where the fault is their number', () => {
    for (const { line, rule } of faults) {
      if (rule === 'json-syntax') continue;
      const isOver = imagesIn(JSON.parse(lineOf(line))).length > 64;
      assert.equal(isOver, rule === 'image-count', `line ${line}`);
    }
  });
});

interface Fault {
  readonly line: number;
  readonly rule: string;
  readonly note: string;
  readonly at: string | null;
  readonly column?: number;
}

interface CleanRecord {
  readonly messages: readonly CleanMessage[];
}

interface CleanMessage {
  readonly role: string;
  readonly content?: unknown;
  readonly tool_calls?: unknown;
  readonly weight?: number;
}

interface ImageUrl {
  readonly url: string;
  readonly detail?: unknown;
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

function readLines(name: string): readonly string[] {
  const lines = read(name).split('\n');
  assert.equal(lines.pop(), '', `${name} ends with a line end`);
  return lines;
}

function lineOf(line: number): string {
  return broken[line - 1] ?? '';
}

function before(line: number, column = 1): string {
  return lineOf(line).slice(0, column - 1);
}

/** Every `image_url` object with a `url`, at any depth. */
function imagesIn(value: unknown): readonly ImageUrl[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === 'image_url' && isImageUrl(inner) ? [inner] : imagesIn(inner),
  );
}

function isImageUrl(value: unknown): value is ImageUrl {
  return typeof value === 'object' && value !== null && 'url' in value;
}

function decode(url: string): readonly { claimed: string; bytes: Buffer }[] {
  const match = /^data:([^;]+);base64,(.+)$/.exec(url);
  return match ? [{ claimed: match[1] ?? '', bytes: Buffer.from(match[2] ?? '', 'base64') }] : [];
}

/** The media type that the first bytes tell. */
function formatOf(bytes: Buffer): string {
  const head = bytes.toString('latin1', 0, 16);
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^RIFF[^]{4}WEBP/.test(head)) return 'image/webp';
  return `another format, ${JSON.stringify(head)}`;
}

function syntaxError(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return String(error);
  }
}

/** The position from 0 that JSON.parse tells in some of its messages, otherwise -1. */
function positionOf(message: string): number {
  return Number(/at position (\d+)/.exec(message)?.[1] ?? -1);
}
