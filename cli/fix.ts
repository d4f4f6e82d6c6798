import type { Stats } from 'node:fs';
import { access, constants, open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { CheckContext } from '../core/check/context.ts';
import { FileChecker, type FileReport } from '../core/check/fileChecker.ts';
import { FileRepairer, type LineFix } from '../core/check/fileRepairer.ts';
import { RecordFileChecker } from '../core/check/recordFileChecker.ts';
import { RecordFileRepairer } from '../core/check/recordFileRepairer.ts';
import { certainFix, firstFixOf } from '../core/check/repair.ts';
import { quietImageBytes } from '../core/image/repairPlan.ts';
import type { Command } from './command.ts';
import { complain } from './complain.ts';
import { Contexts } from './contexts.ts';
import { EmbedImages } from './convert/embedImages.ts';
import { ExtractImages } from './convert/extractImages.ts';
import { FolderImages } from './convert/folderImages.ts';
import { WebImages } from './convert/webImages.ts';
import { readFixArguments, type FixArguments } from './fixArguments.ts';
import { fixHelp } from './fixHelp.ts';
import { ImageFixes } from './fixImages.ts';
import { FixSummary } from './fixSummary.ts';
import type { FixWork } from './fixWork.ts';
import { UsageError, type ExitStatus, type Io } from './io.ts';
import { NewFile } from './newFile.ts';
import { Output } from './output.ts';
import { Progress } from './progress.ts';
import { changedMeanwhile, chunkLength, hasChanged } from './readFile.ts';
import { repairChunks } from './repairChunks.ts';
import { describeSystemError, isSystemError, type SystemError } from './systemError.ts';

export const fix: Command = {
  name: 'fix',
  summary: 'repairs a training file',
  help: fixHelp,
  run: (args, io) => new FixRun(readFixArguments(args), io).run(),
};

/** One call of the command. */
class FixRun {
  readonly #args: FixArguments;
  readonly #io: Io;
  readonly #progress: Progress;
  readonly #summary: FixSummary;
  #images: FixWork | undefined;
  #isInterrupted = false;

  constructor(args: FixArguments, io: Io) {
    this.#args = args;
    this.#io = io;
    this.#progress = new Progress(io);
    this.#summary = new FixSummary(args, io);
  }

  async run(): Promise<ExitStatus> {
    const context = this.#context();
    this.#images = workOn(context, this.#args, this.#io);
    try {
      const left = await this.#fix(context);
      this.#progress.erase();
      this.#images?.complain();
      const output = new Output(this.#io.stdout);
      if (this.#images) await output.write(this.#images.describe());
      await output.write(this.#summary.describe(left));
      return left.counts.error > 0 ? 1 : 0;
    } finally {
      this.#progress.erase();
      await this.#images?.dispose();
    }
  }

  get #path(): string {
    return resolve(this.#io.cwd, this.#args.input);
  }

  #context(): CheckContext {
    const contexts = new Contexts(this.#args.options, this.#io);
    const context = contexts.of(dirname(this.#path));
    for (const warning of contexts.warnings) complain(this.#io, warning);
    if ('reason' in context) throw new UsageError(context.reason);
    return context;
  }

  /** Repairs the file and gives what a check of the result finds. */
  async #fix(context: CheckContext): Promise<FileReport> {
    const { input } = this.#args;
    await using file = await attempt(input, () => open(this.#path));
    const before = await attempt(input, () => file.stat());
    if (before.isDirectory()) throw new UsageError(`${input}: is a directory`);
    if (!before.isFile()) throw new UsageError(`${input}: is not a file that can be read twice`);
    if (before.size === 0) throw new UsageError(`${input}: is empty`);
    await this.#announce(file);
    if (this.#args.isDryRun) return await this.#repair(file, before.size, context);
    const path = await this.#target();
    // From here on there is a file to take away again.
    const stopListening = this.#io.onInterrupt(() => {
      this.#isInterrupted = true;
      void this.#images?.dispose();
      return 'wait';
    });
    let target: NewFile | undefined;
    try {
      target = await this.#create(path, before);
      const left = await this.#repair(file, before.size, context, target);
      await this.#settle(target);
      this.#refuseInterrupted();
      await file.close();
      await this.#refuseChanged(before);
      await this.#images?.complete?.();
      await this.#commit(target, path);
      this.#images?.keep?.();
      return left;
    } finally {
      await target?.discard();
      stopListening();
    }
  }

  #create(path: string, source: Stats): Promise<NewFile> {
    return this.#attemptWrite(() =>
      this.#args.isInPlace
        ? NewFile.createInPlace(path, source)
        : NewFile.create(path, source.mode & 0o777),
    );
  }

  /** In place nothing is written where nothing was repaired. */
  get #isLeftAsItIs(): boolean {
    return this.#args.isInPlace && this.#summary.isEmpty;
  }

  async #settle(target: NewFile): Promise<void> {
    if (!this.#isLeftAsItIs) await this.#attemptWrite(() => target.settle());
  }

  /** Looks at it by its name, which another file may have taken meanwhile. */
  async #refuseChanged(before: Stats): Promise<void> {
    const { input } = this.#args;
    const after = await attempt(input, () => stat(this.#path));
    if (!hasChanged(before, after)) return;
    throw new UsageError(`${input}: ${changedMeanwhile}; nothing is written`);
  }

  async #announce(file: FileHandle): Promise<void> {
    const lines = await attempt(this.#args.input, async () => this.#images?.announce(file));
    if (lines) await new Output(this.#io.stdout).write(lines);
  }

  /** The file that is to be written, behind all symbolic links. */
  async #target(): Promise<string> {
    const { output, isInPlace } = this.#args;
    if (isInPlace || output === undefined)
      return attempt(this.#args.input, () => realpath(this.#path));
    const path = resolve(this.#io.cwd, output);
    const there = await stat(path).catch(() => undefined);
    if (!there) return path;
    const source = await attempt(this.#args.input, () => stat(this.#path));
    if (there.dev === source.dev && there.ino === source.ino) {
      throw new UsageError(`${output} is the file itself; --in-place writes it and keeps a backup`);
    }
    if (there.isDirectory()) throw new UsageError(`${output}: is a directory`);
    // A device would give way to a file, which nobody wants.
    if (!there.isFile()) throw new UsageError(`${output}: is not a file`);
    return this.#attemptWrite(async () => {
      await access(path, constants.W_OK);
      return realpath(path);
    });
  }

  async #repair(
    file: FileHandle,
    size: number,
    context: CheckContext,
    target?: NewFile,
  ): Promise<FileReport> {
    const { input, rules } = this.#args;
    const choose = rules.length > 0 ? firstFixOf(rules) : certainFix;
    const note = (fixed: LineFix): void => this.#summary.add(fixed);
    const isRecord = input.toLowerCase().endsWith('.json');
    const repairer =
      this.#images?.start(note) ??
      (isRecord
        ? new RecordFileRepairer(context, choose, note)
        : new FileRepairer(context, choose, note));
    const checker = isRecord ? new RecordFileChecker(context, 0) : new FileChecker(context, 0);
    const buffer = Buffer.allocUnsafe(chunkLength);
    const left = await repairChunks<FileReport>({
      repairer,
      checker,
      read: async () => {
        const { bytesRead } = await attempt(input, () => file.read(buffer, 0, buffer.length));
        return buffer.subarray(0, bytesRead);
      },
      write: (piece) => {
        const writing = target?.write(piece);
        return writing && this.#attemptWrite(() => writing);
      },
      onRead: (bytes) => {
        this.#refuseInterrupted();
        this.#progress.show({ name: input, bytes, size, records: checker.records });
      },
    });
    if ('reason' in left) throw new UsageError(`${input}: ${left.reason}; nothing is written`);
    return left;
  }

  #refuseInterrupted(): void {
    if (!this.#isInterrupted) return;
    throw new UsageError(`interrupted; ${this.#args.input} is as it was, nothing is written`);
  }

  async #commit(target: NewFile, path: string): Promise<void> {
    if (!this.#args.isInPlace) {
      await this.#attemptWrite(() => target.commit());
      return;
    }
    if (this.#isLeftAsItIs) return;
    const backup = `${path}.bak`;
    try {
      await target.commit(backup);
    } catch (error) {
      if (!isSystemError(error) || error.code !== 'EEXIST') throw this.#writeError(error);
      throw new UsageError(
        `${this.#args.input}.bak exists; move it away first, nothing is written`,
      );
    }
  }

  async #attemptWrite<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      throw this.#writeError(error);
    }
  }

  #writeError(error: unknown): unknown {
    if (!isSystemError(error)) return error;
    const { input, output = input } = this.#args;
    const reason = isMissingFolder(error) ? 'no such folder' : describeSystemError(error);
    return new UsageError(`${output}: cannot be written: ${reason}; ${input} is as it was`);
  }
}

/** Undefined where records are to be repaired. */
function workOn(context: CheckContext, args: FixArguments, io: Io): FixWork | undefined {
  const { conversion, images, isDryRun } = args;
  if (images) return new ImageFixes(context, args, io);
  if (!conversion) return undefined;
  const { limits } = context;
  switch (conversion.kind) {
    case 'extract':
      return new ExtractImages(args, conversion, io);
    case 'embed': {
      const store = new FolderImages(conversion.folder, quietImageBytes(limits), io);
      return new EmbedImages(args, store, io);
    }
    case 'embed-web': {
      const { allowHttp } = conversion;
      return new EmbedImages(args, new WebImages({ allowHttp, isDryRun }, limits, io), io);
    }
  }
}

function isMissingFolder({ code }: SystemError): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** What the system refuses is told in a line. */
async function attempt<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`${name}: ${describeSystemError(error)}`);
  }
}
