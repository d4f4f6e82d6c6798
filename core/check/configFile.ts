import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readJson } from '../record/readJson.ts';
import { readOptions, type CheckOptions } from './options.ts';

/** The file in which a project keeps its options, looked for upwards from a training file. */
export const configFileName = 'vision-finetune.json';

export interface ConfigFile {
  readonly path: string;
  /** Whether it could be read, and as JSON; `ignored` says what is wrong if not. */
  readonly isJson: boolean;
  readonly options: CheckOptions;
  /** What was not understood and is left out, a sentence each. */
  readonly ignored: readonly string[];
}

/** The nearest configuration file in a directory or above it. One that is not JSON has no options and says so. */
export function findConfigFile(directory: string): ConfigFile | undefined {
  for (let at = resolve(directory); ; at = dirname(at)) {
    const path = join(at, configFileName);
    const content = readIfThere(path);
    if (typeof content === 'string') return { path, ...parse(content) };
    if (content) return { path, ...unusable(content.problem) };
    if (at === dirname(at)) return undefined;
  }
}

/** The last is for what is no path at all. */
const absent = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ERR_INVALID_ARG_VALUE']);

/** Options are a few lines; a file of more bytes is something else. */
const maxBytes = 1_000_000;

/**
 * A checkout may hold anything under this name: a pipe that never answers, a link to a device without an end. So it is
 * opened without waiting, and read only if it is a file of sensible size.
 */
function readIfThere(path: string): string | { readonly problem: string } | undefined {
  let file: number | undefined;
  try {
    // Windows has no such flag, and no such files.
    file = openSync(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
    const stats = fstatSync(file);
    if (stats.isDirectory()) return undefined;
    if (!stats.isFile()) return { problem: 'It is not a file.' };
    if (stats.size > maxBytes) return { problem: 'It is over 1 MB, too large for options.' };
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return absent.has(code) ? undefined : { problem: `It cannot be read (${code}).` };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function parse(text: string): Omit<ConfigFile, 'path'> {
  const json = text.replace(/^\uFEFF/, '');
  const { problem } = readJson(json);
  if (!problem) return { isJson: true, ...readOptions(JSON.parse(json)) };
  const linesBefore = json.slice(0, problem.span.start).split(/\r\n|\r|\n/);
  const column = (linesBefore.at(-1)?.length ?? 0) + 1;
  return unusable(`It is not JSON from line ${linesBefore.length}, column ${column} on.`);
}

function unusable(problem: string): Omit<ConfigFile, 'path'> {
  return { isJson: false, options: {}, ignored: [problem] };
}
