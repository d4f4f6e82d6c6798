/** What the server needs of the machine around it; a test gives its own. */
export interface Host {
  /** Milliseconds from any start; for measuring how long a slice of work takes. */
  now(): number;
  /** The date here, ISO 8601: `2026-11-21`. */
  today(): string;
  /** Lets messages that have arrived be read before work goes on. */
  yield(): Promise<void>;
  /** The address of a rule's page, to open beside its findings. */
  rulePage(rule: string): string | undefined;
}
