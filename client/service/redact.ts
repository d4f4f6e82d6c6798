/** What must not stand in a log: keys in the forms that the providers give out, tokens, and whatever follows a header's name. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\b(api-key|authorization)(["']?\s*[:=]\s*["']?)(?:bearer\s+)?[^\s"',;]+/gi, '$1$2[credential]'],
  [/\bbearer\s+[\w.~+/=-]+/gi, 'Bearer [credential]'],
  [/\bsk-[\w-]{8,}/g, '[credential]'],
  // JSON Web Tokens, as a sign-in gives them.
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]+)?/g, '[credential]'],
  // Azure's keys of both lengths. The name of a tuned model ends like the shorter one, but behind a hyphen.
  [/(?<![\w-])[\da-f]{32}(?![\w-])/gi, '[credential]'],
  [/(?<![\w-])[A-Za-z\d]{84}(?![\w-])/g, '[credential]'],
];

/** A text without the keys that are known, and without what looks like one. */
export function redact(
  text: string,
  known: Iterable<{ redact(text: string): string }> = [],
): string {
  let redacted = text;
  for (const credential of known) redacted = credential.redact(redacted);
  for (const [pattern, placeholder] of secrets) {
    redacted = redacted.replaceAll(pattern, placeholder);
  }
  return redacted;
}
