import type { OperationId } from './contract/contract.ts';
import type { KnownRefusal } from './refusal.ts';

/**
 * Something that goes wrong because somebody asked for it. `arrival`: before anything is done. `body`: after so many
 * bytes of the request's body. `reply`: when all is done, in place of the answer.
 */
export interface Fault {
  /** The operation that it happens to; any where it is left out. */
  readonly operation?: OperationId;
  readonly moment: 'arrival' | 'body' | 'reply';
  /** Of the moment `body`: how many bytes are taken first. 0 by default. */
  readonly afterBytes?: number;
  readonly effect: FaultEffect;
  /** Requests that go well before it. 0 by default. */
  readonly skip?: number;
  /** How often it happens. Once by default. */
  readonly times?: number;
}

export type FaultEffect =
  /** Waits and then goes on. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Answers with an error of this status; `retryAfter` in seconds, or as a date. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  /** Refuses as the services are known to. */
  | { readonly kind: 'refuse'; readonly refusal: KnownRefusal }
  /** Hangs up; of a reply after so many of its bytes, status line and headers included. 0 by default. */
  | { readonly kind: 'cut'; readonly bytes?: number }
  /** Sends the client somewhere else. */
  | {
      readonly kind: 'redirect';
      readonly location: string;
      readonly status?: 301 | 302 | 307 | 308;
    };

interface PlannedFault {
  readonly fault: Fault;
  skip: number;
  left: number;
}

/** The faults that are still to happen, in the order in which they were asked for. */
export class Faults {
  #planned: PlannedFault[] = [];

  add(fault: Fault): void {
    this.#planned.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#planned = [];
  }

  get planned(): readonly Fault[] {
    return this.#planned.map(({ fault }) => fault);
  }

  /** What happens to a request: of each moment the first fault that is meant for it. They are used up by that. */
  take(operation: OperationId): Partial<Record<Fault['moment'], Fault>> {
    const taken: Partial<Record<Fault['moment'], Fault>> = {};
    for (const planned of this.#planned) {
      const { fault } = planned;
      const isMeant = fault.operation === undefined || fault.operation === operation;
      if (!isMeant || taken[fault.moment]) continue;
      if (planned.skip > 0) {
        planned.skip--;
        continue;
      }
      planned.left--;
      taken[fault.moment] = fault;
    }
    this.#planned = this.#planned.filter(({ left }) => left > 0);
    return taken;
  }
}
