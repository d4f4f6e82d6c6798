import packageJson from '../package.json' with { type: 'json' };
import { makeVisible } from '../core/text/quote.ts';
import { check } from './check.ts';
import { complain } from './complain.ts';
import { fix } from './fix.ts';
import { jobs } from './jobs.ts';
import type { Command } from './command.ts';
import { practice } from './practice.ts';
import { profiles } from './profiles.ts';
import { stats } from './stats.ts';
import { submit } from './submit.ts';
import { UsageError, type ExitStatus, type Io } from './io.ts';
import { Output } from './output.ts';
import { redactedIo } from './redactedIo.ts';

/** Every command there is. */
const commands: readonly Command[] = [check, fix, jobs, practice, profiles, stats, submit];

const names = commands.map(({ name }) => name).join(', ');

const help = `Usage: vision-finetune COMMAND …

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(9)}${summary}`).join('\n')}

More of a command: vision-finetune COMMAND --help
The version: vision-finetune --version
`;

/** The command line from arguments to exit status. Never rejects: what goes wrong is one line on standard error. */
export async function run(args: readonly string[], process: Io): Promise<ExitStatus> {
  const io = redactedIo(process);
  // There is nobody left to tell that standard error is gone.
  io.stderr.on('error', () => undefined);
  try {
    return await dispatch(args, io);
  } catch (error) {
    if (error instanceof UsageError) complain(io, error.message);
    else complainOfFault(io, error);
    return 2;
  }
}

async function dispatch(args: readonly string[], io: Io): Promise<ExitStatus> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h') return print(help, io);
  if (name === '--version') return print(`${packageJson.version}\n`, io);
  if (name === undefined) throw new UsageError(`no command given; expected ${names} or --help`);
  if (name.startsWith('-')) throw new UsageError(describeMisplaced(name));
  const command = commands.find((each) => each.name === name);
  if (!command) throw new UsageError(`${name} is not a command; expected ${names} or --help`);
  return asksForHelp(rest) ? print(command.help, io) : command.run(rest, io);
}

/** With the command that was most likely meant. */
function describeMisplaced(option: string): string {
  return `options come after the command: check … ${option}`;
}

/** What stands after `--` are names of files. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

async function print(text: string, io: Io): Promise<ExitStatus> {
  await new Output(io.stdout).write([text]);
  return 0;
}

function complainOfFault(io: Io, error: unknown): void {
  complain(io, `internal error: ${error instanceof Error ? error.message : String(error)}`);
  if (io.env['VISION_FINETUNE_DEBUG'] && error instanceof Error) {
    io.stderr.write(`${makeVisible(error.stack ?? '').replaceAll('\\u000a', '\n')}\n`);
  }
}
