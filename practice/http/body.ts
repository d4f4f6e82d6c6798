import { Refusal } from '../refusal.ts';
import { boundaryOf, readForm } from './multipart.ts';
import type { ContentStore, StoredContent } from '../contentStore.ts';

/** Bytes of a body of JSON, and of all fields of a form together. */
const maxJsonBytes = 1024 * 1024;

/** A file that came in a form. */
export interface ReceivedFile {
  readonly filename: string;
  readonly contentType: string | undefined;
  readonly content: StoredContent;
}

/** A body as its operation and the contract take it. */
export interface ReceivedBody {
  /** Of a form the fields, and of a file the word that stands for its bytes; undefined where there was no body. */
  readonly value: Record<string, unknown> | undefined;
  readonly files: ReadonlyMap<string, ReceivedFile>;
}

export const noBody: ReceivedBody = { value: undefined, files: new Map() };

export async function readJsonBody(body: AsyncIterable<Buffer>): Promise<ReceivedBody> {
  const text = (await readAll(body, maxJsonBytes)).toString('utf8');
  if (text === '') return noBody;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(
      'badRequest',
      'We could not parse the JSON body of your request. The request body must be a JSON object.',
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('badRequest', 'The request body must be a JSON object.');
  }
  return { value: value as Record<string, unknown>, files: new Map() };
}

/** Streams the files of a form into the store. One over `maxFileBytes` is refused while it comes. */
export async function readFormBody(
  body: AsyncIterable<Buffer>,
  contentType: string,
  store: ContentStore,
  maxFileBytes: number,
): Promise<ReceivedBody> {
  const value = Object.create(null) as Record<string, unknown>;
  const files = new Map<string, ReceivedFile>();
  try {
    for await (const { name, filename, contentType: type, content } of readForm(
      body,
      boundaryOf(contentType),
    )) {
      if (Object.hasOwn(value, name)) {
        throw new Refusal('badRequest', `The form has '${name.slice(0, 40)}' twice.`);
      }
      if (filename === undefined) {
        setField(value, name, (await readAll(content, maxJsonBytes)).toString('utf8'));
      } else {
        if (files.size > 0) throw new Refusal('badRequest', 'The form has more than one file.');
        const stored = await store.write(content, maxFileBytes);
        files.set(name, { filename: baseName(filename), contentType: type, content: stored });
        value[name] = 'bytes';
      }
    }
    return { value, files };
  } catch (error) {
    for (const { content } of files.values()) await store.remove(content);
    throw error;
  }
}

/** `expires_after[seconds]` → a member of `expires_after`; numbers as numbers. */
function setField(form: Record<string, unknown>, name: string, text: string): void {
  const nested = /^(\w{1,64})\[(\w{1,64})\]$/.exec(name);
  const value = /^\d{1,12}$/.test(text) ? Number(text) : text;
  if (!nested) {
    form[name] = value;
    return;
  }
  const [, outer = '', inner = ''] = nested;
  const known = Object.hasOwn(form, outer) ? form[outer] : undefined;
  form[outer] = Object.assign(Object.create(null), known, { [inner]: value });
}

/** Names are only shown, but nobody should be shown a path either. */
function baseName(filename: string): string {
  return filename.split(/[/\\]/).at(-1) ?? '';
}

async function readAll(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw new Refusal('tooLarge', `The body is over ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
