import { ownCopy } from './ownCopy.ts';

/** Most characters of a value that a message shows. */
const quoteLimit = 40;

/**
 * A piece of somebody's text as a message shows it: in double quotes, at most 40 characters, control and
 * direction-changing characters visible as `\uXXXX`. The result holds no reference to the text it was cut from.
 */
export function quote(value: string): string {
  const isCut = value.length > quoteLimit;
  const shown = isCut ? value.slice(0, quoteLimit - 1) : value;
  return ownCopy(`"${makeVisible(shown)}${isCut ? '…' : ''}"`);
}

/** A text that is shown whole, such as the name of a file, with the same characters visible as `\uXXXX`. */
export function makeVisible(text: string): string {
  return text.replaceAll(hidden, escapeUnit);
}

/** C0 and C1 controls, line and paragraph separators, bidirectional controls, and halves of surrogate pairs. */
const hidden =
  /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
