import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readJson } from '../record/readJson.ts';
import { readOptions, type CheckOptions } from './options.ts';

/** The file in which a project keeps its options, looked for upwards from a training file. */
export const configFileName = 'vision-finetune.json';

export interface ConfigFile {
  readonly path: string;
  /** Whether it can be read at all; `ignored` says what is wrong if not. */
  readonly isJson: boolean;
  readonly options: CheckOptions;
  /** What was not understood and is left out, a sentence each. */
  readonly ignored: readonly string[];
}

/** The nearest configuration file in a directory or above it. One that is not JSON has no options and says so. */
export function findConfigFile(directory: string): ConfigFile | undefined {
  for (let at = resolve(directory); ; at = dirname(at)) {
    const path = join(at, configFileName);
    const text = readIfThere(path);
    if (text !== undefined) return { path, ...parse(text) };
    if (at === dirname(at)) return undefined;
  }
}

/** Whatever cannot be read is as good as not there. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(text: string): Omit<ConfigFile, 'path'> {
  const json = text.replace(/^\uFEFF/, '');
  const { problem } = readJson(json);
  if (!problem) return { isJson: true, ...readOptions(JSON.parse(json)) };
  const linesBefore = json.slice(0, problem.span.start).split(/\r\n|\r|\n/);
  const column = (linesBefore.at(-1)?.length ?? 0) + 1;
  const ignored = [`It is not JSON from line ${linesBefore.length}, column ${column} on.`];
  return { isJson: false, options: {}, ignored };
}
