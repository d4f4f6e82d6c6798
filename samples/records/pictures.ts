import sharp from 'sharp';

export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif';

/** Draws `svg` and encodes it, 8 bits a channel; with `transparent` as RGBA, otherwise as RGB. */
export async function encode(
  svg: string,
  format: PictureFormat,
  { quality = 80, transparent = false } = {},
): Promise<Buffer> {
  const drawn = sharp(Buffer.from(svg));
  const picture = transparent ? drawn : drawn.flatten({ background: '#fff' });
  switch (format) {
    case 'png':
      return picture.png({ compressionLevel: 9, palette: false }).toBuffer();
    case 'jpeg':
      return picture.jpeg({ quality, mozjpeg: true, chromaSubsampling: '4:4:4' }).toBuffer();
    case 'webp':
      return picture.webp({ quality, effort: 6 }).toBuffer();
    case 'gif':
      return picture.gif({ effort: 10 }).toBuffer();
  }
}

/** A BMP of 24 bits a pixel: the one format here that sharp cannot write. */
export async function encodeBmp(svg: string, width: number): Promise<Buffer> {
  const { data, info } = await sharp(Buffer.from(svg))
    .resize(width)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const rowLength = Math.ceil((info.width * 3) / 4) * 4;
  const headerLength = 54;
  const bmp = Buffer.alloc(headerLength + rowLength * info.height);
  bmp.write('BM');
  bmp.writeUInt32LE(bmp.length, 2);
  bmp.writeUInt32LE(headerLength, 10);
  bmp.writeUInt32LE(40, 14);
  bmp.writeInt32LE(info.width, 18);
  bmp.writeInt32LE(info.height, 22);
  bmp.writeUInt16LE(1, 26);
  bmp.writeUInt16LE(24, 28);
  for (let y = 0; y < info.height; y++) {
    // Rows go from the bottom up and hold blue before green before red.
    const row = headerLength + (info.height - 1 - y) * rowLength;
    for (let x = 0; x < info.width; x++) {
      const pixel = (y * info.width + x) * 3;
      bmp.writeUIntLE(data.readUIntBE(pixel, 3), row + x * 3, 3);
    }
  }
  return bmp;
}

/** `data:image/png;base64,…`; `mediaType` is what the address claims, whatever the bytes are. */
export function dataUri(mediaType: string, bytes: Uint8Array): string {
  return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
}
