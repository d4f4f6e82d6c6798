import { bytesSource } from '../../core/image/byteSource.ts';
import { identifyImage } from '../../core/image/identifyImage.ts';
import type { ImageFacts } from '../../core/image/imageFacts.ts';
import { planRepair } from '../../core/image/repairPlan.ts';

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
  if (!isPicture(facts)) return { kind: 'left', reason: noPicture };
  const mediaType = facts.format === 'svg' ? 'svg+xml' : facts.format;
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  return {
    kind: 'embedded',
    uri: `data:image/${mediaType};base64,${base64}`,
    byteLength: bytes.length,
    wantsRepair: planRepair(facts, { maxBytes })?.kind === 'plan',
  };
}

/** Whether bytes are an image at all. */
export function isPicture({ format }: ImageFacts): boolean {
  return format !== undefined && format !== 'html' && format !== 'pdf';
}

export const noPicture = 'its bytes are no image that is known';
