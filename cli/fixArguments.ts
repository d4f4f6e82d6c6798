import { parseArgs } from 'node:util';
import type { CheckOptions } from '../core/check/options.ts';
import { providers } from '../core/profile/profile.ts';
import { modelNames } from '../core/profile/profiles.ts';
import { readConversion, type ConversionArguments } from './convert/conversionArguments.ts';
import { oneOf, ruleIds, standardInput, toUsageError } from './arguments.ts';
import { UsageError } from './io.ts';

/** What `fix` is to do. */
export interface FixArguments {
  /** As given. */
  readonly input: string;
  /** As given; undefined in place, or where nothing is written. */
  readonly output: string | undefined;
  readonly isInPlace: boolean;
  readonly isDryRun: boolean;
  /** Rules whose first fix is applied; without any, what is certain. */
  readonly rules: readonly string[];
  /** How images are repaired; undefined where records are. */
  readonly images: ImageArguments | undefined;
  /** What becomes of images instead of a repair. */
  readonly conversion: ConversionArguments | undefined;
  readonly options: CheckOptions;
}

/** What `--images` is to do. */
export interface ImageArguments {
  readonly isLossless: boolean;
  readonly turnsUpright: boolean;
}

/** Throws a `UsageError` that names the first argument it cannot use, and what it expected. */
export function readFixArguments(args: readonly string[]): FixArguments {
  const { values, positionals } = parse(args);
  const [input, ...others] = positionals;
  if (input === undefined) throw new UsageError('no file given; name the file to repair');
  if (others.length > 0) throw new UsageError('more than one file given; expected one');
  if (input === '') throw new UsageError('the name of the file is empty');
  if (input === standardInput)
    throw new UsageError('standard input (-) cannot be repaired; name a file');
  const { output, profile, model, rule = [] } = values;
  const isInPlace = values['in-place'] ?? false;
  const isDryRun = values['dry-run'] ?? false;
  if (output === '') throw new UsageError('the name of --output is empty');
  if (output === standardInput) throw new UsageError('--output is -; expected the name of a file');
  if (output !== undefined && isInPlace) {
    throw new UsageError('--output and --in-place are given; expected one of them');
  }
  if (output === undefined && !isInPlace && !isDryRun) {
    throw new UsageError('nowhere to write; expected --output FILE, --in-place or --dry-run');
  }
  return {
    input,
    output,
    isInPlace,
    isDryRun,
    images: readImages(values),
    conversion: readConversion(values),
    rules: rule.map((each) => oneOf('--rule', each, ruleIds)),
    options: {
      ...(profile !== undefined && { profile: oneOf('--profile', profile, providers) }),
      ...(model !== undefined && { model: oneOf('--model', model, modelNames) }),
    },
  };
}

function readImages(given: {
  readonly images?: boolean | undefined;
  readonly lossless?: boolean | undefined;
  readonly upright?: boolean | undefined;
}): ImageArguments | undefined {
  const { images, lossless = false, upright = false } = given;
  if (images) return { isLossless: lossless, turnsUpright: upright };
  const alone = [lossless && '--lossless', upright && '--upright'].find(Boolean);
  if (alone) throw new UsageError(`${alone} is for --images, which is not given`);
  return undefined;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        output: { type: 'string', short: 'o' },
        'in-place': { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        images: { type: 'boolean' },
        lossless: { type: 'boolean' },
        upright: { type: 'boolean' },
        extract: { type: 'string' },
        base: { type: 'string' },
        embed: { type: 'string' },
        'embed-web': { type: 'boolean' },
        'allow-http': { type: 'boolean' },
        rule: { type: 'string', multiple: true },
        profile: { type: 'string' },
        model: { type: 'string' },
      },
    });
  } catch (error) {
    throw toUsageError(error, 'fix');
  }
}
