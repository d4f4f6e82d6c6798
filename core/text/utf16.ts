import { asBuffer } from './asBuffer.ts';

/** Bytes that tell. */
const headLength = 4;

const nothing = Buffer.alloc(0);

/** What is wrong with such a file, and what to do: follows its name wherever it is told. */
export const isUtf16Instead = 'is UTF-16; expected text in UTF-8: save it in that encoding';

/** Looks at the first bytes of a file, given in chunks of any size, before anybody reads them. */
export class Utf16Detector {
  #head: Buffer | undefined = nothing;
  #isUtf16 = false;

  /** Whether the file is UTF-16, once as many bytes are there as tell. */
  get isUtf16(): boolean {
    return this.#isUtf16;
  }

  /** What there is to read now: nothing while the first bytes do not tell. */
  take(bytes: Uint8Array): Uint8Array {
    if (!this.#head) return bytes;
    const head = Buffer.concat([this.#head, bytes]);
    if (head.length < headLength) {
      this.#head = head;
      return nothing;
    }
    return this.#decide(head);
  }

  /** What is left to read of a file of fewer bytes. */
  end(): Uint8Array {
    return this.#head ? this.#decide(this.#head) : nothing;
  }

  #decide(head: Buffer): Uint8Array {
    this.#head = undefined;
    this.#isUtf16 = looksLikeUtf16(head);
    return head;
  }
}

/** Whether the file that begins so is UTF-16: by its byte order mark, else by the NULs of the two ASCII characters that JSON begins with (RFC 4627, section 3). */
export function looksLikeUtf16(bytes: Uint8Array): boolean {
  const head = asBuffer(bytes);
  if (head.length < 2) return false;
  const mark = head.readUInt16BE(0);
  if (mark === 0xfeff || mark === 0xfffe) return true;
  const nuls = [...head.subarray(0, headLength)].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  return nuls === '0x0x' || nuls === 'x0x0';
}
