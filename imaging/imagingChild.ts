import { fork, type ChildProcess } from 'node:child_process';
import { ImagingError } from './imagingError.ts';
import type { ImagingAnswer, ImagingRequest } from './protocol.ts';

type Result = Extract<ImagingAnswer, { kind: 'done' }>['result'];

/** Where the answer to the request at hand goes. */
interface Asker {
  readonly id: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: ImagingError) => void;
}

/** One life of the image process, from its start to its end. It has one request at a time. */
export class ImagingChild {
  readonly #child: ChildProcess;
  #asker: Asker | undefined;
  #isOver = false;

  /** `execPath` runs `script`: Node.js, or Electron, which is told to be Node.js. */
  constructor(script: string, execPath: string) {
    this.#child = fork(script, [], {
      execPath,
      // Not those of a debugger or a test runner, that this process may have.
      execArgv: [],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (answer: ImagingAnswer) => this.#receive(answer));
    this.#child.on('error', (error) => this.end(`the image process failed: ${error.message}`));
    this.#child.on('exit', (code, signal) => {
      this.end(`the image process broke down (${signal ?? `status ${code ?? 'unknown'}`})`);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether it takes no more requests. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Rejects with an `ImagingError` where there is no result. */
  run(request: ImagingRequest): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#asker = { id: request.id, resolve, reject };
      this.#child.ref();
      this.#child.channel?.ref();
      // Why it could not be sent is told better by how the process ends, which follows.
      this.#child.send(request, () => undefined);
    });
  }

  /** With nothing to do it does not keep this process from ending. */
  rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  /** Ends it at once; who waits for an answer is told why. Does nothing the second time. */
  end(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#child.kill('SIGKILL');
    this.rest();
    this.#take()?.reject(new ImagingError(reason));
  }

  #receive(answer: ImagingAnswer): void {
    if (answer.id !== this.#asker?.id) return;
    switch (answer.kind) {
      case 'done':
        this.#take()?.resolve(answer.result);
        if (answer.isLast) this.end(isSpent);
        break;
      case 'failed':
        this.#take()?.reject(new ImagingError(answer.reason));
        if (answer.isLast) this.end(isSpent);
        break;
      case 'exhausted':
        this.end(answer.reason);
    }
  }

  #take(): Asker | undefined {
    const asker = this.#asker;
    this.#asker = undefined;
    return asker;
  }
}

/** Nobody waits for an answer then. */
const isSpent = 'it holds too much memory for another picture';
