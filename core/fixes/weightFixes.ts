import type { Fix } from '../finding/finding.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { addMember, removeMember, replace } from './jsonEdits.ts';

export type Weight = 0 | 1;

/** Sets the weight of a message, or gives it one. */
export function setWeight(message: JsonValue, weight: Weight, isCertain: boolean): Fix {
  const given = message.get('weight');
  const json = String(weight);
  return {
    title: `Set weight to ${json}`,
    kind: `weight-${json}`,
    edits: [given ? replace(given, json) : addMember(message, 'weight', json)],
    isCertain,
  };
}

/** Takes the weight out of an object that may have none, or none like this; of duplicates the last, which counts. */
export function removeWeight(object: JsonValue, isCertain: boolean): Fix {
  const members = [...object.members()];
  const index = members.findLastIndex(({ key }) => key.asString() === 'weight');
  const edits = [removeMember(members, index, members.length)];
  return { title: 'Remove the weight', kind: 'remove-weight', edits, isCertain };
}
