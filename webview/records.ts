/** The page of the editor of records: a list of all records of a file, and the one that is selected as a conversation. */
import { button, element } from './elements.ts';
import { isToPage, type ToPage } from './protocol.ts';
import { RecordView } from './recordView.ts';
import { isToList, type FromList, type ToList } from './recordsProtocol.ts';
import { VirtualList } from './virtualList.ts';

/** What VS Code gives to the script of a webview. */
declare function acquireVsCodeApi(): { postMessage(message: FromList): void };

const vscode = acquireVsCodeApi();
const ask = (message: FromList): void => vscode.postMessage(message);

/** While the selection moves on, nothing is asked for; in milliseconds. */
const restMs = 40;

const summary = element('span', { class: 'summary' });
const title = element('h1', {}, 'Record');
const cost = element('span', { class: 'summary' });
const status = element('div', { class: 'status', role: 'status', 'aria-live': 'polite' });
const main = element('main', { tabindex: '-1' });
const view = new RecordView(main, ask);
let timer: number | undefined;

const list = new VirtualList({
  askRows: (from, count) => ask({ kind: 'rows', from, count }),
  select: (index) => {
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
search.addEventListener('keydown', (event) => {
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
  button('‹ Problem', { title: 'Previous record with a problem' }, () => findProblem(true)),
  button('Problem ›', { title: 'Next record with a problem' }, () => findProblem(false)),
  summary,
);

document.body.append(
  bar,
  status,
  element(
    'div',
    { class: 'panes' },
    list.element,
    element(
      'div',
      { class: 'record' },
      element(
        'div',
        { class: 'record-title' },
        title,
        button('Edit This Record', { title: 'Opens it as formatted JSON' }, () => {
          if (list.selected >= 0) ask({ kind: 'edit', index: list.selected });
        }),
        cost,
      ),
      main,
    ),
  ),
);

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isToList(data)) receive(data);
  else if (isToPage(data)) receiveRecord(data);
});

ask({ kind: 'ready' });
list.element.focus();

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

function findProblem(isBackwards: boolean): void {
  ask({ kind: 'find', from: list.selected, isBackwards, text: undefined });
}

function receive(message: ToList): void {
  switch (message.kind) {
    case 'list':
      summary.textContent = message.summary;
      list.setCount(message.records, message.isNew);
      if (message.isNew && message.records > 0) list.select(Math.max(0, list.selected));
      return;
    case 'rows': {
      list.setRows(message.from, message.rows);
      return;
    }
    case 'select':
      status.textContent = '';
      list.select(message.index);
      return;
    case 'shown': {
      status.textContent = '';
      view.show(message);
    }
  }
}

function receiveRecord(message: ToPage): void {
  switch (message.kind) {
    case 'nothing':
      view.clear();
      title.textContent = 'Record';
      cost.textContent = '';
      status.textContent = message.words;
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
    case 'moreText': {
      view.receive(message);
      return;
    }
    // For a page of one record.
    case 'record':
    case 'zoom':
  }
}
