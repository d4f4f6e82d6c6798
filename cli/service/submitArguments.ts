import { parseArgs } from 'node:util';
import { trainingTiers, type TrainingTier } from '../../core/service/surfaces.ts';
import type { JobWishes } from '../../core/service/journal.ts';
import { quote } from '../../core/text/quote.ts';
import { oneOf, toUsageError } from '../arguments.ts';
import { UsageError } from '../io.ts';
import {
  connectionHelp,
  connectionOptions,
  keyHelp,
  type ConnectionArguments,
} from './connection.ts';

/** What `submit` is to do. */
export interface SubmitArguments {
  /** As given. */
  readonly file: string;
  readonly validation: string | undefined;
  readonly connection: ConnectionArguments;
  readonly wishes: Partial<JobWishes>;
  /** Whether another job is made of what was submitted already. */
  readonly isAgain: boolean;
  /** Whether nobody is asked. */
  readonly isAgreed: boolean;
  readonly isWatched: boolean;
  readonly isJson: boolean;
}

export const submitHelp = `Usage: vision-finetune submit FILE [options]

Checks a training file, uploads it and starts a fine-tuning job with it, once:
run again after whatever went wrong, it goes on where it stopped, and where a
job may have been started it looks for that one.

Options:
  --validation FILE       the file that the job is validated with
${connectionHelp}
  --model NAME            (default: the first that the provider names)
  --epochs N              1 to 50
  --batch-size N          1 to 256
  --learning-rate-multiplier X
  --seed N                0 to 2147483647
  --suffix TEXT           becomes part of the name of the tuned model
  --tier NAME             Azure: ${trainingTiers.join(', ')}
                          (default: globalStandard)
  --again                 start another job although there is one of the same
                          files and wishes
  --yes                   do not ask before anything is sent
  --watch                 follow the job to its end
  --json                  print the result as one line of JSON
  --help                  print this

${keyHelp}
A vision-finetune.json beside the file, or in a folder above it, may set
"profile", "model", "epochs", and under "job" "batchSize", "seed", "suffix",
"learningRateMultiplier" and "tier"; options given here win.

Ctrl+C stops an upload, which a later run goes on with; pressed again, it
cancels the upload at the service.

Exit status: 0 there is a job (with --watch: it succeeded), 1 the file has
errors, the run was stopped or the job failed, 2 unusable arguments, or the
service did not do what it was asked.
`;

/** Throws a `UsageError` that names the first argument it cannot use, and what it expected. */
export function readSubmitArguments(args: readonly string[]): SubmitArguments {
  const { values, positionals } = parse(args);
  const { validation, provider, endpoint, again, yes, watch, json } = values;
  return {
    file: readFileName(positionals),
    validation: validation === undefined ? undefined : assertRecords(validation),
    connection: { provider, endpoint },
    wishes: readWishes(values),
    isAgain: again ?? false,
    isAgreed: yes ?? false,
    isWatched: watch ?? false,
    isJson: json ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...connectionOptions,
        validation: { type: 'string' },
        model: { type: 'string' },
        epochs: { type: 'string' },
        'batch-size': { type: 'string' },
        'learning-rate-multiplier': { type: 'string' },
        seed: { type: 'string' },
        suffix: { type: 'string' },
        tier: { type: 'string' },
        again: { type: 'boolean' },
        yes: { type: 'boolean' },
        watch: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw toUsageError(error, 'submit');
  }
}

function readFileName(positionals: readonly string[]): string {
  const [file, ...others] = positionals;
  if (file === undefined) throw new UsageError('no file given; name the training file');
  if (others.length > 0) {
    throw new UsageError(
      `submit takes one training file, not ${positionals.length}; name another with --validation`,
    );
  }
  return assertRecords(file);
}

/** What is checked, hashed and sent is read through one handle: it has to be a file. */
function assertRecords(file: string): string {
  if (file === '') throw new UsageError('the name of a file is empty');
  if (file === '-') throw new UsageError('submit sends files, and standard input (-) is none');
  if (!file.toLowerCase().endsWith('.json')) return file;
  throw new UsageError(`${quote(file)} is one record; submit takes a file with one on each line`);
}

type Values = ReturnType<typeof parse>['values'];

function readWishes(values: Values): Partial<JobWishes> {
  const epochs = readNumber('--epochs', values.epochs);
  const batchSize = readNumber('--batch-size', values['batch-size']);
  const multiplier = readNumber('--learning-rate-multiplier', values['learning-rate-multiplier']);
  const seed = readNumber('--seed', values.seed);
  const { model, suffix, tier } = values;
  return {
    ...(model !== undefined && { model: assertModel(model) }),
    ...(epochs !== undefined && { epochs }),
    ...(batchSize !== undefined && { batchSize }),
    ...(multiplier !== undefined && { learningRateMultiplier: multiplier }),
    ...(seed !== undefined && { seed }),
    ...(suffix !== undefined && { suffix }),
    ...(tier !== undefined && { tier: readTier('--tier', tier) }),
  };
}

/** A tuned model can be trained further, so there are more names than we know. */
function assertModel(model: string): string {
  if (model.trim() !== '') return model;
  throw new UsageError('--model is empty; expected the name of a model');
}

export function readTier(name: string, given: string): TrainingTier {
  return oneOf(name, given, trainingTiers);
}

/** Its range is for `problemOfWishes` to judge. */
function readNumber(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const number = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(given) ? Number(given) : NaN;
  if (Number.isFinite(number)) return number;
  throw new UsageError(`${name} is ${quote(given)}; expected a number`);
}
