import { bytesSource } from '../core/image/byteSource.ts';
import { decodeDataUri } from '../core/image/dataUri.ts';
import { identifyImage } from '../core/image/identifyImage.ts';
import type { ImagingProcess } from '../imaging/imagingProcess.ts';
import { imagingLimits } from '../imaging/limits.ts';
import { refuse } from '../imaging/refuse.ts';
import { isShowable, uprightSize, type PictureSize } from './pictureSize.ts';
import type { PictureStore } from './pictureStore.ts';
import type { RecordPicture } from './readRecord.ts';
import { SharedWork } from './sharedWork.ts';

/** A picture as a window draws it: always bytes of a format that holds nothing but pixels. */
export interface ShownPicture extends PictureSize {
  readonly kind: 'picture';
  /** The same for the same bytes; fit for the name of a file. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** `image/png` */
  readonly mediaType: string;
}

/** Why there is nothing to see, in words that end a sentence. */
export interface HiddenPicture {
  readonly kind: 'hidden';
  readonly reason: string;
}

export type PictureView = ShownPicture | HiddenPicture;

/** The most pixels of a copy across and down: twice what a hover or the preview draws, for screens of high density. */
export type Side = 320 | 640;

/** For a picture that is looked at by itself: more pixels than any screen has. */
const fullSide = 4096;

/** A picture with no more bytes is shown as it is where it has no more pixels than its copy would have. */
const smallBytes = 65_536;

/** Copies that are kept in memory. Each takes some 50 kB. */
const maxKept = 200;

/** An image process that is started when it is first asked. */
export type Imaging = () => Promise<Pick<ImagingProcess, 'thumbnail'>>;

/**
 * Smaller copies of the pictures of records, made in another process and kept by what they show: in memory, and in a
 * folder for the next window. Bytes are taken for what they are, whatever a record calls them.
 */
export class Thumbnails {
  readonly #imaging: Imaging;
  readonly #store: Pick<PictureStore, 'get' | 'put'>;
  readonly #kept = new Map<string, PictureView>();
  readonly #work = new SharedWork<PictureView>();

  constructor(imaging: Imaging, store: Pick<PictureStore, 'get' | 'put'>) {
    this.#imaging = imaging;
    this.#store = store;
  }

  /** A copy that fits into `side` × `side` pixels, made only once. Rejects when `signal` aborts. */
  async of(picture: RecordPicture, side: Side, signal: AbortSignal): Promise<PictureView> {
    const refusal = refusePicture(picture);
    if (refusal !== undefined) return hidden(refusal);
    const name = `${picture.key.replace('sha256:', '')}-${side}`;
    const known = this.#kept.get(name);
    if (known) return known;
    const view = await this.#work.do(name, signal, (shared) =>
      this.#make(picture, side, name, shared),
    );
    this.#keep(name, view);
    return view;
  }

  /** The picture itself where a window can draw it, else a copy of up to 4,096 pixels. Nothing of it is kept. */
  async whole(picture: RecordPicture, signal: AbortSignal): Promise<PictureView> {
    const refusal = refusePicture(picture);
    if (refusal !== undefined) return hidden(refusal);
    const name = `${picture.key.replace('sha256:', '')}-whole`;
    return asItIs(picture, name) ?? this.#shrink(picture, fullSide, name, signal);
  }

  async #make(
    picture: RecordPicture,
    side: Side,
    name: string,
    signal: AbortSignal,
  ): Promise<PictureView> {
    if (isSmall(picture, side)) {
      const itself = asItIs(picture, name);
      if (itself) return itself;
    }
    const stored = await this.#find(name);
    if (stored) return stored;
    const view = await this.#shrink(picture, side, name, signal);
    if (view.kind === 'picture') {
      await this.#store.put(fileName(view), view.bytes);
    }
    return view;
  }

  async #find(name: string): Promise<ShownPicture | undefined> {
    for (const ending of Object.values(endings)) {
      const bytes = await this.#store.get(`${name}.${ending}`);
      const view = bytes && recognise(bytes, name);
      if (view) return view;
    }
    return undefined;
  }

  async #shrink(
    picture: RecordPicture,
    side: number,
    name: string,
    signal: AbortSignal,
  ): Promise<PictureView> {
    try {
      const imaging = await this.#imaging();
      const room = { width: side, height: side };
      const { bytes } = await imaging.thumbnail(bytesOf(picture), room, signal);
      return recognise(bytes, name) ?? hidden('its copy cannot be read');
    } catch (error) {
      signal.throwIfAborted();
      // Where no process can be started, the window decodes what it can by itself.
      if (!isRefusal(error)) return asItIs(picture, name) ?? hidden('it cannot be decoded here');
      return hidden(error.message);
    }
  }

  #keep(name: string, view: PictureView): void {
    this.#kept.set(name, view);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= maxKept) break;
      this.#kept.delete(oldest);
    }
  }
}

/** What the copy of a picture is called among the files that VS Code serves. */
export function fileName({ name, mediaType }: ShownPicture): string {
  return `${name}.${endings[mediaType] ?? 'bin'}`;
}

/** The bytes of an embedded picture; empty for any other. */
export function bytesOf({ url, embedded }: RecordPicture): Uint8Array {
  return embedded ? decodeDataUri(url, embedded.uri) : new Uint8Array();
}

const endings: Readonly<Record<string, string>> = {
  'image/webp': 'webp',
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/gif': 'gif',
};

/** Why a picture is not even tried, in words that end a sentence: a page or an SVG is no picture, whatever it is called. */
export function refusePicture({ embedded }: RecordPicture): string | undefined {
  if (!embedded) return 'it is somewhere else, and nothing is fetched';
  return refuse(embedded.facts, imagingLimits.maxPixels);
}

function hidden(reason: string): HiddenPicture {
  return { kind: 'hidden', reason };
}

function isSmall({ embedded }: RecordPicture, side: Side): boolean {
  if (!embedded) return false;
  const { width = Infinity, height = Infinity, byteLength } = embedded.facts;
  return width <= side && height <= side && byteLength <= smallBytes;
}

function asItIs(picture: RecordPicture, name: string): ShownPicture | undefined {
  return picture.embedded && isShowable(picture.embedded.facts)
    ? recognise(bytesOf(picture), name)
    : undefined;
}

/** Bytes as what they are; undefined unless every window can draw that. */
function recognise(bytes: Uint8Array, name: string): ShownPicture | undefined {
  const facts = identifyImage(bytesSource(bytes));
  const size = uprightSize(facts);
  if (!size || facts.format === undefined || !isShowable(facts)) return undefined;
  return { kind: 'picture', name, bytes, mediaType: `image/${facts.format}`, ...size };
}

/** By its name: the class itself would load the code that starts processes. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ImagingError';
}
