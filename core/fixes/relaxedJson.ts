import type { Edit } from '../finding/finding.ts';
import { span } from '../text/span.ts';

/** What a relaxed reader puts right, in words for a title. */
export type Fault =
  | 'trailing comma'
  | 'missing comma'
  | 'missing bracket'
  | 'surplus bracket'
  | 'single quotes'
  | 'unquoted key'
  | 'Python word'
  | 'control character'
  | 'escape'
  | 'unknown escape'
  | 'white space'
  | 'comment';

/** What adds to a text more than punctuation, or takes more from it. */
const doubtfulFaults: readonly Fault[] = ['unknown escape', 'comment'];

/** Whether nobody can have meant anything else. */
export function isCertainRepair(faults: ReadonlySet<Fault>): boolean {
  return !doubtfulFaults.some((fault) => faults.has(fault));
}

/** How far one value could be read. */
export interface RelaxedValue {
  /** `open`: the text ends inside the value. `broken`: what stands at `end` cannot be told. */
  readonly state: 'complete' | 'open' | 'broken';
  /** After the value, or where reading stopped. */
  readonly end: number;
  /** The brackets that close an open value; undefined where a string or a member is cut. */
  readonly closing: string | undefined;
}

/** What may come next in the innermost container. */
type Expectation = 'value' | 'key' | 'colon' | 'separator';

