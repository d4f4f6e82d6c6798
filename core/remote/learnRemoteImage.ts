import type { ByteSource } from '../image/byteSource.ts';
import { identifyImage } from '../image/identifyImage.ts';
import type { ImageFacts } from '../image/imageFacts.ts';
import type { LearntImage } from '../image/learntImages.ts';
import { formatCount } from '../text/formatCount.ts';
import { internet, type Network } from './network.ts';
import { RemoteBytes } from './remoteBytes.ts';
import { remoteLimits, type RemoteLimits } from './remoteLimits.ts';
import { toUnfetchable, Unfetchable } from './unfetchable.ts';

export interface FetchOptions {
  /** The size limit of the profile: where a server does not tell how long an image is, it is counted up to here. */
  readonly maxImageBytes: number;
  readonly limits?: RemoteLimits;
  readonly network?: Network;
  /** Ends it: what was begun rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * What the bytes at an address on the web say, read from the head and tail of the image; or why there is none. Rejects only
 * when told to end.
 */
export function learnRemoteImage(url: URL, options: FetchOptions): Promise<LearntImage> {
  return withBytes(url, options, async (bytes) => ({ facts: await identifyRemote(bytes) }));
}

/** All bytes of an image on the web, if they are no more than `maxImageBytes`; or why there are none. */
export async function downloadImage(
  url: URL,
  options: FetchOptions,
): Promise<Uint8Array | LearntImage> {
  return withBytes(url, options, async (bytes) => {
    const { byteLength } = bytes;
    if (byteLength > options.maxImageBytes) {
      const limit = formatCount(options.maxImageBytes);
      throw new Unfetchable(
        'too-large',
        `it has ${formatCount(byteLength)} bytes, and at most ${limit} are fetched`,
      );
    }
    if (!(await bytes.growHead(byteLength))) {
      throw new Unfetchable('network', 'the server did not send all of it');
    }
    return bytes.head;
  });
}

/** Everything that ends the use of an image's bytes before its end becomes a value, but for the wish to end. */
async function withBytes<T>(
  url: URL,
  { maxImageBytes, limits = remoteLimits, network = internet, signal }: FetchOptions,
  use: (bytes: RemoteBytes) => Promise<T>,
): Promise<T | LearntImage> {
  const deadline = AbortSignal.timeout(limits.deadlineMs);
  const either = AbortSignal.any([deadline, ...(signal ? [signal] : [])]);
  try {
    using bytes = await RemoteBytes.open(url, {
      ...limits,
      maxImageBytes,
      network,
      signal: either,
    });
    return await use(bytes);
  } catch (error) {
    signal?.throwIfAborted();
    const unfetchable = deadline.aborted
      ? new Unfetchable(
          'timeout',
          `the server took longer than ${limits.deadlineMs / 1000} seconds`,
        )
      : toUnfetchable(error);
    return { unreachable: unfetchable.toValue() };
  }
}

/** Bytes of a head that are fetched at most: all but few images need less, and whoever has it embedded has the rest. */
const maxHead = 0x100000;

/** Fetches what the readers miss, a little more each time, until they have seen enough or the server has no more. */
async function identifyRemote(bytes: RemoteBytes): Promise<ImageFacts> {
  for (;;) {
    const ends = new KnownEnds(bytes);
    const { isTruncated, ...facts } = identifyImage(ends, maxHead);
    if (!facts.format || ['html', 'xml'].includes(facts.format)) throw notAnImage(bytes);
    const { missing } = ends;
    if (!missing) return isTruncated === undefined ? facts : { ...facts, isTruncated };
    const hasGrown =
      missing.end === 'head'
        ? await bytes.growHead(missing.length)
        : await bytes.growTail(missing.length).catch(() => false);
    // Its end alone would show whether it is cut short.
    if (!hasGrown) return facts;
  }
}

function notAnImage({ byteLength, mediaType }: RemoteBytes): Unfetchable {
  if (byteLength === 0) return new Unfetchable('not-an-image', 'the server sent nothing');
  const declared = mediaType === undefined ? '' : `, which it calls ${mediaType}`;
  return new Unfetchable('not-an-image', `the server sent no image${declared}`);
}

/** The ends of an image as far as they are known, which remembers what was wanted first and is not there. */
class KnownEnds implements ByteSource {
  readonly byteLength: number;
  missing: { readonly end: 'head' | 'tail'; readonly length: number } | undefined;
  readonly #bytes: RemoteBytes;

  constructor(bytes: RemoteBytes) {
    this.byteLength = bytes.byteLength;
    this.#bytes = bytes;
  }

  head(length: number): Uint8Array {
    const { head } = this.#bytes;
    this.#note('head', length, head.length);
    return head.subarray(0, length);
  }

  tail(length: number): Uint8Array {
    const { tail } = this.#bytes;
    this.#note('tail', length, tail.length);
    return tail.subarray(Math.max(0, tail.length - length));
  }

  #note(end: 'head' | 'tail', length: number, known: number): void {
    if (known < Math.min(length, this.byteLength)) this.missing ??= { end, length };
  }
}
