import { parseArgs } from 'node:util';
import { listOf, type CheckOptions } from '../core/check/options.ts';
import { levels, type Level } from '../core/finding/finding.ts';
import { providers } from '../core/profile/profile.ts';
import { modelNames } from '../core/profile/profiles.ts';
import { rules } from '../core/rules/index.ts';
import { quote } from '../core/text/quote.ts';
import { formatNames, type FormatName } from './formats/index.ts';
import type { RemoteArguments } from './gather/remoteImages.ts';
import { UsageError } from './io.ts';

/** What `check` is to do. */
export interface CheckArguments {
  /** Paths as given; `-` is standard input. */
  readonly files: readonly string[];
  /** The file that they are validated with, as given; undefined for none. */
  readonly validation: string | undefined;
  readonly options: CheckOptions;
  readonly format: FormatName;
  /** Problems that are listed of each file; Infinity for all. */
  readonly maxProblems: number;
  /** Whether only errors are listed. */
  readonly isQuiet: boolean;
  /** Undefined where images on the web are not fetched. */
  readonly remote: RemoteArguments | undefined;
  /** Whether every image that stands in a file is decoded. */
  readonly isDeep: boolean;
  /** Whether images are searched for what the service is likely to skip them for. */
  readonly isForecast: boolean;
}

/** The name on the command line that stands for standard input. */
export const standardInput = '-';

export const defaultMaxProblems = 1000;

export const ruleIds: readonly string[] = rules.map(({ id }) => id);

/** Throws a `UsageError` that names the first argument it cannot use, and what it expected. */
export function readCheckArguments(args: readonly string[]): CheckArguments {
  const { values, positionals: files } = parse(args);
  if (files.length === 0)
    throw new UsageError('no file given; name files, or - for standard input');
  const { validation } = values;
  const all = validation === undefined ? files : [...files, validation];
  if (all.includes('')) throw new UsageError('the name of a file is empty');
  if (all.indexOf(standardInput) !== all.lastIndexOf(standardInput)) {
    throw new UsageError('standard input (-) can be read only once');
  }
  const { profile, model, severity = [] } = values;
  const remote = readRemote(values);
  if (remote && all.includes(standardInput)) {
    throw new UsageError(
      '--remote reads a file twice, and standard input (-) can be read only once',
    );
  }
  const { deep: isDeep = false, forecast: isForecast = false } = values;
  const rereading = [isDeep && '--deep', isForecast && '--forecast'].find(Boolean);
  if (rereading && all.includes(standardInput)) {
    throw new UsageError(
      `${rereading} reads a file twice, and standard input (-) can be read only once`,
    );
  }
  return {
    files,
    validation,
    options: {
      ...(profile !== undefined && { profile: oneOf('--profile', profile, providers) }),
      ...(model !== undefined && { model: oneOf('--model', model, modelNames) }),
      severities: Object.fromEntries(severity.map(readSeverity)),
    },
    format: oneOf('--format', values.format ?? 'human', formatNames),
    maxProblems: readMaxProblems(values['max-problems']),
    isQuiet: values.quiet ?? false,
    remote,
    isDeep,
    isForecast,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: joinNegative(args, '--max-problems'),
      allowPositionals: true,
      options: {
        profile: { type: 'string' },
        model: { type: 'string' },
        format: { type: 'string' },
        validation: { type: 'string' },
        severity: { type: 'string', multiple: true },
        'max-problems': { type: 'string' },
        quiet: { type: 'boolean' },
        remote: { type: 'boolean' },
        deep: { type: 'boolean' },
        forecast: { type: 'boolean' },
        'allow-http': { type: 'boolean' },
        'no-cache': { type: 'boolean' },
      },
    });
  } catch (error) {
    throw toUsageError(error);
  }
}

/** `--option -1` as `--option=-1`: Node takes whatever begins with a hyphen for an option. */
function joinNegative(args: readonly string[], option: string): string[] {
  const end = args.indexOf('--');
  const at = args.findIndex(
    (arg, index) =>
      arg === option && /^-\d/.test(args[index + 1] ?? '') && !(end >= 0 && index > end),
  );
  return at === -1
    ? [...args]
    : [...args.slice(0, at), `${option}=${args[at + 1] ?? ''}`, ...args.slice(at + 2)];
}

/** The first sentence of Node's message says what is wrong; those after it, how to write what was hardly meant. */
export function toUsageError(error: unknown, command = 'check'): unknown {
  if (!(error instanceof TypeError && 'code' in error)) return error;
  const [sentence = ''] = error.message.split(/\. |\.?\n/);
  return new UsageError(
    `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}; see ${command} --help`,
  );
}

function readRemote(given: {
  readonly remote?: boolean | undefined;
  readonly 'allow-http'?: boolean | undefined;
  readonly 'no-cache'?: boolean | undefined;
}): RemoteArguments | undefined {
  const { remote, 'allow-http': allowHttp = false, 'no-cache': noCache = false } = given;
  if (remote) return { allowHttp, hasCache: !noCache };
  const alone = [allowHttp && '--allow-http', noCache && '--no-cache'].find(Boolean);
  if (alone) throw new UsageError(`${alone} is for --remote, which is not given`);
  return undefined;
}

/** `image-size=warning` */
function readSeverity(given: string): [rule: string, level: Level] {
  const [rule = '', level, ...rest] = given.split('=');
  if (level === undefined || rest.length > 0) {
    throw new UsageError(
      `--severity is ${quote(given)}; expected RULE=LEVEL, such as image-size=warning`,
    );
  }
  return [oneOf('rule of --severity', rule, ruleIds), oneOf('level of --severity', level, levels)];
}

function readMaxProblems(given: string | undefined): number {
  if (given === undefined) return defaultMaxProblems;
  const count = /^\d+$/.test(given) ? Number(given) : NaN;
  if (Number.isSafeInteger(count)) return count === 0 ? Infinity : count;
  throw new UsageError(`--max-problems is ${quote(given)}; expected a number, 0 for all`);
}

/** The one that was meant; throws a `UsageError` that lists them if it is none. */
export function oneOf<T extends string>(name: string, given: string, known: readonly T[]): T {
  const found = known.find((each) => each === given);
  if (found !== undefined) return found;
  throw new UsageError(`${name} is ${quote(given)}; expected ${listOf(known)}`);
}
