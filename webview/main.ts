/** The page of the preview: draws the records that it is sent, and says what a person wants of them. */
import { button, element } from './elements.ts';
import { isToPage, type FromPage, type Memento, type Step, type ToPage } from './protocol.ts';
import { RecordView } from './recordView.ts';
import { stepOf } from './stepKeys.ts';

/** What VS Code gives to the script of a webview. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  setState(state: Memento): void;
};

const vscode = acquireVsCodeApi();
const ask = (message: FromPage): void => vscode.postMessage(message);

const stepButtons: readonly [step: Step, sign: string, words: string, key: string][] = [
  ['previous', '‹', 'Previous record', '←'],
  ['next', '›', 'Next record', '→'],
  ['previousProblem', '‹ Problem', 'Previous record with a problem', 'Shift+←'],
  ['nextProblem', 'Problem ›', 'Next record with a problem', 'Shift+→'],
];

const title = element('h1', {}, 'Record');
const summary = element('span', { class: 'summary' });
const status = element('div', { class: 'status', role: 'status', 'aria-live': 'polite' });
const main = element('main', { tabindex: '-1' });
const view = new RecordView({ place: main, scroller: document.documentElement, ask });

const [previous, next, ...problems] = stepButtons.map(([step, sign, words, key]) =>
  button(sign, { class: 'step', title: `${words} (${key})`, 'aria-label': words }, () =>
    ask({ kind: 'go', step }),
  ),
);

document.body.append(
  element('header', {}, previous, title, next, ...problems, summary),
  status,
  main,
);

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isToPage(data)) receive(data);
});

document.addEventListener('keydown', (event) => {
  const step = view.isZoomed ? undefined : stepOf(event);
  if (!step) return;
  event.preventDefault();
  ask({ kind: 'go', step });
});

ask({ kind: 'ready' });

function receive(message: ToPage): void {
  switch (message.kind) {
    case 'notice':
      status.textContent = message.words;
      return;
    case 'nothing':
      showNothing(message.words);
      return;
    case 'record':
      vscode.setState(message.memento);
      view.show(message);
      return;
    case 'place':
      if (message.revision === view.revision) showPlace(message);
      return;
    case 'zoom':
      if (message.revision === view.revision) view.open(message.index);
      return;
    case 'picture':
    case 'noPicture':
    case 'moreText':
      view.receive(message);
  }
}

function showNothing(words: string): void {
  view.clear();
  title.textContent = 'Record';
  summary.textContent = '';
  status.textContent = words;
}

function showPlace(place: Extract<ToPage, { kind: 'place' }>): void {
  title.textContent = place.title;
  summary.textContent = place.summary;
  status.textContent = '';
}
