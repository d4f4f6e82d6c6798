import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EncodingReader } from '../../core/check/encodingReader.ts';

describe('EncodingReader', () => {
  it('finds nothing in UTF-8 whose lines end in LF or CR LF', () => {
    assert.deepEqual(read('a\r\né😀\u2028\n\0'), {
      hasByteOrderMark: false,
      loneReturns: 0,
      firstLoneReturn: undefined,
      invalidBytes: [],
      lineCount: 3,
    });
  });

  it('finds a byte order mark and the lines that a carriage return alone ends, in chunks of any size', () => {
    for (const size of [1, 2, 3, 1000]) {
      assert.deepEqual(read('\ufeffa\r\nb\rc\n\r\r', size), {
        hasByteOrderMark: true,
        loneReturns: 3,
        firstLoneReturn: 1,
        invalidBytes: [],
        lineCount: 6,
      });
    }
  });

  it('finds the first byte of each line that is not UTF-8, where an editor shows U+FFFD', () => {
    const bytes = Buffer.from('ok\nx\xe9\xff\n\x80', 'latin1');
    assert.deepEqual(read(bytes).invalidBytes, [
      { byte: 0xe9, line: 1, offset: 1 },
      { byte: 0x80, line: 2, offset: 0 },
    ]);
  });

  it('finds that a file is UTF-16, and nothing else, neither in its bytes nor how many lines it has', () => {
    for (const size of [1, 2, 1000]) {
      assert.deepEqual(read(Buffer.from('\ufeff{"a":\r"\ud83d"}', 'utf16le'), size), {
        isUtf16: true,
        hasByteOrderMark: false,
        loneReturns: 0,
        firstLoneReturn: undefined,
        invalidBytes: [],
        lineCount: undefined,
      });
    }
  });

  it('notes 1,000 such lines and no more', () => {
    assert.equal(read(Buffer.alloc(3000, '\xff\n', 'latin1')).invalidBytes.length, 1000);
  });
});

function read(content: string | Uint8Array, size = 1000) {
  const bytes = Buffer.from(content);
  const reader = new EncodingReader();
  for (let at = 0; at < bytes.length; at += size) reader.read(bytes.subarray(at, at + size));
  const encoding = reader.finish();
  return { ...encoding, lineCount: reader.lineCount };
}
