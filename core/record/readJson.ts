import {
  arrayKind,
  falseKind,
  JsonTree,
  nodeSize,
  nullKind,
  numberKind,
  objectKind,
  plainStringKind,
  stringKind,
  trueKind,
  type SyntaxProblem,
  type SyntaxProblemCode,
} from './jsonTree.ts';
import { span } from '../text/span.ts';
import { findControl } from '../text/findControl.ts';
import { formatCount } from '../text/formatCount.ts';
import { quote } from '../text/quote.ts';

const quoteMark = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const zero = 0x30;
const nine = 0x39;

/** In the place of a node where there is none. */
const noNode = -1;

/** Up to this many characters of a string are looked at one by one. Measured: 8 to 24 make no difference. */
const shortString = 16;

/**
 * Memory that one reader uses again for each record. A tree made with it is void as soon as the next text is read;
 * leave it out where a tree is kept.
 */
export class JsonScratch {
  tape = new Int32Array(1024 * nodeSize);
  readonly maxValues: number;

  /**
   * A text with more values, keys included, is read up to that one. An example is cut at 65,536 tokens, so that the
   * default is far more than training takes, and what is built from as many values still fits into memory.
   */
  constructor(maxValues = 2 ** 21) {
    this.maxValues = maxValues;
  }
}

/**
 * Reads a JSON text (RFC 8259) in a single pass. Accepts exactly what `JSON.parse` accepts, all JSON white space
 * between values included, nests as deep as the text does, and never throws: a broken text gives the tree up to its
 * first problem. Past the scratch's number of values it takes any text for broken.
 */
export function readJson(text: string, scratch: JsonScratch = new JsonScratch()): JsonTree {
  return new Reader(text, scratch).read();
}

class Reader {
  readonly #text: string;
  readonly #scratch: JsonScratch;
  #tape: Int32Array;
  #length = 0;
  /** The innermost object or array that is open; the fourth cell of its node holds the one around it. */
  #container = noNode;
  #at = 0;
  #problem: SyntaxProblem | undefined;
  #quoteAt = -1;
  #backslashAt = -1;
  #controlAt = -1;

  constructor(text: string, scratch: JsonScratch) {
    this.#text = text;
    this.#scratch = scratch;
    this.#tape = scratch.tape;
  }