const lineBreak = /[\r\n]/;
const stops = { '"': /["\\\u0000-\u001f]/g, "'": /['"\\\u0000-\u001f]/g } as const;
const word = /[A-Za-z_$][\w$]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.$])/y;
/** JSON's own white space, then what editors and word processors take for it. */
const space = /[ \t\r\n]+/y;
const otherSpace = /[\u0085\u00a0\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+/y;
const comment = /\/\/[^\r\n]*|#[^\r\n]*|\/\*[^]*?\*\//y;
const escape = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;
const hexEscape = /\\x([0-9A-Fa-f]{2})/y;

const words: Readonly<Record<string, string>> = {
  true: 'true',
  false: 'false',
  null: 'null',
  True: 'true',
  False: 'false',
  None: 'null',
};

const shortEscapes: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/**
 * Reads values that are nearly JSON, as Python, JavaScript or a hurried hand writes them, and notes the edits that make
 * JSON of them. Only what can be meant in one way is put right; whether the result is JSON, the strict reader has to
 * say. One pass, no recursion.
 */
export class RelaxedReader {
  readonly #text: string;
  readonly #edits: Edit[] = [];
  readonly faults = new Set<Fault>();
  /** The brackets that will close what is open, the innermost last. */
  readonly #closers: string[] = [];
  #at = 0;
  /** After the last token that is not white space. */
  #tokenEnd = 0;
  #expected: Expectation = 'value';
  /** The comma after which the next value or key is expected. */
  #commaAt = -1;
  /** Whether a closing bracket may stand here: after an opening one or a comma. */
  #mayClose = false;
  #lastWasString = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** In order of place. */
  get edits(): readonly Edit[] {
    // A missing comma is noted once the white space behind it has been read.
    return this.#edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }

  get at(): number {
    return this.#at;
  }

  /** The character here; empty at the end. */
  peek(): string {
    return this.#text.charAt(this.#at);
  }

  /** Reads one value from here on. */
  readValue(): RelaxedValue {
    this.#expected = 'value';
    this.#mayClose = false;
    this.#commaAt = -1;
    do {
      this.skipSpace();
      if (this.#at >= this.#text.length) return this.#result('open');
      if (!this.#readToken()) return this.#result(this.#at < this.#text.length ? 'broken' : 'open');
      this.#tokenEnd = this.#at;
    } while (this.#closers.length > 0);
    return this.#result('complete');
  }

  /** Skips white space; what is none in JSON, and comments, goes. */
  skipSpace(): void {
    for (;;) {
      if (this.#match(space)) continue;
      const start = this.#at;
      if (this.#match(otherSpace)) this.#replace(start, this.#at, '', 'white space');
      else if (this.#match(comment)) this.#replace(start, this.#at, '', 'comment');
      else return;
    }
  }

  /** Takes the character here out. */
  drop(fault: Fault): void {
    this.#replace(this.#at, ++this.#at, '', fault);
  }

  /** Puts the brackets that an open value lacks behind its last token, and says whether it could. */
  close(closing: string | undefined): boolean {
    if (closing === undefined) return false;
    this.#replace(this.#tokenEnd, this.#tokenEnd, closing, 'missing bracket');
    return true;
  }

  /** Has a line break instead of all that stands between an earlier place and this one. */
  breakLine(start: number): void {
    while ((this.#edits.at(-1)?.span.start ?? -1) >= start) this.#edits.pop();
    this.#edits.push({ span: span(start, this.#at), newText: '\n' });
  }

  #result(state: RelaxedValue['state']): RelaxedValue {
    const isBetween = state === 'open' && this.#expected === 'separator';
    const closing = isBetween ? this.#closers.toReversed().join('') : undefined;
    return { state, end: this.#at, closing };
  }

  /** False where it stops: at what nobody can tell, or at the end of the text inside a string. */
  #readToken(): boolean {
    const next = this.peek();
    if (next === '}' || next === ']') return this.#readClosing(next);
    switch (this.#expected) {
      case 'value':
        return this.#readStart(next);
      case 'key':
        return this.#readKey(next);
      case 'colon':
        if (next !== ':') return false;
        this.#at++;
        this.#expect('value');
        return true;
      case 'separator':
        return this.#readSeparator(next);
    }
  }

  /** A value whole, or the opening bracket of one. */
  #readStart(next: string): boolean {
    if (next === '{' || next === '[') {
      this.#at++;
      this.#closers.push(next === '{' ? '}' : ']');
      this.#expect(next === '{' ? 'key' : 'value', { mayClose: true });
      return true;
    }
    const isString = next === '"' || next === "'";
    const isRead = isString ? this.#readString(next) : this.#match(number) || this.#readWord();
    this.#lastWasString = isString;
    if (isRead) this.#expected = 'separator';
    return isRead;
  }

  #readKey(next: string): boolean {
    if (next === '"' || next === "'") {
      if (!this.#readString(next)) return false;
    } else {
      const start = this.#at;
      if (!this.#match(word)) return false;
      this.#replace(start, this.#at, `"${this.#text.slice(start, this.#at)}"`, 'unquoted key');
    }
    this.#expect('colon');
    return true;
  }

  /** A comma; or the next value or key, where the comma is missing on one line. */
  #readSeparator(next: string): boolean {
    const isObject = this.#closers.at(-1) === '}';
    const commaAt = this.#at;
    if (next === ',') {
      this.#at++;
    } else {
      const isApart = lineBreak.test(this.#text.slice(this.#tokenEnd, this.#at));
      // Of two strings in an array the first may as well have lost its escape.
      const isDoubtful = !isObject && this.#lastWasString && (next === '"' || next === "'");
      const isStart = isObject ? /["']/.test(next) : /["'{[]/.test(next);
      if (isApart || isDoubtful || !isStart) return false;
      this.#replace(this.#tokenEnd, this.#tokenEnd, ',', 'missing comma');
    }
    this.#expect(isObject ? 'key' : 'value', { mayClose: next === ',' });
    this.#commaAt = next === ',' ? commaAt : -1;
    return true;
  }

  /** A closing bracket, of the innermost container or of one around it; one that closes nothing goes. */
  #readClosing(bracket: string): boolean {
    const isAllowed = this.#expected === 'separator' || this.#mayClose;
    if (!isAllowed) return false;
    const depth = this.#closers.lastIndexOf(bracket);
    if (depth === -1) {
      this.drop('surplus bracket');
      return true;
    }
    if (this.#expected !== 'separator' && this.#commaAt >= 0) {
      this.#replace(this.#commaAt, this.#commaAt + 1, '', 'trailing comma');
    }
    const missing = this.#closers.splice(depth).slice(1).toReversed().join('');
    if (missing !== '') this.#replace(this.#tokenEnd, this.#tokenEnd, missing, 'missing bracket');
    this.#at++;
    this.#expect('separator');
    this.#lastWasString = false;
    return true;
  }

  #readWord(): boolean {
    const start = this.#at;
    if (!this.#match(word)) return false;
    const found = this.#text.slice(start, this.#at);
    const meant = Object.hasOwn(words, found) ? words[found] : undefined;
    if (meant === undefined) {
      this.#at = start;
      return false;
    }
    if (meant !== found) this.#replace(start, this.#at, meant, 'Python word');
    return true;
  }

  #readString(quote: '"' | "'"): boolean {
    const start = this.#at;
    if (quote === "'") this.#replace(start, start + 1, '"', 'single quotes');
    for (this.#at++; this.#find(stops[quote]);) {
      const stop = this.peek();
      if (stop === quote) {
        if (quote === "'") this.#replace(this.#at, this.#at + 1, '"', 'single quotes');
        this.#at++;
        return true;
      }
      if (stop === '"') this.#replace(this.#at, this.#at++, '\\', 'single quotes');
      else if (stop === '\\' ? !this.#readEscape() : !this.#escapeControl(stop)) return false;
    }
    this.#at = this.#text.length;
    return false;
  }

  #readEscape(): boolean {
    const start = this.#at;
    if (this.#match(escape)) return true;
    const escaped = this.#text.charAt(start + 1);
    if (escaped === '' || escaped < ' ') return false;
    if (escaped === "'") {
      this.#at = start + 2;
      this.#replace(start, start + 1, '', 'escape');
    } else if (this.#match(hexEscape)) {
      this.#replace(start + 1, start + 2, 'u00', 'escape');
    } else {
      this.#at = start + 1;
      this.#replace(start, start, '\\', 'unknown escape');
    }
    return true;
  }

  /** A NUL is nobody's line break or tab: the text is something else. */
  #escapeControl(control: string): boolean {
    if (control === '\u0000') return false;
    const code = control.charCodeAt(0).toString(16).padStart(4, '0');
    const escaped = shortEscapes[control] ?? `\\u${code}`;
    this.#replace(this.#at, ++this.#at, escaped, 'control character');
    return true;
  }

  #expect(expected: Expectation, { mayClose = false } = {}): void {
    this.#expected = expected;
    this.#mayClose = mayClose;
    this.#commaAt = -1;
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const isMatch = pattern.test(this.#text);
    if (isMatch) this.#at = pattern.lastIndex;
    return isMatch;
  }

  #find(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const isFound = pattern.test(this.#text);
    if (isFound) this.#at = pattern.lastIndex - 1;
    return isFound;
  }

  #replace(start: number, end: number, newText: string, fault: Fault): void {
    this.#edits.push({ span: span(start, end), newText });
    this.faults.add(fault);
  }
}
