import { button, element } from './elements.ts';
import type { FromJobPage, ShownAction, ShownJob } from './jobProtocol.ts';

export type AskClient = (message: FromJobPage) => void;

const titles: Readonly<Record<ShownAction, string>> = {
  copyModelName: 'Copy Model Name',
  copyRequest: 'Copy Request…',
  tryModel: 'Try the Model…',
  openPortal: 'Open Portal',
  downloadResults: 'Download Results…',
  showReceipt: 'Show Receipt',
  showJobEvents: 'Show Events',
  pauseJob: 'Pause',
  resumeJob: 'Resume',
  cancelJob: 'Cancel Job…',
};

/** A job without its curves, which several jobs share. */
export function drawJob(job: ShownJob, index: number, ask: AskClient): HTMLElement {
  const heading = `job-${index}`;
  return element(
    'section',
    { class: 'job', 'aria-labelledby': heading },
    element(
      'h2',
      { id: heading },
      element('span', { class: `mark series-${index % 6}`, 'aria-hidden': 'true' }),
      job.name,
      ' ',
      element('span', { class: `badge ${job.tone}` }, job.status),
    ),
    element('p', { class: 'summary' }, job.summary),
    ...job.notes.map((note) => element('p', { class: 'note' }, note)),
    element(
      'div',
      { class: 'actions' },
      ...job.actions.map((action) =>
        button(titles[action], { 'data-key': `${index} ${action}` }, () =>
          ask({ kind: 'act', job: index, action }),
        ),
      ),
    ),
    drawCheckpoints(job, index, ask),
    drawRows(job),
  );
}

function drawCheckpoints(
  { checkpoints }: ShownJob,
  index: number,
  ask: AskClient,
): HTMLElement | undefined {
  if (checkpoints.length === 0) return undefined;
  return element(
    'section',
    { class: 'checkpoints' },
    element('h3', {}, 'Checkpoints'),
    element(
      'ul',
      {},
      ...checkpoints.map(({ model, words }, checkpoint) =>
        element(
          'li',
          {},
          element('span', {}, words),
          ' ',
          element('code', {}, model),
          ' ',
          button('Copy Name', { 'data-key': `${index} checkpoint ${checkpoint}` }, () =>
            ask({ kind: 'copyCheckpoint', job: index, checkpoint }),
          ),
        ),
      ),
    ),
  );
}

function drawRows({ rows }: ShownJob): HTMLElement {
  return element(
    'table',
    { class: 'rows' },
    element(
      'tbody',
      {},
      ...rows.map(([name, value]) =>
        element('tr', {}, element('th', {}, name), element('td', {}, value)),
      ),
    ),
  );
}
