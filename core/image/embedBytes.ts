import { bytesSource } from './byteSource.ts';
import { identifyImage } from './identifyImage.ts';
import { imageFormatOf, mediaTypeOf } from './imageFacts.ts';
import { planRepair } from './repairPlan.ts';

/** What becomes of bytes that are to stand in a record. */
export type Embedding =
  | {
      readonly kind: 'embedded';
      readonly uri: string;
      readonly byteLength: number;
      /** Whether a rule has something to say about it that a repair takes away. */
      readonly wantsRepair: boolean;
    }
  | {
      readonly kind: 'left';
      /** In words that end a sentence. */
      readonly reason: string;
    };

/** Bytes as a data URI, unless the service would not take them and no repair could change that. */
export function embedBytes(bytes: Uint8Array, maxBytes: number): Embedding {
  const planned = planRepair(identifyImage(bytesSource(bytes)), { maxBytes });
  if (planned?.kind === 'refusal') return { kind: 'left', reason: planned.words };
  return restoreBytes(bytes, maxBytes);
}

/** Bytes as a data URI with the media type that they have, whatever the service says of them. */
export function restoreBytes(bytes: Uint8Array, maxBytes: number): Embedding {
  const facts = identifyImage(bytesSource(bytes));
  const format = imageFormatOf(facts);
  if (format === undefined) return { kind: 'left', reason: noPicture };
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  return {
    kind: 'embedded',
    uri: `data:${mediaTypeOf(format)};base64,${base64}`,
    byteLength: bytes.length,
    wantsRepair: planRepair(facts, { maxBytes })?.kind === 'plan',
  };
}

export const noPicture = 'its bytes are no image that is known';
