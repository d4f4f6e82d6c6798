import { assistantWeight } from '../rules/assistant-weight.ts';
import { contentPart } from '../rules/content-part.ts';
import { imageCount } from '../rules/image-count.ts';
import { messageContent } from '../rules/message-content.ts';
import { messageOrder } from '../rules/message-order.ts';
import { messageRole } from '../rules/message-role.ts';
import { recordShape } from '../rules/record-shape.ts';
import type { Rule } from '../rules/rule.ts';
import { toolCall } from '../rules/tool-call.ts';
import { unknownKey } from '../rules/unknown-key.ts';
import { wrongMethod } from '../rules/wrong-method.ts';
import { isError, type RatedReport } from './checkRecord.ts';

/** Rules that look at the form of a record, and at a text only for whether there is any: what they say, they say of all of a form. */
const rulesOfForm: ReadonlySet<Rule> = new Set([
  wrongMethod,
  recordShape,
  unknownKey,
  messageRole,
  messageOrder,
  assistantWeight,
  messageContent,
  contentPart,
  toolCall,
  imageCount,
]);

/** A record of which more is said is read: it is seldom, and not worth placing. */
export const maxReports = 100;

/** Whether it is said of all records of a form. */
export function isOfForm({ rule }: RatedReport): boolean {
  return rulesOfForm.has(rule);
}

/** Whether it can be known of another record of the form without reading that. */
export function isKnowable(rated: RatedReport): boolean {
  return isOfForm(rated) || (rated.rule.scope === 'image' && !isError(rated));
}

/** Whether the same is said of a record, or of an image, as of a stand-in, apart from places. */
export function areAlike(said: readonly RatedReport[], ofForm: readonly RatedReport[]): boolean {
  return (
    said.length === ofForm.length &&
    said.length <= maxReports &&
    said.every(({ rule, report }, index) => {
      const other = ofForm[index];
      return rule === other?.rule && report.message === other.report.message;
    })
  );
}
