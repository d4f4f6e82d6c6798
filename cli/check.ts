import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckContext } from '../core/check/context.ts';
import type { FileReport } from '../core/check/fileSum.ts';
import { RecordFileChecker } from '../core/check/recordFileChecker.ts';
import { Companion } from '../core/dataset/companion.ts';
import { checkFile } from '../parallel/checkFile.ts';
import { checkInTurn, type CheckWatcher } from '../parallel/checkInTurn.ts';
import { readCheckArguments, standardInput, type CheckArguments } from './arguments.ts';
import { checkHelp } from './checkHelp.ts';
import type { Command } from './command.ts';
import { complain } from './complain.ts';
import { Contexts } from './contexts.ts';
import { decodingGatherer } from './gather/decodedImages.ts';
import { forecastGatherer } from './gather/forecastImages.ts';
import { gather, type Gatherer } from './gather/gather.ts';
import { remoteGatherer } from './gather/remoteImages.ts';
import { createWriter } from './formats/index.ts';
import type { CheckedFile, NamedFile, ReportWriter } from './formats/reportWriter.ts';
import type { ExitStatus, Io } from './io.ts';
import { Output } from './output.ts';
import { Progress } from './progress.ts';
import { chunkLength, withFile, withStream, type OpenedFile, type Unreadable } from './readFile.ts';
import { wantsColor } from './style.ts';

export const check: Command = {
  name: 'check',
  summary: 'finds what is wrong with training files',
  help: checkHelp,
  run: (args, io) => new CheckRun(readCheckArguments(args), io).run(),
};

/** Characters in a line of prose where there is no terminal. */
const pipeWidth = 100;

/** A file and what decides about its findings, or why it cannot be checked. */
interface PlannedFile extends NamedFile {
  readonly context: CheckContext | Unreadable;
  readonly config: string | undefined;
  /** To be filled with what the file holds, for the files that are compared with it. */
  readonly companion?: Companion;
}

/** One call of the command: what its files have in common. */
class CheckRun {
  readonly #args: CheckArguments;
  readonly #io: Io;
  readonly #progress: Progress;
  readonly #buffer = new Uint8Array(chunkLength);
  readonly #gatherers: readonly Gatherer[];

  constructor(args: CheckArguments, io: Io) {
    this.#args = args;
    this.#io = io;
    this.#progress = new Progress(io);
    const { remote, isDeep, isForecast, isQuiet } = args;
    const progress = this.#progress;
    this.#gatherers = [
      ...(remote ? [remoteGatherer(remote, io, { progress, isQuiet })] : []),
      ...(isDeep ? [decodingGatherer(io, progress)] : []),
      // After what fetches, for the size of an image on the web is asked for too.
      ...(isForecast ? [forecastGatherer(io, { progress, isQuiet })] : []),
    ];
  }

  async run(): Promise<ExitStatus> {
    const contexts = new Contexts(this.#args.options, this.#io);
    const files = this.#planAll(contexts);
    for (const warning of contexts.warnings) complain(this.#io, warning);
    const known = files.flatMap(({ context }) => ('reason' in context ? [] : [context]));
    const writer = createWriter(this.#args.format, {
      cwd: this.#io.cwd,
      profiles: (known.length > 0 ? known : [contexts.ofFlags]).map(({ profile }) => profile),
      fileCount: files.length,
      hasColor: wantsColor(this.#io),
      width: this.#io.isTerminal.stdout ? this.#io.columns : pipeWidth,
      isQuiet: this.#args.isQuiet,
      today: this.#io.today,
    });
    return this.#report(files, writer);
  }

  /** The file that the others are validated with comes first: they are compared with what is in it. */
  #planAll(contexts: Contexts): PlannedFile[] {
    const files = this.#args.files.map((name) => this.#plan(name, contexts));
    if (this.#args.validation === undefined) return files;
    const validation = this.#plan(this.#args.validation, contexts);
    const { name, path } = validation;
    const companion = new Companion(
      name,
      path === undefined ? undefined : pathToFileURL(path).href,
    );
    return [
      { ...asValidation(validation), companion },
      ...files.map((file) => withCompanion(file, companion)),
    ];
  }

  #plan(given: string, contexts: Contexts): PlannedFile {
    const isStandardInput = given === standardInput;
    const path = isStandardInput ? undefined : resolve(this.#io.cwd, given);
    const folder = path === undefined ? this.#io.cwd : dirname(path);
    return {
      name: isStandardInput ? '<stdin>' : given,
      path,
      context: contexts.of(folder),
      config: contexts.configOf(folder),
    };
  }

  async #report(files: readonly PlannedFile[], writer: ReportWriter): Promise<ExitStatus> {
    const output = new Output(this.#io.stdout);
    let status: ExitStatus = 0;
    await output.write(writer.start());
    for (const file of files) {
      if (output.isClosed) return status;
      const checked = await this.#check(file);
      this.#progress.erase();
      if ('reason' in checked) {
        status = 2;
        complain(this.#io, `${file.name}: ${checked.reason}`);
        await output.write(writer.unreadable(file, checked.reason));
      } else {
        if (checked.report.counts.error > 0 && status === 0) status = 1;
        await output.write(writer.file(checked));
      }
    }
    await output.write(writer.end(status));
    return status;
  }

  async #check(file: PlannedFile): Promise<CheckedFile | Unreadable> {
    const { name, path, config } = file;
    const context = await this.#gather(file);
    if ('reason' in context) return context;
    const read = (opened: OpenedFile): Promise<FileReport> => this.#read(file, opened, context);
    const report =
      path === undefined
        ? await withStream(this.#io.stdin, read)
        : await withFile(path, this.#buffer, read);
    if ('reason' in report) return report;
    return { name, path, context, config, report, ...this.#list(report) };
  }

  /** What decides about the findings of a file, with what is looked up for it. */
  async #gather({ name, path, context }: PlannedFile): Promise<CheckContext | Unreadable> {
    if ('reason' in context || path === undefined) return context;
    return gather(this.#gatherers, { name, path, context });
  }

  /** A file named `.json` is one record, formatted over many lines. */
  async #read(
    { name, path, companion }: PlannedFile,
    opened: OpenedFile,
    context: CheckContext,
  ): Promise<FileReport> {
    const { maxProblems: maxFindings } = this.#args;
    const { size, chunks } = opened;
    const watcher: CheckWatcher = {
      onProgress: (bytes, records) => this.#progress.show({ name, bytes, size, records }),
      onRead: () => this.#progress.erase(),
    };
    const isRecord = path?.toLowerCase().endsWith('.json') ?? false;
    return isRecord
      ? checkInTurn(new RecordFileChecker(context, maxFindings), chunks, watcher)
      : checkFile(opened, context, { ...watcher, maxFindings, companion });
  }

  #list({ findings, counts }: CheckedFile['report']): Pick<CheckedFile, 'listed' | 'unlisted'> {
    if (!this.#args.isQuiet) {
      const all = counts.error + counts.warning + counts.info + counts.hint;
      return { listed: findings, unlisted: all - findings.length };
    }
    const listed = findings.filter(({ severity }) => severity === 'error');
    return { listed, unlisted: counts.error - listed.length };
  }
}

/** How few examples a validation file may have is not documented. */
function asValidation(file: PlannedFile): PlannedFile {
  const { context } = file;
  if ('reason' in context) return file;
  return { ...file, context: { ...context, limits: { ...context.limits, minExamples: 1 } } };
}

function withCompanion(file: PlannedFile, companion: Companion): PlannedFile {
  return 'reason' in file.context ? file : { ...file, context: { ...file.context, companion } };
}
