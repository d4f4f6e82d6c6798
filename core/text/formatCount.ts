const english = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** A number as people read it in English, rounded to tenths: 1105 gives `1,105`. */
export function formatCount(count: number): string {
  return english.format(count);
}
