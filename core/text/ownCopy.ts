/**
 * The same text in storage of its own. A slice of a text keeps all of that text alive, 40 characters of a record of
 * megabytes as well; what is to outlive the text it was cut from has to be copied.
 *
 * The engine lays a concatenation out flat, once, before it slices it: the result is a slice of that fresh copy. A
 * concatenation passed in is laid out by the same single copy.
 */
export function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}
