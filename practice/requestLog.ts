import type { ContractProblem, OperationId } from './contract/contract.ts';
import type { SurfaceName } from './surface.ts';

/** A request as the service saw it: no header, no key and nothing of its body. */
export interface LoggedRequest {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly surface: SurfaceName | undefined;
  readonly operation: OperationId | undefined;
  /** What the contract has against it. */
  readonly problems: readonly ContractProblem[];
  /** Whether the operation was done, whatever was answered. */
  readonly isDone: boolean;
  /** Of the answer; undefined where there was none, or half of one. */
  readonly status: number | undefined;
}

const keptRequests = 10_000;

/** What was asked lately, and how it went. */
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];

  get all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  add(request: LoggedRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > keptRequests) this.#requests.shift();
  }
}
