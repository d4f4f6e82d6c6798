/** A date as the calendar on the wall shows it, ISO 8601: `2026-11-21`. */
export function localDate(date: Date): string {
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}
