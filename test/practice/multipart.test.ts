import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { boundaryOf, readForm } from '../../practice/http/multipart.ts';

/** The bytes in chunks of these lengths, over and over. */
async function* inChunks(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let index = 0; at < bytes.length; index++) {
    await Promise.resolve();
    const length = lengths[index % lengths.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

async function readAll(bytes: Buffer, boundary: string, lengths: readonly number[]) {
  const parts: { name: string; filename: string | undefined; content: string }[] = [];
  for await (const { name, filename, content } of readForm(inChunks(bytes, lengths), boundary)) {
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk);
    parts.push({ name, filename, content: Buffer.concat(chunks).toString('latin1') });
  }
  return parts;
}

/** What looks like the ends of parts. */
const trickyBytes = fc
  .array(
    fc.constantFrom('\r', '\n', '-', '--', 'b', '\r\n--', '\r\n--b', '\r\n--bo', 'x', '\0', 'é'),
  )
  .map((pieces) => Buffer.from(pieces.join('')).toString('latin1'))
  .filter((content) => !`\r\n${content}`.includes('\r\n--bound'));

describe('a form', () => {
  it('reads the same however its bytes come', async () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });
    const property = fc.asyncProperty(
      fc.array(trickyBytes, { maxLength: 4 }),
      lengths,
      async (contents, sizes) => {
        const parts = contents.map(
          (content, index) =>
            `--bound\r\nContent-Disposition: form-data; name="n${index}"; filename="f"\r\n\r\n${content}\r\n`,
        );
        const form = Buffer.from(`preamble\r\n${parts.join('')}--bound--\r\nepilogue`, 'latin1');
        const read = await readAll(form, 'bound', sizes);
        assert.deepEqual(
          read,
          contents.map((content, index) => ({ name: `n${index}`, filename: 'f', content })),
        );
      },
    );
    await fc.assert(property, { seed: 20261121, numRuns: 500 });
  });

  it('is what a FormData of Node becomes', async () => {
    const data = new FormData();
    data.set('purpose', 'fine-tune');
    data.set('file', new Blob(['{"a": "ü"}\n'], { type: 'application/jsonl' }), 'ü "q".jsonl');
    const request = new Request('http://127.0.0.1', { method: 'POST', body: data });
    const boundary = boundaryOf(request.headers.get('content-type') ?? '');
    const bytes = Buffer.from(await request.arrayBuffer());
    const [purpose, file] = await readAll(bytes, boundary, [7]);
    assert.deepEqual(
      [purpose?.name, purpose?.filename, purpose?.content],
      ['purpose', undefined, 'fine-tune'],
    );
    assert.equal(file?.filename, 'ü %22q%22.jsonl');
  });

  it('names its boundary with or without quotes', () => {
    assert.equal(boundaryOf('multipart/form-data; boundary=abc'), 'abc');
    assert.equal(boundaryOf('Multipart/Form-Data; charset=utf-8; boundary="a b"'), 'a b');
    for (const type of [
      '',
      'application/json',
      'multipart/form-data',
      'multipart/mixed; boundary=a',
    ]) {
      assert.throws(() => boundaryOf(type), /boundary/);
    }
  });
});
