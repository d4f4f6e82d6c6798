import { rules } from '../../core/rules/index.ts';
import type { CheckOptions } from '../../core/check/options.ts';
import type { CheckFiles } from '../../server/protocol.ts';

/** The rules that the tests of the server speak of; what they prove holds for any other. */
export const spokenOf = [
  'text-encoding',
  'json-syntax',
  'record-shape',
  'message-role',
  'content-part',
  'image-count',
  'image-role',
  'image-format',
  'image-size',
  'image-detail',
  'image-detail-cost',
  'too-few-examples',
];

interface Settings extends CheckOptions {
  readonly checkFiles?: CheckFiles;
}

/** Settings with which no rule but those that the tests speak of says anything, and these. */
export function settingsOf({ severities, ...settings }: Settings = {}): Settings {
  const others = rules.map(({ id }) => id).filter((id) => !spokenOf.includes(id));
  const silent = Object.fromEntries(others.map((id) => [id, 'off'] as const));
  return { ...settings, severities: { ...silent, ...severities } };
}
