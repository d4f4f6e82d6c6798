import { inflateRawSync } from 'node:zlib';

/** The files in a ZIP archive by name, as its central directory lists them: APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16. */
export function readZip(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) throw new Error('No end of a central directory: this is no ZIP archive.');
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const entry = archive.subarray(at);
    const nameLength = entry.readUInt16LE(28);
    files.set(entry.toString('utf8', 46, 46 + nameLength), contentOf(archive, entry));
    at += 46 + nameLength + entry.readUInt16LE(30) + entry.readUInt16LE(32);
  }
  return files;
}

/** `entry` begins with the file's record in the central directory. */
function contentOf(archive: Buffer, entry: Buffer): Buffer {
  const header = entry.readUInt32LE(42);
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const content = archive.subarray(start, start + entry.readUInt32LE(20));
  const method = entry.readUInt16LE(10);
  if (method === 0) return content;
  if (method === 8) return inflateRawSync(content);
  throw new Error(`Compression method ${method} is neither "stored" nor "deflated".`);
}
