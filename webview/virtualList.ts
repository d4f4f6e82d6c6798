import { element } from './elements.ts';
import type { ListedRecord } from './recordsProtocol.ts';

/** Of a row, in CSS pixels, as in records.css. */
const rowHeight = 44;

/** Browsers draw nothing below some ten million pixels: a longer list is scrolled in larger steps. */
const maxHeight = 8_000_000;

/** Rows that are kept, around what is in sight. */
const maxKept = 2000;

const english = new Intl.NumberFormat('en-US');

const severityNames = { error: 'error', warning: 'warning', info: 'note', hint: 'hint' } as const;

export interface ListParts {
  readonly askRows: (from: number, count: number) => void;
  readonly select: (index: number) => void;
}

/** A list of any length, of which only the rows in sight are elements. One of them is selected; arrow keys move the selection. */
export class VirtualList {
  readonly element = element('div', {
    class: 'list',
    role: 'listbox',
    tabindex: '0',
    'aria-label': 'Records',
  });
  readonly #parts: ListParts;
  readonly #space = element('div', { class: 'space', 'aria-hidden': 'true' });
  readonly #window = element('div', { class: 'window', role: 'presentation' });
  readonly #rows = new Map<number, ListedRecord>();
  readonly #asked = new Set<number>();
  #count = 0;
  #selected = -1;
  /** Whether the selected row was in sight when it was last looked. */
  #isInSight = false;

  constructor(parts: ListParts) {
    this.#parts = parts;
    this.element.append(this.#window, this.#space);
    this.element.addEventListener('scroll', () => this.#draw());
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    new ResizeObserver(() => this.#resize()).observe(this.element);
  }

  get selected(): number {
    return this.#selected;
  }

  get count(): number {
    return this.#count;
  }

  /** What is known of rows is asked for again where `isNew` says so. */
  setCount(count: number, isNew: boolean): void {
    this.#count = count;
    if (isNew) {
      this.#rows.clear();
      this.#asked.clear();
    }
    this.#space.style.height = `${Math.min(count * rowHeight, maxHeight)}px`;
    this.#draw();
  }

  setRows(from: number, rows: readonly ListedRecord[]): void {
    for (const [index, row] of rows.entries()) this.#rows.set(from + index, row);
    // Those that did not come, for the file was not read so far, may be asked for again.
    for (const index of this.#asked) if (!this.#rows.has(index)) this.#asked.delete(index);
    this.#draw();
  }

  /** Shows and tells of a record, from 0. */
  select(index: number): void {
    const wanted = Math.max(0, Math.min(index, this.#count - 1));
    if (this.#count === 0) return;
    this.#selected = wanted;
    this.#reveal(wanted);
    this.#draw();
    this.#parts.select(wanted);
  }

  /** Tells of the selected record again, without a move of the list; of the first one, if none was selected. */
  selectAgain(): void {
    if (this.#selected < 0 || this.#selected >= this.#count) this.select(this.#selected);
    else this.#parts.select(this.#selected);
  }

  get #visible(): number {
    return Math.max(1, Math.floor(this.element.clientHeight / rowHeight));
  }

  /** The first row in sight; a fraction of it may be above. */
  get #first(): number {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    if (this.#count * rowHeight <= maxHeight) return scrollTop / rowHeight;
    const share = scrollTop / Math.max(1, scrollHeight - clientHeight);
    return share * (this.#count - clientHeight / rowHeight);
  }

  /** Whether all of a row is in sight. */
  #shows(index: number): boolean {
    const first = this.#first;
    return index >= first && index + 1 <= first + this.element.clientHeight / rowHeight;
  }

  #reveal(index: number): void {
    if (this.#shows(index)) return;
    const wanted = index < this.#first ? index : index - this.#visible + 1;
    const { scrollHeight, clientHeight } = this.element;
    this.element.scrollTop =
      this.#count * rowHeight <= maxHeight
        ? wanted * rowHeight
        : (wanted / (this.#count - clientHeight / rowHeight)) * (scrollHeight - clientHeight);
  }

  /** Where less of the list is in sight than before, the selected row stays there. */
  #resize(): void {
    if (this.#isInSight) this.#reveal(this.#selected);
    this.#draw();
  }

  #draw(): void {
    this.#isInSight = this.#shows(this.#selected);
    const first = Math.max(0, Math.floor(this.#first));
    const end = Math.min(this.#count, first + this.#visible + 2);
    const offset = (first - this.#first) * rowHeight;
    const made = [];
    for (let index = first; index < end; index++) made.push(this.#drawRow(index));
    this.#window.style.transform = `translateY(${offset}px)`;
    this.#window.replaceChildren(...made);
    this.element.setAttribute('aria-activedescendant', `record-${this.#selected}`);
    this.#askFor(first, end);
  }

  #drawRow(index: number): HTMLElement {
    const row = this.#rows.get(index);
    const isSelected = index === this.#selected;
    const severity = row?.severity;
    const made = element(
      'div',
      {
        id: `record-${index}`,
        class: `row${isSelected ? ' selected' : ''} ${severity ?? ''}`,
        role: 'option',
      },
      element('span', { class: 'number' }, english.format(index + 1)),
      element('span', { class: 'first-words', dir: 'auto' }, row?.words ?? '…'),
      element(
        'span',
        { class: 'marks' },
        row?.images ? `${row.images} image${row.images === 1 ? '' : 's'}` : '',
        severity && element('span', { class: 'mark' }, severityNames[severity]),
      ),
    );
    made.ariaSelected = String(isSelected);
    made.ariaPosInSet = String(index + 1);
    made.ariaSetSize = String(this.#count);
    made.addEventListener('click', () => this.select(index));
    return made;
  }

  #askFor(first: number, end: number): void {
    const missing = [];
    for (let index = first; index < end; index++) {
      if (!this.#rows.has(index) && !this.#asked.has(index)) missing.push(index);
    }
    const [from] = missing;
    if (from === undefined) return;
    if (this.#rows.size > maxKept) this.#forgetOthers(first, end);
    for (const index of missing) this.#asked.add(index);
    this.#parts.askRows(from, (missing.at(-1) ?? from) - from + 1);
  }

  #forgetOthers(first: number, end: number): void {
    for (const index of this.#rows.keys()) {
      if (index >= first && index < end) continue;
      this.#rows.delete(index);
      this.#asked.delete(index);
    }
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: this.#selected + 1,
      ArrowUp: this.#selected - 1,
      PageDown: this.#selected + this.#visible,
      PageUp: this.#selected - this.#visible,
      Home: 0,
      End: this.#count - 1,
    };
    const index = steps[event.key];
    if (index === undefined) return;
    event.preventDefault();
    this.select(index);
  }
}
