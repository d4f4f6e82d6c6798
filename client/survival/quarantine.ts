/** Deaths of the server in which a document had its part, before it is no longer opened there. */
const maxDeaths = 2;

/** How long a death counts that came while the server answered a request, in milliseconds. */
const memoryMs = 180_000;

/** What is known of a document that is open in the editor. */
interface Known {
  /** Tells the server of the document as it is then. */
  readonly send: () => void;
  isOpen: boolean;
  /** Of the text that the server works on; undefined when it has said that it is done with it. */
  workedOn: number | undefined;
  /** Requests about it that are not answered. */
  requests: number;
}

/** What counts against a document. */
interface Charges {
  /** Deaths while it was checked. One that is checked to its end without is cleared of them. */
  checks: number;
  /** When the server died while it answered a request about it: a check says nothing about those. */
  readonly requests: number[];
}

/**
 * Finds out which document kills the server. Whatever the server was at work on when it died is under suspicion, and is opened
 * there again alone, after all others are checked; so a second death has one cause. A document that has had its part in two
 * deaths is left out from then on, and the others keep their findings.
 */
export class Quarantine {
  readonly #documents = new Map<string, Known>();
  readonly #charges = new Map<string, Charges>();
  readonly #left = new Set<string>();

  /** Documents that are left out. */
  get left(): ReadonlySet<string> {
    return this.#left;
  }

  /** Whether the server has anything to do, as far as is known. */
  get isBusy(): boolean {
    return [...this.#documents.values()].some(isAtWork);
  }

  /** Documents that the server is at work on. */
  get atWork(): readonly string[] {
    return [...this.#documents].filter(([, known]) => isAtWork(known)).map(([uri]) => uri);
  }

  /** Whether the server knows a document: only then is there a sense in telling it of changes. */
  isOpen(uri: string): boolean {
    return this.#documents.get(uri)?.isOpen === true;
  }

  /** After the editor has opened a document, or the server has started: calls `send` now, later or never. */
  open(uri: string, send: () => void): void {
    this.#documents.set(uri, { send, isOpen: false, workedOn: undefined, requests: 0 });
    if (!this.#left.has(uri) && !this.#isSuspect(uri)) this.#send(uri);
    else this.#next();
  }

  close(uri: string): void {
    this.#documents.delete(uri);
    this.#next();
  }

  /** After a change was sent, or the server has said that it is at work on a document. */
  note(uri: string, version: number): void {
    const known = this.#documents.get(uri);
    if (known?.isOpen) known.workedOn = Math.max(known.workedOn ?? 0, version);
  }

  /** After the server has said that it is done with this version of a document, or with a later one. */
  settle(uri: string, version: number): void {
    const known = this.#documents.get(uri);
    if (known?.workedOn === undefined || version < known.workedOn) return;
    known.workedOn = undefined;
    const charges = this.#charges.get(uri);
    if (charges) charges.checks = 0;
    this.#next();
  }

  /** After a document that is left out has become another one: it is opened once more, alone, and one more death leaves it out again. */
  retry(uri: string): void {
    if (!this.#left.delete(uri)) return;
    this.#charges.set(uri, { checks: maxDeaths - 1, requests: [] });
    this.#next();
  }

  /** Counts a request about a document until it is answered; call what it gives back then. */
  ask(uri: string): () => void {
    const known = this.#documents.get(uri);
    if (!known?.isOpen) return () => undefined;
    known.requests++;
    return () => {
      known.requests--;
      this.#next();
    };
  }

  /** After the server has died. `now` is in milliseconds from any start. Gives the documents that are left out from now on. */
  noteDeath(now: number): readonly string[] {
    const found: string[] = [];
    for (const [uri, known] of this.#documents) {
      if (!isAtWork(known)) continue;
      const charges = this.#charges.get(uri) ?? { checks: 0, requests: [] };
      this.#charges.set(uri, charges);
      if (known.workedOn === undefined) charges.requests.push(now);
      else charges.checks++;
      const recent = charges.requests.filter((time) => now - time < memoryMs).length;
      if (charges.checks + recent < maxDeaths || this.#left.has(uri)) continue;
      this.#left.add(uri);
      found.push(uri);
    }
    this.#documents.clear();
    return found;
  }

  /** Nothing counts any more: somebody has asked for a new start. */
  clear(): void {
    this.#documents.clear();
    this.#charges.clear();
    this.#left.clear();
  }

  /** Opens a suspect where nothing else is going on. */
  #next(): void {
    if (this.isBusy) return;
    for (const [uri, { isOpen }] of this.#documents) {
      if (isOpen || this.#left.has(uri)) continue;
      this.#send(uri);
      return;
    }
  }

  #isSuspect(uri: string): boolean {
    return (this.#charges.get(uri)?.checks ?? 0) > 0;
  }

  #send(uri: string): void {
    const known = this.#documents.get(uri);
    if (!known) return;
    known.isOpen = true;
    known.workedOn = 0;
    known.send();
  }
}

function isAtWork({ workedOn, requests }: Known): boolean {
  return workedOn !== undefined || requests > 0;
}
