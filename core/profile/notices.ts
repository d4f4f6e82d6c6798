import type { Notice, Profile, Sourced } from './profile.ts';

/** Days before an end on which people are told of it. */
const noticeDays = 90;

const millisecondsADay = 86_400_000;

/** What has ended or ends within 90 days of `today` (ISO 8601). Not a finding: no file is at fault. */
export function noticesAt({ notices }: Profile, today: string): readonly Notice[] {
  const horizon = Date.parse(today) + noticeDays * millisecondsADay;
  return notices.filter(({ day }) => Date.parse(day) <= horizon);
}

/** `Since 2026-10-14: Azure trains …` or `From 2027-01-06: OpenAI takes …`, without full stop and source. */
export function describeEnd({ day, value }: Notice, today: string): string {
  return `${day <= today ? 'Since' : 'From'} ${day}: ${value}`;
}

/** `OpenAI, "Deprecations" (…), 2026-07`. */
export function nameSource({ source, date }: Sourced<unknown>): string {
  return `${source}, ${date}`;
}

/** The end with its source, as one line. */
export function describeNotice(notice: Notice, today: string): string {
  return `${describeEnd(notice, today)} (${nameSource(notice)}).`;
}
