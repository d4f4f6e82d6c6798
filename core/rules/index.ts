import { contentPart } from './content-part.ts';
import { imageCount } from './image-count.ts';
import { imageDetailCost } from './image-detail-cost.ts';
import { imageDetail } from './image-detail.ts';
import { imageFormat } from './image-format.ts';
import { imageRole } from './image-role.ts';
import { imageSize } from './image-size.ts';
import { jsonSyntax } from './json-syntax.ts';
import { messageContent } from './message-content.ts';
import { messageRole } from './message-role.ts';
import { recordShape } from './record-shape.ts';
import type { Rule } from './rule.ts';
import { tooFewExamples } from './too-few-examples.ts';
import { tooManyImageExamples } from './too-many-image-examples.ts';

/**
 * All rules in the order in which they run. A rule that supersedes another stands before it.
 * A rule that is taken out leaves a comment with its id here, for an id is never used again.
 */
export const rules: readonly Rule[] = [
  jsonSyntax,
  recordShape,
  messageRole,
  messageContent,
  contentPart,
  imageCount,
  imageRole,
  imageFormat,
  imageSize,
  imageDetail,
  imageDetailCost,
  tooFewExamples,
  tooManyImageExamples,
];
