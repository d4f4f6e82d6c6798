import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findConfigFile } from '../core/check/configFile.ts';
import { createContext, type CheckContext } from '../core/check/context.ts';
import { describe, listOf, readOptions, type CheckOptions } from '../core/check/options.ts';
import { ownerOf } from './ownerOf.ts';
import { checkFilesValues, type CheckFiles } from './protocol.ts';

/** What is decided for one file. */
export interface FileSettings {
  readonly context: CheckContext;
  readonly checkFiles: CheckFiles;
  /** A path as the user wrote it; undefined where the name of the file tells. */
  readonly validationFile: string | undefined;
}

export interface ReadSettings {
  readonly options: CheckOptions;
  readonly checkFiles: CheckFiles;
  readonly validationFile: string | undefined;
  readonly ignored: readonly string[];
}

const optionKeys = ['profile', 'model', 'severities', 'limits', 'epochs'];

/** Reads what an editor answers for the section; null and rubbish give the defaults and say what was left out. */
export function readSettings(given: unknown): ReadSettings {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const ignored = [
      `Settings are ${given === undefined ? 'absent' : describe(given)}; expected an object.`,
    ];
    return { options: {}, checkFiles: 'training', validationFile: undefined, ignored };
  }
  const { validationFile: file } = given as { validationFile?: unknown };
  const validationFile = typeof file === 'string' && file !== '' ? file : undefined;
  const known = Object.entries(given).filter(([key]) => optionKeys.includes(key));
  const { options, ignored } = readOptions(Object.fromEntries(known));
  const wanted = (given as { checkFiles?: unknown }).checkFiles ?? 'training';
  const checkFiles = checkFilesValues.find((value) => value === wanted);
  if (checkFiles) return { options, checkFiles, validationFile, ignored };
  const problem = `"checkFiles" is ${describe(wanted)}; expected ${listOf(checkFilesValues)}.`;
  return { options, checkFiles: 'training', validationFile, ignored: [...ignored, problem] };
}

/** Settles what holds for each file, once until something changes: its configuration file, then the editor's settings. */
export class Settings {
  readonly #fetch: (uri: string) => Promise<unknown>;
  readonly #today: () => string;
  readonly #log: (line: string) => void;
  readonly #settled = new Map<string, Promise<FileSettings>>();
  readonly #logged = new Set<string>();

  constructor(
    fetch: (uri: string) => Promise<unknown>,
    today: () => string,
    log: (line: string) => void,
  ) {
    this.#fetch = fetch;
    this.#today = today;
    this.#log = log;
  }

  of(uri: string): Promise<FileSettings> {
    let settled = this.#settled.get(uri);
    if (!settled) this.#settled.set(uri, (settled = this.#settle(ownerOf(uri))));
    return settled;
  }

  /** One file that is closed, or all, after a change of settings or of a configuration file. */
  forget(uri?: string): void {
    if (uri !== undefined) {
      this.#settled.delete(uri);
      return;
    }
    this.#settled.clear();
    this.#logged.clear();
  }

  async #settle(uri: string): Promise<FileSettings> {
    const directory = directoryOf(uri);
    const file = directory === undefined ? undefined : findConfigFile(directory);
    if (file) this.#logIgnored(file.path, file.ignored);
    const { options, checkFiles, validationFile, ignored } = readSettings(
      await this.#fetch(uri).catch(() => null),
    );
    this.#logIgnored('settings', ignored);
    const context = createContext([file?.options ?? {}, options], this.#today());
    return { context, checkFiles, validationFile };
  }

  /** One line for all that a source got wrong, once. */
  #logIgnored(source: string, ignored: readonly string[]): void {
    if (ignored.length === 0) return;
    const line = `Left out of ${source}, using defaults: ${ignored.join(' ')}`;
    if (this.#logged.has(line)) return;
    this.#logged.add(line);
    this.#log(line);
  }
}

/** Undefined for what is not in the local file system. */
function directoryOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? dirname(fileURLToPath(uri)) : undefined;
  } catch {
    return undefined;
  }
}
