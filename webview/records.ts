/** The page of the editor of records: a list of all records of a file, and the one that is selected as a conversation. */
import { button, element } from './elements.ts';
import { isToPage, type Step, type ToPage } from './protocol.ts';
import { RecordView } from './recordView.ts';
import {
  isToList,
  readListState,
  type FromList,
  type ListState,
  type ToList,
} from './recordsProtocol.ts';
import { stepOf } from './stepKeys.ts';
import { VirtualList } from './virtualList.ts';

/** What VS Code gives to the script of a webview. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromList): void;
  /** What this page, or the one before it of the same tab, has set. */
  getState(): unknown;
  setState(state: ListState): void;
};

const vscode = acquireVsCodeApi();
const ask = (message: FromList): void => vscode.postMessage(message);

/** While the selection moves on, nothing is asked for; in milliseconds. */
const restMs = 40;

const summary = element('span', { class: 'summary' });
const title = element('h1', {}, 'Record');
const cost = element('span', { class: 'summary' });
const status = element('div', { class: 'status', role: 'status', 'aria-live': 'polite' });
const main = element('main', { tabindex: '-1' });
const view = new RecordView({ place: main, scroller: main, ask });
let timer: number | undefined;

/** VS Code takes a page down while its tab is hidden: what was selected before, until it is selected again. */
let before = readListState(vscode.getState());

const list = new VirtualList({
  askRows: (from, count) => ask({ kind: 'rows', from, count }),
  select: (index) => {
    before = undefined;
    keepState();
    clearTimeout(timer);
    timer = window.setTimeout(() => ask({ kind: 'show', index }), restMs);
  },
});

const search = element('input', {
  type: 'text',
  class: 'search',
  'aria-label': 'Search for a text, or go to a record by its number',
});
search.placeholder = 'Search, or a number';
search.value = before?.search ?? '';
search.addEventListener('input', keepState);
search.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') stopSearch();
  if (event.key !== 'Enter') return;
  event.preventDefault();
  find(event.shiftKey);
});

const bar = element(
  'header',
  {},
  search,
  button('‹', { title: 'Previous match (Shift+Enter)', 'aria-label': 'Previous match' }, () =>
    find(true),
  ),
  button('›', { title: 'Next match (Enter)', 'aria-label': 'Next match' }, () => find(false)),
  stepButton('‹ Problem', 'previousProblem', 'Previous record with a problem', 'Shift+←'),
  stepButton('Problem ›', 'nextProblem', 'Next record with a problem', 'Shift+→'),
  button('Repair File…', { title: 'Tells what would be repaired first' }, () =>
    ask({ kind: 'repair' }),
  ),
  status,
  summary,
);

const recordBar = element(
  'div',
  { class: 'record-title' },
  title,
  button('Edit This Record', { title: 'Opens it as formatted JSON' }, () => {
    if (list.selected >= 0) ask({ kind: 'edit', index: list.selected });
  }),
  cost,
);

const record = element('div', { class: 'record' }, recordBar, main);
document.body.append(bar, element('div', { class: 'panes' }, list.element, record));

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isToList(data)) receive(data);
  else if (isToPage(data)) receiveRecord(data);
});

document.addEventListener('keydown', (event) => {
  const { key, ctrlKey, metaKey } = event;
  if (view.isZoomed) return;
  if (key.toLowerCase() === 'f' && (ctrlKey || metaKey)) {
    event.preventDefault();
    search.select();
    return;
  }
  const step = stepOf(event);
  if (!step) return;
  event.preventDefault();
  go(step);
});

// VS Code gives the focus to the page, which gives it on. A page that is not in front takes it from nobody.
window.addEventListener('focus', focusList);
if (document.hasFocus()) focusList();

ask({ kind: 'ready' });

function focusList(): void {
  if (document.activeElement === document.body) list.element.focus();
}

function stepButton(sign: string, step: Step, words: string, key: string): HTMLButtonElement {
  return button(sign, { title: `${words} (${key})`, 'aria-label': words }, () => go(step));
}

function find(isBackwards: boolean): void {
  const text = search.value.trim();
  if (text === '') return;
  const [, number] = /^#?([\d,]+)$/.exec(text) ?? [];
  if (number !== undefined) {
    list.select(Number(number.replaceAll(',', '')) - 1);
    return;
  }
  status.textContent = 'Searching…';
  ask({ kind: 'find', from: list.selected, isBackwards, text });
}

function stopSearch(): void {
  ask({ kind: 'stop' });
  status.textContent = '';
  list.element.focus();
}

function keepState(): void {
  vscode.setState({ selected: before?.selected ?? list.selected, search: search.value });
}

function go(step: Step): void {
  const isBackwards = step === 'previous' || step === 'previousProblem';
  if (step === 'previousProblem' || step === 'nextProblem') {
    ask({ kind: 'find', from: list.selected, isBackwards, text: undefined });
    return;
  }
  const index = list.selected + (isBackwards ? -1 : 1);
  if (index >= 0 && index < list.count) list.select(index);
  else status.textContent = isBackwards ? 'This is the first record.' : 'This is the last record.';
}

function receive(message: ToList): void {
  switch (message.kind) {
    case 'list':
      summary.textContent = message.summary;
      list.setCount(message.records, message.isNew);
      selectAgain(message);
      if (message.records === 0 && message.isComplete) showNothing('There are no records.');
      return;
    case 'rows':
      list.setRows(message.from, message.rows);
      return;
    case 'select':
      status.textContent = '';
      list.select(message.index);
      return;
    case 'shown':
      status.textContent = '';
      view.show(message);
  }
}

/** What was selected when the page was taken down is waited for, while the file is still read. */
function selectAgain({ records, isComplete, isNew }: Extract<ToList, { kind: 'list' }>): void {
  if (!before) {
    if (isNew || list.selected < 0) list.selectAgain();
  } else if (before.selected < records || isComplete) {
    list.select(before.selected);
  }
}

function receiveRecord(message: ToPage): void {
  switch (message.kind) {
    case 'nothing':
      showNothing(message.words);
      return;
    case 'notice':
      status.textContent = message.words;
      return;
    case 'place':
      if (message.revision !== view.revision) return;
      title.textContent = message.title;
      cost.textContent = message.summary;
      return;
    case 'picture':
    case 'noPicture':
    case 'moreText':
      view.receive(message);
      return;
    // For a page of one record.
    case 'record':
    case 'zoom':
  }
}

function showNothing(words: string): void {
  view.clear();
  title.textContent = 'Record';
  cost.textContent = '';
  status.textContent = words;
}
