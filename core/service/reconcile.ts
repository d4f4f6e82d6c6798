import type { SkipCandidate } from '../check/skipCandidates.ts';
import type { SubmittedFile } from './journal.ts';
import type { Job, JobEvent } from './jobs.ts';

/** What the service said of the examples it was sent. What it did not say is not known, and is not guessed. */
export interface Reconciliation {
  readonly sent: number;
  /** Examples that were left out, by the service's count; undefined where it did not tell. */
  readonly skipped: number | undefined;
  readonly reasons: readonly SkipReason[];
  /** Examples that the service refused the file for. */
  readonly refused: readonly RefusedExample[];
  /** Where the service leaves open which examples it left out: those that our own check had doubts about. */
  readonly candidates: readonly SkipCandidate[];
}

export interface SkipReason {
  /** In the service's words: `contains faces`. */
  readonly reason: string;
  readonly count: number;
  /** Lines of the file, from 1, as far as the service named them. */
  readonly lines: readonly number[];
}

export interface RefusedExample {
  /** Of the records of the file, from 1. */
  readonly example: number;
  readonly message: string;
}

/** Reads what a job's events and its error say of examples. */
export function reconcile(
  { records, candidates = [] }: Pick<SubmittedFile, 'records' | 'candidates'>,
  { error }: Pick<Job, 'error'>,
  events: readonly Pick<JobEvent, 'message' | 'level'>[],
): Reconciliation {
  const messages = [...events.map(({ message }) => message), error?.message ?? ''];
  const training = messages.filter((message) => !/^validation file\b/i.test(message));
  const reasons = mergeReasons(training.flatMap(readReasons));
  const refused = training.flatMap(readRefused);
  const named = new Set(reasons.flatMap(({ lines }) => lines));
  const isOpen = reasons.length === 0 || reasons.some(({ count, lines }) => count > lines.length);
  return {
    sent: records,
    skipped: reasons.length === 0 ? undefined : reasons.reduce((sum, { count }) => sum + count, 0),
    reasons,
    refused: [...new Map(refused.map((each) => [each.example, each])).values()],
    candidates: isOpen ? candidates.filter(({ line }) => !named.has(line)) : [],
  };
}

/**
 * `… skipped multimodal examples …: inaccessible URL (3124), contains faces (2). Details - Samples of lines per error
 * type: inaccessible URL: Line numbers --> 1, 2, 3, ... 100; contains faces: Line numbers --> 7, 9`
 */
function readReasons(message: string): SkipReason[] {
  const summary = /skipped multimodal examples[^:]*:(.*?)(?:details\b(.*))?$/is.exec(message);
  if (!summary) return [];
  const [, counts = '', samples = ''] = summary;
  const lines = new Map<string, number[]>();
  for (const [, reason = '', list = ''] of samples.matchAll(
    /([^:;]+): line numbers --> ([\d,.…\s]*)/gi,
  )) {
    lines.set(keyOf(reason), [...list.matchAll(/\d+/g)].map(Number));
  }
  return [...counts.matchAll(/([^,.;:()]+?)\s*\((\d+)\)/g)].map(([, reason = '', count]) => ({
    reason: reason.trim(),
    count: Number(count),
    lines: lines.get(keyOf(reason)) ?? [],
  }));
}

function keyOf(reason: string): string {
  return reason.trim().toLowerCase();
}

/** A service may repeat its summary, in an event and as the error: the larger count is the one that is known. */
function mergeReasons(reasons: readonly SkipReason[]): readonly SkipReason[] {
  const merged = new Map<string, SkipReason>();
  for (const each of reasons) {
    const known = merged.get(keyOf(each.reason));
    const lines = [...new Set([...(known?.lines ?? []), ...each.lines])].sort((a, b) => a - b);
    merged.set(keyOf(each.reason), {
      reason: known?.reason ?? each.reason,
      count: Math.max(known?.count ?? 0, each.count),
      lines,
    });
  }
  return [...merged.values()];
}

/** `Invalid file format. Example 100, message 2 Discriminator 'role' is missing in value` */
function readRefused(message: string): RefusedExample[] {
  return [...message.matchAll(/\bexample (\d+)\b(?!\(s\))/gi)].map(([, example]) => ({
    example: Number(example),
    message,
  }));
}
