import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  PracticeService,
  type PracticeOptions,
  type SurfaceName,
} from '../../practice/practice.ts';
import { Journal, type Submission } from '../../core/service/journal.ts';
import { fieldsOf, listOf } from '../../core/service/wire.ts';
import { withSoundRecords } from '../helpers/trainingText.ts';
import { hastyClock } from '../service/practiceBench.ts';
import { makeFolder, runCli, type CliOptions, type CliResult } from './runCli.ts';

/** A practice service, a folder with a training file, and a command line that knows of both. */
export class ServiceDesk {
  readonly service: PracticeService;
  readonly folder: string;

  private constructor(service: PracticeService, folder: string) {
    this.service = service;
    this.folder = folder;
  }

  static async open(
    test: TestContext,
    files: Readonly<Record<string, string>> = {},
    options: PracticeOptions = {},
  ): Promise<ServiceDesk> {
    const folder = await makeFolder(test, { 'train.jsonl': withSoundRecords(), ...files });
    const service = await PracticeService.start({ speed: 1000, ...options });
    test.after(async () => service.stop());
    return new ServiceDesk(service, folder);
  }

  /** What the environment of a person holds. */
  env(surface: SurfaceName = 'openai'): Record<string, string> {
    const { key, addresses } = this.service;
    const address = addresses[surface] ?? '';
    const state = { XDG_STATE_HOME: join(this.folder, 'state') };
    if (surface === 'openai') return { ...state, OPENAI_BASE_URL: address, OPENAI_API_KEY: key };
    return {
      ...state,
      AZURE_OPENAI_ENDPOINT: address,
      AZURE_OPENAI_API_KEY: key,
      ...(surface === 'azure-dated' && { OPENAI_API_VERSION: '2025-04-01-preview' }),
    };
  }

  async run(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
    return runCli(args, {
      cwd: this.folder,
      env: this.env(),
      service: { clock: hastyClock, random: () => 0, patience: 2000 },
      ...options,
    });
  }

  /** Submits the training file without a question, and gives what was printed as JSON. */
  async submit(args: readonly string[] = [], options?: CliOptions): Promise<Submitted> {
    const all = ['submit', 'train.jsonl', '--yes', '--json', ...args];
    const { stdout, stderr } = await this.run(all, options);
    if (!stdout.startsWith('{')) throw new Error(stderr);
    return JSON.parse(stdout) as Submitted;
  }

  get journal(): Journal {
    return new Journal(join(this.folder, 'state', 'vision-finetune', 'submissions'));
  }

  /** How often the service carried out an operation, whatever it answered. */
  done(operation: string): number {
    return this.service.requests.filter((each) => each.operation === operation && each.isDone)
      .length;
  }

  /** How many jobs there are at the service. */
  async jobs(): Promise<number> {
    const { stdout } = await this.run(['jobs', 'list', '--json']);
    return listOf(fieldsOf(JSON.parse(stdout))['jobs']).length;
  }
}

export interface Submitted {
  readonly outcome?: 'created' | 'found';
  readonly jobId?: string;
  readonly submission?: Submission;
  readonly error?: { readonly kind: string; readonly outcome: string; readonly message: string };
}
