/** What a file holds, as far as it adds up record by record. */
export interface RecordCounts {
  /** Lines that are not blank. */
  readonly records: number;
  /** Records with at least one picture. */
  readonly imageExamples: number;
  readonly images: number;
}

export const noCounts: RecordCounts = { records: 0, imageExamples: 0, images: 0 };

/** The sums over a whole file, and the few places that dataset rules point at. */
export interface DatasetTotals extends RecordCounts {
  /** The line (from 0) of the first record; 0 in an empty file. */
  readonly firstRecordLine: number;
  /** The line (from 0) of the first record with a picture past the limit on such records; undefined within it. */
  readonly firstExcessImageLine: number | undefined;
}
