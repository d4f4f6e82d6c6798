import { constants } from 'node:buffer';
import { EventEmitter, once } from 'node:events';
import { open, type FileHandle } from 'node:fs/promises';
import { checkLineBytes } from '../core/check/checkLine.ts';
import type { PlacedFinding } from '../core/check/checkedDocument.ts';
import type { CheckContext } from '../core/check/context.ts';
import { takeGravest } from '../core/check/gravest.ts';
import { comparePlaces, placeFinding } from '../core/check/places.ts';
import { isProblem, severities, type Severity } from '../core/finding/finding.ts';
import { readExample } from '../core/record/example.ts';
import { readJson } from '../core/record/readJson.ts';
import { decodeLine } from '../core/text/decodeLine.ts';
import { countExampleTokens, inspectImages } from '../core/tokens/exampleTokens.ts';
import { KeptStretches } from '../parallel/keptStretches.ts';
import { checkDisk } from './checkDisk.ts';
import { isSameStamp, refuseChanged, stampOf } from './fileStamp.ts';
import { firstWords } from './firstWords.ts';
import type {
  CheckWishes,
  DiskRecord,
  DiskReport,
  DiskRow,
  DiskRows,
  FileStamp,
  FindWishes,
  Progress,
  RecordWishes,
  RepairReport,
  RepairWishes,
  Replacement,
  RowWishes,
} from './protocol.ts';
import { RecordIndex } from './recordIndex.ts';
import { Refusal } from './refusal.ts';
import { repairFile } from './repairFile.ts';
import { replaceRecord } from './replaceRecord.ts';
import { searchFile } from './searchFile.ts';

const chunkLength = 1 << 20;

/** Longer records are listed by their number alone: a text may hold 512 MB, and a list is drawn at once. */
const maxListed = 64 << 20;

/** Rows that are given at once. */
const maxRows = 200;

/** How long a list waits for the index to reach what it shows, in milliseconds. */
const rowPatience = 300;

/** A file in one state, and what is known of it. */
interface State {
  readonly stamp: FileStamp;
  readonly index: RecordIndex;
  readonly rows: Map<number, Omit<DiskRow, 'severity'>>;
  /** Whenever more of the index is known. */
  readonly growth: EventEmitter;
  /** Why the index ends before the file does. */
  failure?: Error;
}

/** Answers what is asked about one file on disk, without ever holding more of it than a record. */
export class DiskReader {
  readonly #path: string;
  #state: State | undefined;
  #context: CheckContext | undefined;
  readonly #kept = new KeptStretches();
  /** Of the last check, in order of place. */
  #findings: readonly PlacedFinding[] = [];
  /** The gravest of a line that is more than a hint. */
  #marks = new Map<number, Severity>();

  constructor(path: string) {
    this.#path = path;
  }

