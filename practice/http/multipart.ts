import { Refusal } from '../refusal.ts';

/** One part of a form. Its content is to be read to the end before the next part is asked for. */
export interface FormPart {
  readonly name: string;
  /** As sent; it is shown and never used as a path. Undefined for a part that is no file. */
  readonly filename: string | undefined;
  /** Undefined where the part has none, which Azure refuses of a file. */
  readonly contentType: string | undefined;
  readonly content: AsyncIterable<Buffer>;
}

/** Bytes of the headers of one part. */
const maxHeaderBytes = 16 * 1024;
const maxParts = 100;

const headerEnd = Buffer.from('\r\n\r\n');

/** The boundary that a `multipart/form-data` content type names (RFC 2046, 5.1.1). */
export function boundaryOf(contentType: string): string {
  const match = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType,
  );
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) {
    throw new Refusal('badRequest', 'Expected a body of multipart/form-data with a boundary.');
  }
  return boundary;
}

/** Reads a form part by part as its bytes come. What is held in memory does not grow with a part. */
export async function* readForm(
  body: AsyncIterable<Buffer>,
  boundary: string,
): AsyncGenerator<FormPart, void, undefined> {
  const reader = new FormReader(body, boundary);
  try {
    await reader.skipPreamble();
    for (let count = 0; await reader.hasNext(); count++) {
      if (count === maxParts) throw malformed(`more than ${maxParts} parts`);
      const part = await reader.readHead();
      yield part;
      // What its reader left of it.
      for await (const _ of part.content);
    }
    await reader.skipEpilogue();
  } finally {
    await reader.close();
  }
}

class FormReader {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #delimiter: Buffer;
  /** Bytes that came and were not given out yet. */
  #pending: Buffer;

  constructor(body: AsyncIterable<Buffer>, boundary: string) {
    this.#chunks = body[Symbol.asyncIterator]();
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
    // The first delimiter may stand at the very beginning.
    this.#pending = Buffer.from('\r\n');
  }

  async skipPreamble(): Promise<void> {
    for await (const _ of this.readContent());
  }

  /** Behind a delimiter: whether a part follows, or the form is closed. */
  async hasNext(): Promise<boolean> {
    while (this.#pending.length < 2) await this.#more();
    const mark = this.#pending.toString('latin1', 0, 2);
    this.#pending = this.#pending.subarray(2);
    if (mark === '--') return false;
    if (mark !== '\r\n') throw malformed('no line end behind a boundary');
    return true;
  }

  async readHead(): Promise<FormPart> {
    let end = this.#pending.indexOf(headerEnd);
    while (end === -1) {
      if (this.#pending.length > maxHeaderBytes)
        throw malformed('the headers of a part are too long');
      await this.#more();
      end = this.#pending.indexOf(headerEnd);
    }
    const head = this.#pending.toString('utf8', 0, end);
    // The line end stays: a part may be empty, and its delimiter begins with one.
    this.#pending = this.#pending.subarray(end + 2);
    return { ...readHeaders(head), content: skipFirst(this.readContent(), 2) };
  }

  /** Up to the next delimiter, which is taken away with it. */
  async *readContent(): AsyncGenerator<Buffer, void, undefined> {
    for (;;) {
      const end = this.#pending.indexOf(this.#delimiter);
      if (end !== -1) {
        const last = this.#pending.subarray(0, end);
        this.#pending = this.#pending.subarray(end + this.#delimiter.length);
        if (last.length > 0) yield last;
        return;
      }
      // A delimiter may have begun in what is held back.
      const safe = this.#pending.length - this.#delimiter.length + 1;
      if (safe > 0) {
        const content = this.#pending.subarray(0, safe);
        this.#pending = this.#pending.subarray(safe);
        yield content;
      }
      await this.#more();
    }
  }

  async skipEpilogue(): Promise<void> {
    this.#pending = Buffer.alloc(0);
    while (!(await this.#chunks.next()).done);
  }

  /** Lets go of the body, whose rest somebody else may want to throw away. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next();
    if (next.done) throw malformed('it ends early');
    this.#pending =
      this.#pending.length === 0 ? next.value : Buffer.concat([this.#pending, next.value]);
  }
}

function readHeaders(head: string): Omit<FormPart, 'content'> {
  const headers = new Map(
    head.split('\r\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, Math.max(0, colon)).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const disposition = headers.get('content-disposition') ?? '';
  const name = parameterOf(disposition, 'name');
  if (!/^form-data\b/i.test(disposition) || name === undefined) {
    throw malformed('a part without a name');
  }
  const contentType = headers.get('content-type');
  return {
    name,
    filename: parameterOf(disposition, 'filename'),
    contentType: contentType === '' ? undefined : contentType,
  };
}

/** `form-data; name="file"; filename="a.jsonl"` */
function parameterOf(disposition: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(
    disposition,
  );
  return match?.[1] ?? match?.[2];
}

async function* skipFirst(chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of chunks) {
    const skipped = Math.min(left, chunk.length);
    left -= skipped;
    if (skipped < chunk.length) yield chunk.subarray(skipped);
  }
}

function malformed(what: string): Refusal {
  return new Refusal('badRequest', `The form cannot be read: ${what}.`);
}
