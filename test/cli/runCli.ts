import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import type { TestContext } from 'node:test';
import type { ExitStatus, Io } from '../../cli/io.ts';
import { run } from '../../cli/run.ts';

export interface CliResult {
  readonly status: ExitStatus;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions extends Partial<Omit<Io, 'stdin'>> {
  /** What standard input gives, a chunk each. */
  readonly stdin?: readonly (string | Uint8Array)[] | AsyncIterable<Uint8Array>;
}

/** Runs the command line as a process would, in a folder and with streams of its own; no terminal unless told. */
export async function runCli(
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  const stdout = new CollectedText();
  const stderr = new CollectedText();
  const { stdin = [], ...io } = options;
  const status = await run(args, {
    stdin: Symbol.asyncIterator in stdin ? stdin : chunksOf(stdin),
    stdout,
    stderr,
    isTerminal: { stdout: false, stderr: false },
    columns: 80,
    env: {},
    cwd: tmpdir(),
    today: '2026-11-21',
    now: () => 0,
    onInterrupt: () => () => undefined,
    ...io,
  });
  return { status, stdout: stdout.text, stderr: stderr.text };
}

/** A folder with these files (paths with slashes), gone when the test is over. */
export async function makeFolder(
  test: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vision-finetune-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    const full = join(folder, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, content);
  }
  return folder;
}

/** Checks one file of these bytes and gives the JSON report of it. */
export async function checkBytes(
  test: TestContext,
  content: string | Uint8Array,
  { name = 'train.jsonl', args = [] as readonly string[] } = {},
): Promise<ReportedFile> {
  const cwd = await makeFolder(test, { [name]: content });
  const { stdout } = await runCli(['check', name, '--format', 'json', ...args], { cwd });
  const { files } = JSON.parse(stdout) as Report;
  const [file] = files;
  if (!file) throw new Error(`No file in ${stdout}`);
  return file;
}

/** `rule line:column`, of each finding. */
export function places({ findings }: ReportedFile): string[] {
  return findings.map(({ rule, line, column }) => `${rule} ${line}:${column}`);
}

/** The document that `--format json` prints. */
export interface Report {
  readonly version: number;
  readonly profile: string;
  readonly model: string;
  readonly limitsOf: string;
  readonly files: readonly ReportedFile[];
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
}

export interface ReportedFile {
  readonly path: string;
  readonly config?: string;
  readonly profile?: string;
  readonly model?: string;
  readonly records: number;
  readonly imageExamples: number;
  readonly images: number;
  readonly bytes: number;
  readonly counts: Readonly<Record<'error' | 'warning' | 'info' | 'hint', number>>;
  readonly fixable: number;
  readonly findings: readonly ReportedFinding[];
}

export interface ReportedFinding {
  readonly rule: string;
  readonly severity: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
}

class CollectedText extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* chunksOf(chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}
