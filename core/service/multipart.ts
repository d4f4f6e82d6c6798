import { randomUUID } from 'node:crypto';
import type { RequestBody } from './send.ts';

/** The part of a form that holds a file. */
export interface FilePart {
  readonly field: string;
  readonly fileName: string;
  /** Azure refuses a file without one. */
  readonly contentType: string;
  readonly byteLength: number;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** A form (RFC 7578) of some fields and a file, which is streamed: its length is known before. */
export function multipartBody(
  fields: Readonly<Record<string, string>>,
  file: FilePart,
): RequestBody {
  const boundary = `vision-finetune-${randomUUID()}`;
  const texts = Object.entries(fields).map(
    ([name, value]) => `${headOf(boundary, `name="${name}"`)}\r\n${value}\r\n`,
  );
  const disposition = `name="${file.field}"; filename="${quotable(file.fileName)}"`;
  const fileHead = `${headOf(boundary, disposition)}Content-Type: ${file.contentType}\r\n\r\n`;
  const head = Buffer.from(texts.join('') + fileHead);
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    byteLength: head.length + file.byteLength + tail.length,
    chunks: async function* () {
      yield head;
      yield* file.chunks();
      yield tail;
    },
  };
}

function headOf(boundary: string, disposition: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`;
}

/** As browsers write a name that has these characters (HTML standard, "multipart form data"). */
function quotable(fileName: string): string {
  return fileName.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
