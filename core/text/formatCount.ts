/** Made when first needed: it takes as long as all else that a process does to start. */
let english: Intl.NumberFormat | undefined;

/** A number as people read it in English, rounded to tenths: 1105 gives `1,105`. */
export function formatCount(count: number): string {
  // Nearly all are whole, and told by the thousand.
  if (Number.isSafeInteger(count) && count >= 0) return groupDigits(String(count));
  english ??= new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
  return english.format(count);
}

function groupDigits(digits: string): string {
  let end = digits.length % 3 || 3;
  let grouped = digits.slice(0, end);
  for (; end < digits.length; end += 3) grouped += `,${digits.slice(end, end + 3)}`;
  return grouped;
}