  read(): JsonTree {
    this.#skipSpace();
    if (this.#at === this.#text.length)
      this.#fail('no-value', 'Expected a JSON value, found nothing');
    else if (this.#readValue()) this.#readRest();
    // A broken text leaves containers open.
    while (this.#container !== noNode) this.#closeContainer();
    return new JsonTree(this.#text, this.#tape, this.#length, this.#problem);
  }

  /** After the first value: whatever is open goes on, and then the text ends. */
  #readRest(): void {
    while (this.#container !== noNode) if (!this.#readNext()) return;
    this.#skipSpace();
    if (this.#at === this.#text.length) return;
    const code = this.#code();
    const isSecond = code === openBrace || code === openBracket || code === quoteMark;
    if (isSecond)
      this.#fail('second-value', 'Expected the end of the record, found a second value');
    else this.#unexpected('the end of the record');
  }

  /** One step inside the innermost open object or array: its end, or its next member or element. */
  #readNext(): boolean {
    const isObject = this.#tape[this.#container] === objectKind;
    const close = isObject ? closeBrace : closeBracket;
    const isFirst = this.#length === this.#container + nodeSize;
    this.#skipSpace();
    if (this.#code() === close) {
      this.#at++;
      this.#closeContainer();
      return true;
    }
    if (!isFirst) {
      const closer = isObject ? '}' : ']';
      if (this.#code() !== comma) return this.#unexpected(`"," or "${closer}"`);
      const commaAt = this.#at++;
      this.#skipSpace();
      if (this.#code() === close) {
        return this.#fail(
          'trailing-comma',
          `Trailing comma before "${closer}"`,
          commaAt,
          commaAt + 1,
        );
      }
    }
    return isObject ? this.#readMember() : this.#readValue();
  }

  #readMember(): boolean {
    if (this.#code() !== quoteMark) return this.#unexpected('a key in double quotes');
    if (!this.#readString()) return false;
    this.#skipSpace();
    if (this.#code() !== colon) return this.#unexpected('":" after the key');
    this.#at++;
    this.#skipSpace();
    return this.#readValue();
  }

  /** Reads a scalar whole; of an object or array only its opening bracket. */
  #readValue(): boolean {
    const code = this.#code();
    switch (code) {
      case quoteMark:
        return this.#readString();
      case openBrace:
        return this.#openContainer(objectKind);
      case openBracket:
        return this.#openContainer(arrayKind);
      case 0x74:
        return this.#readWord('true', trueKind);
      case 0x66:
        return this.#readWord('false', falseKind);
      case 0x6e:
        return this.#readWord('null', nullKind);
      default:
        if (code === 0x2d || isDigit(code)) return this.#readNumber();
        return this.#unexpected('a value');
    }
  }

  #openContainer(kind: number): boolean {
    const node = this.#length;
    if (!this.#addNode(kind, this.#at, this.#at + 1)) return false;
    this.#tape[node + 3] = this.#container;
    this.#container = node;
    return true;
  }

  /** Ends the innermost object or array here. */
  #closeContainer(): void {
    const node = this.#container;
    this.#container = this.#tape[node + 3] ?? noNode;
    this.#tape[node + 2] = this.#at;
    this.#tape[node + 3] = this.#length;
  }

  #readWord(word: string, kind: number): boolean {
    const end = this.#at + word.length;
    if (!this.#text.startsWith(word, this.#at) || isWordCode(this.#text.charCodeAt(end))) {
      return this.#unexpected('a value');
    }
    return this.#addNode(kind, this.#at, end);
  }

  #readString(): boolean {
    const start = this.#at;
    let at = start + 1;
    // Keys and short values: a loop costs less than a native search.
    for (const end = Math.min(at + shortString, this.#text.length); at < end; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === quoteMark) return this.#addNode(plainStringKind, start, at + 1);
      if (code === backslash || code < 0x20) break;
    }
    // From here on jump to the next character that matters.
    for (let kind = plainStringKind; ; kind = stringKind) {
      const stop = Math.min(this.#nextBackslash(at), this.#nextControl(at));
      const close = this.#nextQuote(at);
      if (close < stop) return this.#addNode(kind, start, close + 1);
      if (stop >= this.#text.length) break;
      const code = this.#text.charCodeAt(stop);
      if (code !== backslash) return this.#controlCharacter(stop, code);
      const escapeLength = this.#escapeLength(stop);
      if (escapeLength === 0) return this.#badEscape(stop);
      at = stop + escapeLength;
    }
    this.#at = this.#text.length;
    return this.#fail(
      'unexpected-end',
      'Expected the closing quote of a string, found the end of the record',
    );
  }

  // Each search remembers what it found until the reader is past it, so that all of them together read the text
  // once. "Not found" is the length of the text.

  #nextQuote(from: number): number {
    if (this.#quoteAt < from) this.#quoteAt = this.#search('"', from);
    return this.#quoteAt;
  }

  #nextBackslash(from: number): number {
    if (this.#backslashAt < from) this.#backslashAt = this.#search('\\', from);
    return this.#backslashAt;
  }

  #nextControl(from: number): number {
    if (this.#controlAt < from) this.#controlAt = findControl(this.#text, from);
    return this.#controlAt;
  }

  #search(character: string, from: number): number {
    const found = this.#text.indexOf(character, from);
    return found === -1 ? this.#text.length : found;
  }

  /** The length of the escape at `at`, 2 or 6; 0 when it is not one. */
  #escapeLength(at: number): number {
    switch (this.#text.charCodeAt(at + 1)) {
      case quoteMark:
      case backslash:
      case 0x2f:
      case 0x62:
      case 0x66:
      case 0x6e:
      case 0x72:
      case 0x74:
        return 2;
      case 0x75:
        for (let digit = at + 2; digit < at + 6; digit++) {
          if (!isHexDigit(this.#text.charCodeAt(digit))) return 0;
        }
        return 6;
      default:
        return 0;
    }
  }

  #readNumber(): boolean {
    const start = this.#at;
    if (this.#code() === 0x2d) this.#at++;
    if (this.#code() === zero) this.#at++;
    else if (!this.#skipDigits()) return this.#badNumber(start);
    if (this.#code() === 0x2e) {
      this.#at++;
      if (!this.#skipDigits()) return this.#badNumber(start);
    }
    if (this.#code() === 0x65 || this.#code() === 0x45) {
      this.#at++;
      if (this.#code() === 0x2b || this.#code() === 0x2d) this.#at++;
      if (!this.#skipDigits()) return this.#badNumber(start);
    }
    if (isWordCode(this.#code()) || this.#code() === 0x2e) return this.#badNumber(start);
    return this.#addNode(numberKind, start, this.#at);
  }

  #skipDigits(): boolean {
    const start = this.#at;
    while (isDigit(this.#code())) this.#at++;
    return this.#at > start;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  /** The code unit here; NaN at the end. */
  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  /** Notes a value and goes on after it. */
  #addNode(kind: number, start: number, end: number): boolean {
    const node = this.#length;
    if (node + nodeSize > this.#tape.length && !this.#grow()) return this.#tooManyValues(start);
    this.#tape[node] = kind;
    this.#tape[node + 1] = start;
    this.#tape[node + 2] = end;
    this.#length = this.#tape[node + 3] = node + nodeSize;
    this.#at = end;
    return true;
  }

  #grow(): boolean {
    const length = Math.min(this.#tape.length * 2, this.#scratch.maxValues * nodeSize);
    if (length <= this.#tape.length) return false;
    const larger = new Int32Array(length);
    larger.set(this.#tape);
    this.#tape = this.#scratch.tape = larger;
    return true;
  }

  #unexpected(expected: string): boolean {
    if (this.#at >= this.#text.length) {
      return this.#fail('unexpected-end', `Expected ${expected}, found the end of the record`);
    }
    const first = this.#text.charCodeAt(this.#at);
    if (first === 0) return this.#nul(this.#at);
    if (first === 0x27) {
      return this.#fail(
        'single-quotes',
        `Expected ${expected}, found a single quote, which JSON does not take`,
      );
    }
    if (first === quoteMark) {
      return this.#fail('unexpected-character', `Expected ${expected}, found a string`);
    }
    let end = this.#at;
    while (isWordCode(this.#text.charCodeAt(end)) && end < this.#at + 40) end++;
    if (end > this.#at) {
      const word = quote(this.#text.slice(this.#at, end));
      return this.#fail('bare-word', `Expected ${expected}, found ${word}`, this.#at, end);
    }
    end = this.#at + String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0).length;
    const found = quote(this.#text.slice(this.#at, end));
    return this.#fail(
      'unexpected-character',
      `Expected ${expected}, found ${found}`,
      this.#at,
      end,
    );
  }

  #tooManyValues(start: number): boolean {
    const limit = formatCount(this.#scratch.maxValues);
    return this.#fail(
      'too-many-values',
      `Record has more than ${limit} values and keys, more than can be read`,
      start,
    );
  }

  #controlCharacter(at: number, code: number): boolean {
    if (code === 0) return this.#nul(at);
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    return this.#fail(
      'control-character',
      `Control character ${name} in a string must be escaped`,
      at,
      at + 1,
    );
  }

  /** No slip of a hand: the text is in another encoding, or no text. */
  #nul(at: number): boolean {
    return this.#fail('nul', 'NUL character in the text', at, at + 1);
  }

  #badEscape(at: number): boolean {
    const end = Math.min(at + 2, this.#text.length);
    const escape = quote(this.#text.slice(at, end));
    return this.#fail('bad-escape', `${escape} is not an escape that JSON knows`, at, end);
  }

  /** The whole word is wrong, not the digit where that shows: `01`, `1.`, `2a`. */
  #badNumber(start: number): boolean {
    let end = this.#at;
    while (isNumberCode(this.#text.charCodeAt(end)) && end < start + 40) end++;
    const number = quote(this.#text.slice(start, end));
    return this.#fail('bad-number', `${number} is not a number that JSON knows`, start, end);
  }

  /** Notes the problem, here and to the end of this character unless told otherwise. Answers false. */
  #fail(
    code: SyntaxProblemCode,
    message: string,
    start = this.#at,
    end = Math.min(start + 1, this.#text.length),
  ): false {
    this.#problem = { code, span: span(start, end), message };
    this.#at = start;
    return false;
  }
}

function isDigit(code: number): boolean {
  return code >= zero && code <= nine;
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}

/** A letter, digit, `_` or `$`: what a bare word is made of. */
function isWordCode(code: number): boolean {
  const lower = code | 0x20;
  return isDigit(code) || (lower >= 0x61 && lower <= 0x7a) || code === 0x5f || code === 0x24;
}

function isNumberCode(code: number): boolean {
  return isWordCode(code) || code === 0x2e || code === 0x2b || code === 0x2d;
}