  async check(
    wishes: CheckWishes,
    onProgress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<DiskReport> {
    const { context, report } = await checkDisk(this.#path, wishes, {
      onProgress,
      signal,
      kept: this.#kept,
    });
    this.#context = context;
    this.#note(report?.findings ?? []);
    const { provider, providerName, model, date } = context.profile;
    return {
      state: report ? 'checked' : 'ignored',
      records: report?.records ?? 0,
      images: report?.images ?? 0,
      bytes: report?.bytes ?? 0,
      unchangedBytes: report ? this.#kept.unchangedBytes : 0,
      counts: report?.counts ?? { error: 0, warning: 0, info: 0, hint: 0 },
      findings: takeGravest(this.#findings, wishes.maxFindings),
      provider,
      providerName,
      model,
      limitsDate: date,
    };
  }

  async rows({ from, count }: RowWishes): Promise<DiskRows> {
    await using file = await open(this.#path);
    const state = await this.#stateOf(file);
    await indexed(state, from, AbortSignal.timeout(rowPatience)).catch((error: unknown) => {
      if (error === state.failure) throw error;
    });
    const rows: DiskRow[] = [];
    const end = from + Math.min(count, maxRows);
    // The index may have grown by each row.
    for (let index = from; index < Math.min(end, state.index.count); index++) {
      rows.push(await this.#row(file, state, index));
    }
    return { records: state.index.count, isComplete: state.index.isComplete, rows };
  }

  async record({ index }: RecordWishes): Promise<DiskRecord> {
    await using file = await open(this.#path);
    const state = await this.#stateOf(file);
    await indexed(state, index);
    const { stamp, index: records } = state;
    const place = records.at(index);
    if (!place) throw new Refusal('there is no such record');
    const { offset, byteLength, line } = place;
    if (byteLength > constants.MAX_STRING_LENGTH) {
      throw new Refusal('a record of more than 512 MB cannot be shown');
    }
    const bytes = await readAt(file, offset, byteLength);
    await refuseChanged(file, stamp);
    const { text } = decodeLine(bytes);
    const findings = this.#findingsOf(bytes, line);
    return { offset, byteLength, stamp, line, text, findings, cost: this.#costOf(text) };
  }

  /** The number of a record, from 0; undefined where there is none. Waits for the index where it is about places. */
  async find(
    { from, isBackwards, text }: FindWishes,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    await using file = await open(this.#path);
    const state = await this.#stateOf(file);
    await indexed(state, Infinity, signal);
    const { stamp, index } = state;
    const here = index.at(from);
    if (text === undefined) return this.#findProblem(index, here?.line ?? -1, isBackwards);
    const start = isBackwards || !here ? 0 : here.offset + here.byteLength;
    const end = isBackwards && here ? here.offset : stamp.size;
    const at = await searchFile(file, text, { start, end, isBackwards, signal });
    if (at === undefined) return undefined;
    const found = index.fromOffset(at);
    return found < index.count ? found : undefined;
  }

  async replace(replacement: Replacement, signal: AbortSignal): Promise<void> {
    await replaceRecord(this.#path, replacement, signal);
  }

  async repair(
    wishes: RepairWishes,
    onProgress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<RepairReport> {
    if (!this.#context) throw new Refusal('it has not been checked yet');
    const onRepaired = (progress: Progress): void => {
      signal.throwIfAborted();
      onProgress(progress);
    };
    return repairFile(this.#path, this.#context, wishes, { onRepaired, signal });
  }

  #note(findings: readonly PlacedFinding[]): void {
    this.#findings = findings;
    this.#marks = new Map();
    for (const finding of findings) {
      if (!isProblem(finding)) continue;
      const { line } = finding.range.start;
      const known = this.#marks.get(line);
      const isGraver = !known || severities.indexOf(finding.severity) < severities.indexOf(known);
      if (isGraver) this.#marks.set(line, finding.severity);
    }
  }

  /** What is known of the file as it is now; of another state of it nothing holds any more. */
  async #stateOf(file: FileHandle): Promise<State> {
    const stamp = await stampOf(file);
    if (this.#state && isSameStamp(this.#state.stamp, stamp)) return this.#state;
    const state: State = {
      stamp,
      index: new RecordIndex(),
      rows: new Map(),
      growth: new EventEmitter(),
    };
    this.#state = state;
    void this.#build(state);
    return state;
  }

  /** Goes on until the file has another state. Never rejects: whoever waits for more of the index hears what is in the way. */
  async #build(state: State): Promise<void> {
    const { index, growth } = state;
    try {
      await using file = await open(this.#path);
      const buffer = Buffer.allocUnsafe(chunkLength);
      for (let at = 0; this.#state === state;) {
        const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
        if (bytesRead === 0) break;
        index.read(buffer.subarray(0, bytesRead));
        at += bytesRead;
        growth.emit(grown);
      }
    } catch (error) {
      state.failure = error instanceof Error ? error : new Error(String(error));
      // The next request tries again.
      if (this.#state === state) this.#state = undefined;
    }
    index.finish();
    growth.emit(grown);
  }

  async #row(file: FileHandle, { index, rows }: State, record: number): Promise<DiskRow> {
    const place = index.at(record);
    if (!place) throw new Refusal('there is no such record');
    const { offset, byteLength, line } = place;
    let row = rows.get(record);
    if (!row) {
      const isListed = byteLength <= maxListed;
      const text = isListed ? decodeLine(await readAt(file, offset, byteLength)).text : '';
      row = { ...firstWords(text), byteLength };
      rows.set(record, row);
    }
    return { ...row, severity: this.#marks.get(line) };
  }

  #findingsOf(bytes: Uint8Array, line: number): readonly PlacedFinding[] {
    if (!this.#context) return [];
    const { findings } = checkLineBytes(
      { bytes, byteLength: bytes.length, eol: '\n' },
      this.#context,
    );
    const own = findings.map((finding) => placeFinding(finding, line));
    const isOwn = (finding: PlacedFinding): boolean =>
      own.some(
        ({ rule, message, range }) =>
          rule === finding.rule &&
          message === finding.message &&
          range.start.character === finding.range.start.character,
      );
    const aboutFile = this.#findings.filter(
      (finding) => finding.range.start.line === line && !isOwn(finding),
    );
    return [...own, ...aboutFile].sort(comparePlaces);
  }

  #costOf(text: string): DiskRecord['cost'] {
    const example = this.#context && readExample(readJson(text));
    if (!example || !this.#context) return { images: 0, min: 0, max: 0 };
    const { profile, learnt } = this.#context;
    const inspected = inspectImages(example, learnt);
    const tokens = countExampleTokens(example, inspected, profile);
    const { text: said, images } = tokens;
    return { images: inspected.length, min: said + images.min, max: said + images.max };
  }

  #findProblem(index: RecordIndex, line: number, isBackwards: boolean): number | undefined {
    const lines = [...this.#marks.keys()].sort((a, b) => a - b);
    const found = isBackwards
      ? lines.findLast((each) => each < line)
      : lines.find((each) => each > line);
    if (found === undefined) return undefined;
    const record = index.fromLine(found);
    // What is found behind the last record is about it.
    return Math.min(record, index.count - 1);
  }
}

const grown = 'grown';

/** Waits until a record is known, or that there is none. Rejects when `signal` says so, and with what keeps
 * the file from being read on. */
async function indexed(state: State, record: number, signal?: AbortSignal) {
  const { index, growth } = state;
  while (!index.isComplete && index.count <= record) {
    await once(growth, grown, signal ? { signal } : {});
  }
  if (state.failure && index.count <= record) throw state.failure;
}

async function readAt(file: FileHandle, offset: number, byteLength: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(byteLength);
  for (let length = 0; length < byteLength;) {
    const { bytesRead } = await file.read(bytes, length, byteLength - length, offset + length);
    if (bytesRead === 0) throw new Refusal('it has become shorter meanwhile');
    length += bytesRead;
  }
  return bytes;
}
