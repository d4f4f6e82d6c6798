import sharp, { type Sharp } from 'sharp';

export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif';

/** Ways to store colours that the services do not take. */
export type OtherColors = 'grey' | 'palette' | 'cmyk';

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

/** Pixels across of a drawing that is not what its record is about: enough to be seen, and few bytes. */
const smallWidth = 128;

/** Draws `svg` as a greyscale or palette PNG, or a CMYK JPEG. */
export async function encodeIn(svg: string, colors: OtherColors): Promise<Buffer> {
  const picture = flat(svg, smallWidth);
  switch (colors) {
    case 'grey':
      return picture.toColourspace('b-w').png({ compressionLevel: 9, palette: false }).toBuffer();
    case 'palette':
      return picture.png({ compressionLevel: 9, palette: true, colours: 16 }).toBuffer();
    case 'cmyk':
      return picture.toColourspace('cmyk').jpeg({ quality: 30, mozjpeg: true }).toBuffer();
  }
}

/** An animated WEBP of the drawing as it is, and upside down. */
export async function encodeAnimation(svg: string): Promise<Buffer> {
  const still = flat(svg, smallWidth);
  const frames = [
    await still.clone().png().toBuffer(),
    await still.clone().rotate(180).png().toBuffer(),
  ];
  return sharp(frames, { join: { animated: true } })
    .webp({ quality: 20, effort: 6 })
    .toBuffer();
}

/** A PNG scaled down to `width` pixels. */
export async function encodeSmall(svg: string, width: number): Promise<Buffer> {
  return flat(svg, width).png({ compressionLevel: 9, palette: false }).toBuffer();
}

function flat(svg: string, width: number): Sharp {
  return sharp(Buffer.from(svg)).flatten({ background: '#fff' }).resize(width);
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
