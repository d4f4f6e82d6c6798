import type { PlacedFinding } from '../../core/check/checkedDocument.ts';
import type { CheckContext } from '../../core/check/context.ts';
import type { FileReport } from '../../core/check/fileChecker.ts';
import type { Profile } from '../../core/profile/profile.ts';
import type { ExitStatus } from '../io.ts';

/** A file as a report names it. */
export interface NamedFile {
  /** As given on the command line; `<stdin>` for standard input. */
  readonly name: string;
  /** Absolute; undefined for standard input. */
  readonly path: string | undefined;
}

export interface CheckedFile extends NamedFile {
  readonly context: CheckContext;
  /** The configuration file that counts for it, from the working directory; undefined where there is none. */
  readonly config: string | undefined;
  readonly report: FileReport;
  /** The findings to show, in order of place. */
  readonly listed: readonly PlacedFinding[];
  /** Findings left out for their number alone. */
  readonly unlisted: number;
}

/** What is known before the first file is read. */
export interface ReportFacts {
  /** Absolute. */
  readonly cwd: string;
  /** Of each file that has one; at least one. */
  readonly profiles: readonly Profile[];
  readonly fileCount: number;
  readonly hasColor: boolean;
  /** Characters in a line of prose. */
  readonly width: number;
  /** Whether only errors are listed. */
  readonly isQuiet: boolean;
  /** ISO 8601, local. */
  readonly today: string;
}

/** Turns a report into text, file by file, so that nothing is held longer than it takes to write it. */
export interface ReportWriter {
  start(): Iterable<string>;
  file(file: CheckedFile): Iterable<string>;
  unreadable(file: NamedFile, reason: string): Iterable<string>;
  end(status: ExitStatus): Iterable<string>;
}

/** Whether all files are checked by the limits of one provider and model. */
export function hasOneProfile({ profiles }: ReportFacts): boolean {
  return profiles.every((profile) => profile === profiles[0]);
}
