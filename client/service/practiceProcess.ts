import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseEndpoint, type Endpoint } from '../../core/service/endpoint.ts';
import { fieldsOf, textOf } from '../../core/service/wire.ts';

/** Where the practice service listens, and the key that it takes. */
export interface PracticeAddress {
  readonly endpoints: readonly Endpoint[];
  readonly key: string;
}

/** How long it may take to start, in milliseconds: half a second was measured. */
const patience = 20_000;

/** The practice service as a child of this window: it ends with it. */
export class PracticeProcess {
  readonly #script: string;
  #child: ChildProcess | undefined;
  #address: Promise<PracticeAddress> | undefined;

  /** `script`: path of `dist/cli.js`. Starts nothing. */
  constructor(script: string) {
    this.#script = script;
  }

  /** Starts it unless it is running. Rejects where it did not start. */
  start(): Promise<PracticeAddress> {
    this.#address ??= this.#spawn().catch((error: unknown) => {
      this.dispose();
      throw error;
    });
    return this.#address;
  }

  dispose(): void {
    this.#child?.kill();
    this.#child = undefined;
    this.#address = undefined;
  }

  async #spawn(): Promise<PracticeAddress> {
    // In VS Code the program that runs this is Electron, which acts as Node.js when told so.
    const child = spawn(process.execPath, [this.#script, 'practice', '--json'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#child = child;
    child.once('exit', () => {
      if (this.#child === child) this.dispose();
    });
    const line = await Promise.race([firstLine(child), failure(child)]);
    const address = readAddress(line);
    if (address) return address;
    throw new Error('The practice service did not start.');
  }
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) return '';
  const lines = createInterface({ input: stdout });
  const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(patience) })) as [string];
  return line;
}

async function failure(child: ChildProcess): Promise<never> {
  const [cause] = (await Promise.race([
    once(child, 'exit').then(([status]) => [`it ended with status ${String(status)}`]),
    once(child, 'error').then(([error]) => [String(error)]),
  ])) as [string];
  throw new Error(`The practice service did not start: ${cause}.`);
}

/** `{"version":1,"origin":"http://127.0.0.1:49152","addresses":{"openai":"…/v1"},"key":"practice-…"}` */
export function readAddress(line: string): PracticeAddress | undefined {
  const fields = fieldsOf(parse(line));
  const key = textOf(fields['key']);
  const { openai, 'azure-v1': azure } = fieldsOf(fields['addresses']);
  const endpoints = [
    parseEndpoint(textOf(azure) ?? '', 'azure'),
    parseEndpoint(textOf(openai) ?? '', 'openai'),
  ].flatMap((each) => ('problem' in each ? [] : [each]));
  return key === undefined || endpoints.length === 0 ? undefined : { endpoints, key };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
