import { parseArgs } from 'node:util';
import { providers, type Provider } from '../core/profile/profile.ts';
import { quote } from '../core/text/quote.ts';
import { loadPractice } from '../practice/loadPractice.ts';
import type { PracticeService, SurfaceName } from '../practice/practice.ts';
import { oneOf, toUsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { complain } from './complain.ts';
import { UsageError, type ExitStatus, type Io } from './io.ts';
import { Output } from './output.ts';
import { createPaint, wantsColor, type Paint } from './style.ts';
import { describeSystemError, isSystemError } from './systemError.ts';

export const practice: Command = {
  name: 'practice',
  summary: 'starts a fine-tuning service on this machine, to try things with',
  help: `Usage: vision-finetune practice [options]

Starts a service on 127.0.0.1 that takes files and jobs as OpenAI and Azure OpenAI
do, and refuses what they refuse. It trains nothing, costs nothing and asks nobody.
All that it was sent is gone when Ctrl+C ends it.

Options:
  --port N         where it listens (default: any that is free)
  --speed X        how many times as fast as half a minute a job is (default: 1)
  --provider NAME  ${providers.join(', ')} (default: both)
  --json           print the addresses and the key as one line of JSON
  --help           print this

Exit status: 0 when it was ended, or 2 for unusable arguments or a port in use.
`,
  run: serve,
};

interface PracticeArguments {
  readonly port: number;
  readonly speed: number;
  readonly provider: Provider | undefined;
  readonly isJson: boolean;
}

async function serve(args: readonly string[], io: Io): Promise<ExitStatus> {
  const given = readArguments(args);
  const service = await start(given, io);
  const interrupted = new Promise<void>((resolve) => {
    io.onInterrupt(() => {
      resolve();
      return 'wait';
    });
  });
  try {
    const paint = createPaint(wantsColor(io));
    await new Output(io.stdout).write([given.isJson ? asJson(service) : asText(service, paint)]);
    await interrupted;
  } finally {
    await service.stop();
  }
  return 0;
}

async function start(
  { port, speed, provider }: PracticeArguments,
  io: Io,
): Promise<PracticeService> {
  try {
    return await loadPractice().PracticeService.start({
      port,
      speed,
      provider,
      onError: (error) => complain(io, `internal error: ${String(error)}`),
    });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`cannot listen on port ${port}: ${describeSystemError(error)}`);
  }
}

function readArguments(args: readonly string[]): PracticeArguments {
  const { port, speed, provider, json } = parse(args);
  return {
    port: port === undefined ? 0 : readPort(port),
    speed: speed === undefined ? 1 : readSpeed(speed),
    provider: provider === undefined ? undefined : oneOf('--provider', provider, providers),
    isJson: json ?? false,
  };
}

function parse(args: readonly string[]) {
  const options = {
    port: { type: 'string' },
    speed: { type: 'string' },
    provider: { type: 'string' },
    json: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw toUsageError(error, 'practice');
  }
}

function readPort(given: string): number {
  const port = /^\d{1,5}$/.test(given) ? Number(given) : NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`--port is ${quote(given)}; expected a number up to 65535`);
}

/** From a job of an hour to one of a few milliseconds. */
function readSpeed(given: string): number {
  const speed = /^\d+(?:\.\d+)?$/.test(given) ? Number(given) : NaN;
  if (speed >= 0.01 && speed <= 10_000) return speed;
  throw new UsageError(`--speed is ${quote(given)}; expected a number from 0.01 to 10000`);
}

const surfaceTitles: Readonly<Record<SurfaceName, string>> = {
  openai: 'OpenAI',
  'azure-v1': 'Azure OpenAI',
  'azure-dated': 'Azure OpenAI, with api-version',
};

function asText({ addresses, key }: PracticeService, paint: Paint): string {
  const surfaces = Object.entries(addresses) as [SurfaceName, string][];
  const lines = [
    ...surfaces.map(([name, address]) => [surfaceTitles[name], address]),
    ['Key', key],
  ];
  const table = lines.map(
    ([title = '', value = '']) => `  ${paint('dim', title.padEnd(30))}  ${value}`,
  );
  return `${paint('bold', 'Practice service: trains nothing, costs nothing, asks nobody')}\n${table.join('\n')}\nCtrl+C ends it.\n`;
}

function asJson({ origin, addresses, key }: PracticeService): string {
  return `${JSON.stringify({ version: 1, origin, addresses, key })}\n`;
}
