import type { ContractProblem, OperationId } from './contract/contract.ts';
import type { SurfaceName } from './surface.ts';

/** How a request went, as far as it has gone. */
export interface Outcome {
  operation: OperationId | undefined;
  /** What the contract has against it. */
  problems: readonly ContractProblem[];
  /** Whether the operation was done, whatever was answered. */
  isDone: boolean;
  /** Of the answer; undefined where there was none, or half of one. */
  status: number | undefined;
}

/** A request as the service saw it: no header, no key and nothing of its body. */
export interface LoggedRequest extends Readonly<Outcome> {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly surface: SurfaceName;
}

const keptRequests = 10_000;

/** What was asked lately, in the order in which it came, and how it went. */
export class RequestLog {
  readonly #requests: (Omit<LoggedRequest, keyof Outcome> & Outcome)[] = [];

  get all(): readonly LoggedRequest[] {
    return this.#requests.map((request) => ({ ...request }));
  }

  /** Gives the place to write down how it goes. */
  open(request: Omit<LoggedRequest, keyof Outcome>): Outcome {
    const logged = {
      ...request,
      operation: undefined,
      problems: [],
      isDone: false,
      status: undefined,
    };
    this.#requests.push(logged);
    if (this.#requests.length > keptRequests) this.#requests.shift();
    return logged;
  }
}
