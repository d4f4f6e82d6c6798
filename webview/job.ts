import { Chart } from './chart.ts';
import { drawJob } from './drawJob.ts';
import { element } from './elements.ts';
import type { FromJobPage, ShownJob, ToJobPage } from './jobProtocol.ts';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const vscode = acquireVsCodeApi();
const loss = new Chart('loss', 'Loss');
const accuracy = new Chart('accuracy', 'Accuracy');
const details = element('div', { class: 'jobs', 'aria-live': 'polite' });
let shown: readonly ShownJob[] = [];

document.body.append(
  element('main', {}, element('div', { class: 'charts' }, loss.element, accuracy.element), details),
);

window.addEventListener('message', ({ data }: MessageEvent<ToJobPage>) => {
  shown = data.jobs;
  draw();
});

// A theme is a class of the body, and its colours are in the style of the document.
new MutationObserver(drawCharts).observe(document.body, {
  attributes: true,
  attributeFilter: ['class', 'data-vscode-theme-id'],
});

ask({ kind: 'ready' });

function ask(message: FromJobPage): void {
  vscode.postMessage(message);
}

function draw(): void {
  drawCharts();
  const key = document.activeElement?.getAttribute('data-key');
  details.replaceChildren(...shown.map((job, index) => drawJob(job, index, ask)));
  // What had the focus is another element now.
  const focused = [...details.querySelectorAll<HTMLElement>('[data-key]')].find(
    (each) => each.getAttribute('data-key') === key,
  );
  focused?.focus({ preventScroll: true });
}

function drawCharts(): void {
  loss.show(shown);
  accuracy.show(shown);
}
