import { assistantWeight } from './assistant-weight.ts';
import { answerConflict } from './answer-conflict.ts';
import { blankLine } from './blank-line.ts';
import { contentPart } from './content-part.ts';
import { duplicateKey } from './duplicate-key.ts';
import { duplicateExample } from './duplicate-example.ts';
import { duplicateImage } from './duplicate-image.ts';
import { exampleTooLong } from './example-too-long.ts';
import { fileBudget } from './file-budget.ts';
import { fileSize } from './file-size.ts';
import { imageAnimated } from './image-animated.ts';
import { imageColorMode } from './image-color-mode.ts';
import { imageCorrupt } from './image-corrupt.ts';
import { imageCount } from './image-count.ts';
import { imageData } from './image-data.ts';
import { imageDetailCost } from './image-detail-cost.ts';
import { imageDetail } from './image-detail.ts';
import { imageFormat } from './image-format.ts';
import { imageLowResolution } from './image-low-resolution.ts';
import { imageMediaType } from './image-media-type.ts';
import { imageRole } from './image-role.ts';
import { imageSize } from './image-size.ts';
import { imageUnreachable } from './image-unreachable.ts';
import { imageUrl } from './image-url.ts';
import { jsonSyntax } from './json-syntax.ts';
import { messageContent } from './message-content.ts';
import { messageOrder } from './message-order.ts';
import { messageRole } from './message-role.ts';
import { mixedDetail } from './mixed-detail.ts';
import { recordShape } from './record-shape.ts';
import type { Rule } from './rule.ts';
import { screeningForecast } from './screening-forecast.ts';
import { skipLimit } from './skip-limit.ts';
import { systemPromptDrift } from './system-prompt-drift.ts';
import { textEncoding } from './text-encoding.ts';
import { tooFewExamples } from './too-few-examples.ts';
import { tooManyImageExamples } from './too-many-image-examples.ts';
import { trainValidationLeak } from './train-validation-leak.ts';
import { toolCall } from './tool-call.ts';
import { unknownKey } from './unknown-key.ts';
import { wrongMethod } from './wrong-method.ts';

/**
 * All rules in the order in which they run. A rule that supersedes another stands before it.
 * A rule that is taken out leaves a comment with its id here, for an id is never used again.
 */
export const rules: readonly Rule[] = [
  blankLine,
  textEncoding,
  jsonSyntax,
  wrongMethod,
  recordShape,
  unknownKey,
  duplicateKey,
  messageRole,
  messageOrder,
  assistantWeight,
  messageContent,
  contentPart,
  toolCall,
  imageCount,
  exampleTooLong,
  imageRole,
  imageUrl,
  imageData,
  imageUnreachable,
  imageFormat,
  imageMediaType,
  imageCorrupt,
  imageColorMode,
  imageSize,
  imageAnimated,
  imageLowResolution,
  screeningForecast,
  imageDetail,
  imageDetailCost,
  tooFewExamples,
  tooManyImageExamples,
  skipLimit,
  fileSize,
  fileBudget,
  duplicateExample,
  answerConflict,
  duplicateImage,
  mixedDetail,
  systemPromptDrift,
  trainValidationLeak,
];
