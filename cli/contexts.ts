import { relative } from 'node:path';
import { findConfigFile, type ConfigFile } from '../core/check/configFile.ts';
import { createContext, type CheckContext } from '../core/check/context.ts';
import type { CheckOptions } from '../core/check/options.ts';
import type { Unreadable } from './readFile.ts';

/** A folder's context: from the configuration file nearest to it, and from the flags, which win. */
export class Contexts {
  readonly #flags: CheckOptions;
  readonly #cwd: string;
  readonly #today: string;
  /** By folder. Files of one folder share a context, and folders of one configuration file as well. */
  readonly #byFolder = new Map<string, CheckContext | Unreadable>();
  readonly #byConfigFile = new Map<string, CheckContext | Unreadable>();
  /** By folder, from the working directory. */
  readonly #configNames = new Map<string, string>();
  readonly #warnings: string[] = [];

  constructor(
    flags: CheckOptions,
    { cwd, today }: { readonly cwd: string; readonly today: string },
  ) {
    this.#flags = flags;
    this.#cwd = cwd;
    this.#today = today;
  }

  /** What configuration files say that nobody understands, once each: a line without its full stop. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  of(folder: string): CheckContext | Unreadable {
    const known = this.#byFolder.get(folder);
    if (known) return known;
    const config = findConfigFile(folder);
    if (config) this.#configNames.set(folder, relative(this.#cwd, config.path));
    const key = config?.path ?? '';
    const context = this.#byConfigFile.get(key) ?? this.#make(config);
    this.#byConfigFile.set(key, context);
    this.#byFolder.set(folder, context);
    return context;
  }

  /** The configuration file that counts in a folder, from the working directory; undefined where there is none. */
  configOf(folder: string): string | undefined {
    this.of(folder);
    return this.#configNames.get(folder);
  }

  /** Without any configuration file. */
  get ofFlags(): CheckContext {
    return createContext([this.#flags], this.#today);
  }

  #make(config: ConfigFile | undefined): CheckContext | Unreadable {
    if (!config) return this.ofFlags;
    const name = relative(this.#cwd, config.path);
    if (!config.isJson) return { reason: `${name}: ${config.ignored.join(' ')}` };
    this.#warnings.push(...config.ignored.map((problem) => `warning: ${name}: ${problem}`));
    return createContext([config.options, this.#flags], this.#today);
  }
}
