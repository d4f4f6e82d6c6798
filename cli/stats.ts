import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeStatistics } from '../core/check/describeStatistics.ts';
import { FileStatistics } from '../core/check/fileStatistics.ts';
import type { CheckOptions } from '../core/check/options.ts';
import type { Statistics } from '../core/check/statistics.ts';
import { providers } from '../core/profile/profile.ts';
import { modelNames } from '../core/profile/profiles.ts';
import { makeVisible, quote } from '../core/text/quote.ts';
import { oneOf, standardInput, toUsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { complain } from './complain.ts';
import { Contexts } from './contexts.ts';
import { UsageError, type ExitStatus, type Io } from './io.ts';
import { Output } from './output.ts';
import { Progress } from './progress.ts';
import {
  chunkLength,
  tellsNoText,
  withFile,
  withStream,
  type OpenedFile,
  type Unreadable,
} from './readFile.ts';
import { createPaint, wantsColor } from './style.ts';

const formats = ['human', 'json'] as const;

export const stats: Command = {
  name: 'stats',
  summary: 'counts images, tokens and what training costs',
  help: `Usage: vision-finetune stats FILE [options]

Counts the records, images and tokens of a training file, and what training on
it costs where that is documented. A FILE that is - is standard input.

Options:
  --profile NAME  whose limits and prices count: ${providers.join(', ')}
                  (default: azure)
  --model NAME    ${modelNames.join(', ')}
                  (default: the first that the provider names)
  --epochs N      how often the job goes over the file
                  (default: as the provider chooses, where that is documented)
  --format NAME   ${formats.join(', ')} (default: human)
  --help          print this

A vision-finetune.json beside the file, or in a folder above it, may set
"profile", "model", "limits" and "epochs"; options given here win.

Exit status: 0, or 2 for unusable arguments or a file that cannot be read.
`,
  run: count,
};

interface StatsArguments {
  readonly file: string;
  readonly options: CheckOptions;
  readonly format: (typeof formats)[number];
}

async function count(args: readonly string[], io: Io): Promise<ExitStatus> {
  const { file, options, format } = readArguments(args);
  const name = file === standardInput ? '<stdin>' : file;
  const statistics = await countFile(file, name, options, io);
  if ('reason' in statistics) {
    complain(io, `${name}: ${statistics.reason}`);
    return 2;
  }
  const text = format === 'json' ? asJson(name, statistics) : asText(name, statistics, io);
  await new Output(io.stdout).write([text].flat());
  return 0;
}

function readArguments(args: readonly string[]): StatsArguments {
  const { values, positionals } = parse(args);
  const [file, ...others] = positionals;
  if (file === undefined) throw new UsageError('no file given; name one, or - for standard input');
  if (file === '') throw new UsageError('the name of the file is empty');
  if (others.length > 0) throw new UsageError(`stats takes one file, not ${positionals.length}`);
  if (file.toLowerCase().endsWith('.json')) {
    throw new UsageError(`${quote(file)} is one record; stats takes a file with one on each line`);
  }
  const { profile, model, epochs } = values;
  return {
    file,
    options: {
      ...(profile !== undefined && { profile: oneOf('--profile', profile, providers) }),
      ...(model !== undefined && { model: oneOf('--model', model, modelNames) }),
      ...(epochs !== undefined && { epochs: readEpochs(epochs) }),
    },
    format: oneOf('--format', values.format ?? 'human', formats),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        profile: { type: 'string' },
        model: { type: 'string' },
        epochs: { type: 'string' },
        format: { type: 'string' },
      },
    });
  } catch (error) {
    throw toUsageError(error, 'stats');
  }
}

function readEpochs(given: string): number {
  const epochs = /^\d+$/.test(given) ? Number(given) : 0;
  if (Number.isSafeInteger(epochs) && epochs > 0) return epochs;
  throw new UsageError(`--epochs is ${quote(given)}; expected a whole number from 1`);
}

async function countFile(
  file: string,
  name: string,
  options: CheckOptions,
  io: Io,
): Promise<Statistics | Unreadable> {
  const path = file === standardInput ? undefined : resolve(io.cwd, file);
  const contexts = new Contexts(options, io);
  const context = contexts.of(path === undefined ? io.cwd : dirname(path));
  for (const warning of contexts.warnings) complain(io, warning);
  if ('reason' in context) return context;
  const progress = new Progress(io);
  const read = async ({ size, chunks, reread }: OpenedFile): Promise<Statistics | Unreadable> => {
    const counting = new FileStatistics(context, reread);
    let bytes = 0;
    for await (const chunk of chunks) {
      const reason = bytes === 0 ? tellsNoText(chunk) : undefined;
      if (reason !== undefined) return { reason };
      counting.read(chunk);
      bytes += chunk.length;
      progress.show({ name, bytes, size, records: counting.records });
    }
    return bytes === 0 ? { reason: 'is empty' } : counting.finish();
  };
  const statistics =
    path === undefined
      ? await withStream(io.stdin, read)
      : await withFile(path, new Uint8Array(chunkLength), read);
  progress.erase();
  return statistics;
}

function asJson(name: string, statistics: Statistics): string {
  return `${JSON.stringify({ version: 1, path: name, ...statistics }, undefined, 2)}\n`;
}

/** A table of two columns under the name of the file. */
function asText(name: string, statistics: Statistics, io: Io): string[] {
  const paint = createPaint(wantsColor(io));
  return [
    `${paint('bold', makeVisible(name))}\n`,
    ...describeStatistics(statistics).map(
      ([label, value]) => `  ${paint('dim', label)}  ${value}\n`,
    ),
    `${statistics.providerName} · ${statistics.model}\n`,
  ];
}
