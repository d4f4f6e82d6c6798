import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckContext } from '../../core/check/context.ts';
import { Companion } from '../../core/dataset/companion.ts';
import { validationNames } from '../../core/dataset/validationNames.ts';
import { preflight, type Preflight } from '../../core/service/preflight.ts';
import type { Contexts } from '../contexts.ts';
import type { CheckedFile } from '../formats/reportWriter.ts';
import { UsageError, type Io } from '../io.ts';
import { Progress } from '../progress.ts';
import { describeSystemError, isSystemError } from '../systemError.ts';

/** A file that has been read to its end and is still open, and what was found in it. */
export interface InspectedFile extends CheckedFile {
  readonly preflight: Preflight;
}

export interface InspectedFiles extends AsyncDisposable {
  readonly training: InspectedFile;
  readonly validation: InspectedFile | undefined;
  /** Beside the training file, where no validation file is given: what looks like one. */
  readonly neighbour: string | undefined;
}

/**
 * Checks, counts and hashes the files of a job by the context of their folders. The validation file comes first: the
 * other one is compared with it. Throws a `UsageError` where one cannot be read.
 */
export async function inspectFiles(
  training: string,
  validation: string | undefined,
  contexts: Contexts,
  io: Io,
): Promise<InspectedFiles> {
  const inspected: InspectedFile[] = [];
  const close = async (): Promise<void> => {
    for (const { preflight: open } of inspected) await open.checked.file.close();
  };
  try {
    const companion = validation === undefined ? undefined : companionOf(validation, io);
    if (validation !== undefined) {
      const name = validation;
      inspected.push(await inspect({ name, contexts, io, change: asValidation, companion }));
    }
    const change = (context: CheckContext): CheckContext => ({ ...context, companion });
    const found = await inspect({ name: training, contexts, io, change });
    const [first] = inspected;
    inspected.push(found);
    const neighbour = validation === undefined ? findNeighbour(training, io) : undefined;
    return { training: found, validation: first, neighbour, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** As it would be given. */
function findNeighbour(training: string, { cwd }: Io): string | undefined {
  const folder = dirname(training);
  return validationNames(basename(training))
    .map((name) => join(folder, name))
    .find((name) => existsSync(resolve(cwd, name)));
}

function companionOf(name: string, { cwd }: Io): Companion {
  return new Companion(name, pathToFileURL(resolve(cwd, name)).href);
}

/** How few examples a validation file may have is not documented. */
function asValidation(context: CheckContext): CheckContext {
  return { ...context, limits: { ...context.limits, minExamples: 1 } };
}

interface Inspection {
  /** As given. */
  readonly name: string;
  readonly contexts: Contexts;
  readonly io: Io;
  readonly change: (context: CheckContext) => CheckContext;
  /** To be filled. */
  readonly companion?: Companion | undefined;
}

async function inspect({
  name,
  contexts,
  io,
  change,
  companion,
}: Inspection): Promise<InspectedFile> {
  const path = resolve(io.cwd, name);
  const folder = dirname(path);
  const configured = contexts.of(folder);
  if ('reason' in configured) throw new UsageError(configured.reason);
  const context = change(configured);
  const found = await read(name, path, { context, companion }, io);
  const { findings, counts } = found.report;
  const listed = findings.filter(({ severity }) => severity === 'error');
  const unlisted = counts.error - listed.length;
  const config = contexts.configOf(folder);
  return { name, path, context, config, report: found.report, listed, unlisted, preflight: found };
}

async function read(
  name: string,
  path: string,
  options: Pick<Parameters<typeof preflight>[1], 'context' | 'companion'>,
  io: Io,
): Promise<Preflight> {
  const progress = new Progress(io);
  const onProgress = (bytes: number, size: number): void => {
    progress.show({ name, bytes, size, records: 0 });
  };
  try {
    if (!(await stat(path)).isFile()) throw new UsageError(`${name}: is not a file`);
    return await preflight(path, { ...options, onProgress });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`${name}: ${describeSystemError(error)}`);
  } finally {
    progress.erase();
  }
}
