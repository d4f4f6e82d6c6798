/** Characters looked at in one go: few enough for the processor's nearest cache. A multiple of 4. */
export const digitWindow = 0x4000;

/**
 * Whether a text is made of digits of the standard base64 alphabet and of nothing else. The native decoder tells, at a
 * multiple of the speed of a regular expression: it refuses what is foreign, and skips white space and padding.
 */
export function areBase64Digits(text: string): boolean {
  try {
    return atob(text).length === Math.floor((text.length * 3) / 4);
  } catch {
    return false;
  }
}
