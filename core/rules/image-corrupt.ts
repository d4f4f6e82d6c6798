import type { Report } from '../finding/finding.ts';
import { acceptedFormatOf } from '../image/imageFacts.ts';
import { findPayloadProblem } from '../image/payloadProblem.ts';
import { placeOf } from '../record/example.ts';
import type { ImageRule, ImageView } from './rule.ts';

export const imageCorrupt: ImageRule = {
  id: 'image-corrupt',
  summary: 'An image is whole, and can be read by a decoder.',
  severity: 'error',
  skipsExample: true,
  scope: 'image',
  *check(view) {
    const report = describe(view);
    if (report && !isToldOfBase64(view)) yield report;
  },
};

/** What is said of colours and size of a damaged image may follow from the damage. */
const supersedes = [
  'image-color-mode',
  'image-animated',
  'image-low-resolution',
  'image-detail-cost',
];

function describe(view: ImageView): Report | undefined {
  const span = placeOf(view.image.url);
  const problem = findProblem(view);
  if (problem !== undefined) {
    const message = `Image ${problem}; the service cannot read it and skips this example.`;
    return { span, message, supersedes };
  }
  if (view.facts?.isTruncated) {
    // Decoders show what there is, or refuse it. What the services do is not documented.
    const message = 'Image is cut short, its end is missing; the service may skip this example.';
    return { span, severity: 'warning', message, supersedes };
  }
  const { disputed, notDecoded } = view.learnt ?? {};
  if (disputed !== undefined) {
    const message = `Image is refused by some decoders: ${disputed}; the service may skip this example.`;
    return { span, severity: 'warning', message };
  }
  if (notDecoded === undefined) return undefined;
  const message = `Image was not decoded: ${notDecoded}; whether it is whole is not known.`;
  return { span, severity: 'hint', message };
}

/** Why no decoder, or the one that was asked, opens it. */
function findProblem({ facts, learnt }: ImageView): string | undefined {
  if (!facts || !acceptedFormatOf(facts)) return undefined;
  if (facts.problem !== undefined) return `is damaged: ${facts.problem}`;
  if (learnt?.decodeProblem !== undefined) return `does not decode: ${learnt.decodeProblem}`;
  const endsInHeader = facts.isTruncated === true && facts.width === undefined;
  return endsInHeader ? 'is cut short before its size is told' : undefined;
}

/** Base64 that was cut or changed is image-data's finding, and what is wrong with the image follows from it. */
function isToldOfBase64({ address, dataUri }: ImageView): boolean {
  const kind = dataUri?.isBase64 ? findPayloadProblem(address, dataUri)?.kind : undefined;
  return kind === 'length' || kind === 'foreign-character';
}
