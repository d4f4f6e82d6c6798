import { levels, type Level } from '../finding/finding.ts';
import { providers, type LimitName, type ModelName, type Provider } from '../profile/profile.ts';
import { checkedLimitNames } from '../profile/limits.ts';
import { modelNames } from '../profile/profiles.ts';
import { rules } from '../rules/index.ts';
import { quote } from '../text/quote.ts';
import { jobOptionTypes, readJobOption, type JobOptions } from './jobOptions.ts';

/** What a user may decide, the same in settings, in `vision-finetune.json` and as flags. Absent is not decided. */
export interface CheckOptions {
  readonly profile?: Provider;
  readonly model?: ModelName;
  /** By rule id. */
  readonly severities?: Readonly<Record<string, Level>>;
  readonly limits?: Readonly<Partial<Record<LimitName, number>>>;
  /** How often a job goes over the file. */
  readonly epochs?: number;
  /** Other wishes of a job. */
  readonly job?: JobOptions;
}

export interface ReadOptions {
  readonly options: CheckOptions;
  /** What was not understood and is left out, a sentence each. */
  readonly ignored: readonly string[];
}

/** Reads options from anything at all. Null stands for "not decided", unknown keys and values are left out and named. */
export function readOptions(given: unknown): ReadOptions {
  if (!isObject(given)) {
    return { options: {}, ignored: [`Options are ${describe(given)}; expected an object.`] };
  }
  const ignored: string[] = [];
  const options: { -readonly [K in keyof CheckOptions]: CheckOptions[K] } = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue;
    switch (key) {
      case 'profile':
        assign('profile', oneOf(value, providers));
        break;
      case 'model':
        assign('model', oneOf(value, modelNames));
        break;
      case 'severities':
        options.severities = readEntries(value, severityEntries, ignored);
        break;
      case 'limits':
        options.limits = readEntries(value, limitEntries, ignored);
        break;
      case 'job':
        options.job = readEntries(value, jobEntries, ignored);
        break;
      case '$schema':
        // For editors.
        break;
      case 'epochs':
        assign('epochs', positiveInteger(value));
        break;
      default:
        ignored.push(`${quote(key)} is not an option.`);
    }

    function assign<K extends 'profile' | 'model' | 'epochs'>(
      name: K,
      read: CheckOptions[K],
    ): void {
      if (read !== undefined) options[name] = read;
      else ignored.push(`${quote(name)} is ${describe(value)}; expected ${expectedOf[name]}.`);
    }
  }
  return { options, ignored };
}

const expectedOf = {
  profile: listOf(providers),
  model: listOf(modelNames),
  epochs: 'a whole number from 1',
};
/** An object of options by name. */
interface Entries<T> {
  readonly name: string;
  readonly keys: readonly string[];
  /** What a key that is none of these is not. */
  readonly unknown: string;
  readonly read: (key: string, value: unknown) => T | undefined;
  readonly expected: (key: string) => string;
}

const severityEntries: Entries<Level> = {
  name: 'severities',
  keys: rules.map((rule) => rule.id),
  unknown: 'is not a rule',
  read: (_, value) => oneOf(value, levels),
  expected: () => listOf(levels),
};

const limitEntries: Entries<number> = {
  name: 'limits',
  keys: checkedLimitNames,
  unknown: `is not a limit; expected ${listOf(checkedLimitNames)}`,
  read: (_, value) => positiveInteger(value),
  expected: () => 'a whole number from 1',
};

const jobEntries: Entries<number | string> = {
  name: 'job',
  keys: Object.keys(jobOptionTypes),
  unknown: `is not an option of a job; expected ${listOf(Object.keys(jobOptionTypes))}`,
  read: readJobOption,
  expected: (key) => `a ${jobOptionTypes[key as keyof JobOptions]}`,
};

function readEntries<T>(
  given: unknown,
  { name, keys, unknown, read, expected }: Entries<T>,
  ignored: string[],
): Record<string, T> {
  // No prototype: a file may well have a key "__proto__".
  const entries = Object.create(null) as Record<string, T>;
  if (!isObject(given)) {
    ignored.push(`${quote(name)} is ${describe(given)}; expected an object.`);
    return entries;
  }
  for (const [key, value] of Object.entries(given)) {
    if (value === null) continue;
    const path = quote(`${name}.${key}`);
    const known = read(key, value);
    if (!keys.includes(key)) ignored.push(`${path} ${unknown}.`);
    else if (known === undefined)
      ignored.push(`${path} is ${describe(value)}; expected ${expected(key)}.`);
    else entries[key] = known;
  }
  return entries;
}

function oneOf<T extends string>(value: unknown, known: readonly T[]): T | undefined {
  return known.find((each) => each === value);
}

function positiveInteger(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in a sentence: strings in quotes, numbers as they are, and of what is larger only its type. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null)
    return String(value);
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value;
}

export function listOf(words: readonly string[]): string {
  return words.length < 2
    ? words.join()
    : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
