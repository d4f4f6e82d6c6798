import { hash } from 'node:crypto';
import type { ImageFacts } from './imageFacts.ts';

/**
 * What was learnt of a picture that its record does not tell and its head and tail do not show, because a person asked
 * for it. Plain data: it goes from the client to the server, and into a cache.
 */
export interface LearntImage {
  /** Of a picture on the web: what the bytes at its address say. */
  readonly facts?: ImageFacts;
  /** Of a picture on the web: why there is none to be had from its address. */
  readonly unreachable?: Unreachable;
  /** What a decoder stumbled over when it went through the whole picture: `the data ends early`. */
  readonly decodeProblem?: string;
  /** What some decoders refuse it for and others pass over: `the check sum of its eXIf chunk is wrong`. */
  readonly disputed?: string;
  /** Why a decoder did not go through the whole picture, in words that end a sentence: `it took longer than 30 s`. */
  readonly notDecoded?: string;
  /** What was looked for and found that the services leave examples out for; empty where nothing was found. */
  readonly likelySkipped?: readonly ScreeningHint[];
}

export interface Unreachable {
  readonly reason: UnreachableReason;
  /** Of HTTP, where that is the reason: 404. */
  readonly status?: number;
  /** What is known besides, in words that end a sentence: `the server answered 404 Not Found`. */
  readonly detail: string;
}

export type UnreachableReason =
  'status' | 'timeout' | 'network' | 'too-large' | 'not-an-image' | 'redirect' | 'private-address';

/** A sign, never a proof, that a service's screening will leave the example out. */
export interface ScreeningHint {
  readonly kind: 'face' | 'captcha';
  /** Of the detector, from 0 to 1; absent where there is only a rule of thumb. */
  readonly confidence?: number;
  /** In pixels of the upright picture. */
  readonly box?: PixelBox;
}

export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What was learnt of the pictures of a file, by `learntKey`. Never changes once made. */
export class LearntImages {
  readonly #images: ReadonlyMap<string, LearntImage>;
  /** Hashing megabytes is left out where nothing was learnt of embedded pictures. */
  readonly #hasEmbedded: boolean;

  constructor(images: ReadonlyMap<string, LearntImage>) {
    this.#images = images;
    this.#hasEmbedded = [...images.keys()].some((key) => key.startsWith(embeddedPrefix));
  }

  /** What was learnt of the picture with this address, escapes resolved; a data URI or an address on the web. */
  about(address: string): LearntImage | undefined {
    if (isDataUri(address) && !this.#hasEmbedded) return undefined;
    return this.#images.get(learntKey(address));
  }
}

const embeddedPrefix = 'sha256:';

/**
 * What a picture is known by: an address on the web by itself, a data URI by the SHA-256 of the text behind its comma,
 * whatever media type it declares.
 */
export function learntKey(address: string): string {
  if (!isDataUri(address)) return address;
  return embeddedPrefix + hash('sha256', address.slice(address.indexOf(',') + 1));
}

function isDataUri(address: string): boolean {
  return /^data:/i.test(address.slice(0, 5));
}
