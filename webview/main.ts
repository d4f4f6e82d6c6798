/** The page of the preview: draws the records that it is sent, and says what a person wants of them. */
import { drawRecord, drawRefusal, showMoreText } from './drawRecord.ts';
import { button, element } from './elements.ts';
import { ArrivedPictures } from './pictures.ts';
import {
  isToPage,
  type FromPage,
  type Memento,
  type PreviewedBlock,
  type PreviewedPicture,
  type PreviewedRecord,
  type Step,
  type ToPage,
} from './protocol.ts';
import { Zoom } from './zoom.ts';

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
const pictures = new ArrivedPictures();
let revision = 0;
let shown: readonly PreviewedPicture[] = [];
/** The image of each picture of the record that has not been sent yet, by its index. */
let awaited = new Map<number, HTMLImageElement>();

const zoom = new Zoom({
  askWhole: ({ index }) => ask({ kind: 'picture', revision, index, isWhole: true }),
  neighbour: (picture, by) => {
    const embedded = shown.filter(({ key }) => key !== '');
    return embedded[embedded.findIndex(({ index }) => index === picture.index) + by];
  },
});

/** Asks for pictures as they come near the screen. */
const nearby = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      nearby.unobserve(target);
      const index = [...awaited].find(([, image]) => image === target)?.[0];
      if (index !== undefined) ask({ kind: 'picture', revision, index, isWhole: false });
    }
  },
  { rootMargin: '300px' },
);

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
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (zoom.isOpen || altKey || ctrlKey || metaKey) return;
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
  // A long line of code is scrolled by the same keys.
  if (event.target instanceof HTMLElement && event.target.matches('.code')) return;
  event.preventDefault();
  const isForward = key === 'ArrowRight';
  const step = isForward ? 'next' : 'previous';
  ask({ kind: 'go', step: shiftKey ? `${step}Problem` : step });
});

ask({ kind: 'ready' });

function receive(message: ToPage): void {
  if (message.kind === 'notice') {
    status.textContent = message.words;
    return;
  }
  if (message.kind === 'nothing') {
    showNothing(message.words);
    return;
  }
  if (message.kind === 'record') {
    vscode.setState(message.memento);
    showRecord(message);
    return;
  }
  // About a record that is no longer shown.
  if (message.revision !== revision) return;
  switch (message.kind) {
    case 'place':
      title.textContent = message.title;
      summary.textContent = message.summary;
      status.textContent = '';
      return;
    case 'picture': {
      showPicture(message);
      return;
    }
    case 'noPicture':
      if (message.isWhole) zoom.fail(message.index, message.reason);
      else hidePicture(message.index, message.reason);
      return;
    case 'moreText': {
      showMoreText(message);
      return;
    }
    case 'zoom': {
      const picture = shown.find(({ index }) => index === message.index);
      if (picture?.key) zoom.open(picture);
      return;
    }
  }
}

function showNothing(words: string): void {
  revision = -1;
  zoom.close();
  title.textContent = 'Record';
  summary.textContent = '';
  status.textContent = words;
  main.replaceChildren();
}

/** Of the record that is there already, with another text or other findings, place and focus stay. */
function showRecord({
  revision: number,
  record,
  isSame,
}: Extract<ToPage, { kind: 'record' }>): void {
  revision = number;
  const focused = document.activeElement;
  const key = main.contains(focused) ? focused?.getAttribute('data-key') : undefined;
  const scrolled = document.documentElement.scrollTop;
  if (!isSame) zoom.close();
  nearby.disconnect();
  awaited = new Map();
  shown = picturesOf(record);
  pictures.keep(new Set(shown.map((picture) => picture.key)));
  main.replaceChildren(
    drawRecord(record, {
      revision,
      ask,
      zoom: (picture) => zoom.open(picture),
      await: awaitPicture,
    }),
  );
  document.documentElement.scrollTop = isSame ? scrolled : 0;
  // What had the focus is another element now, or gone; then what it was in has it.
  if (key !== undefined) (find(key) ?? main).focus({ preventScroll: true });
}

function find(key: string | null): HTMLElement | undefined {
  if (key === null) return undefined;
  return [...main.querySelectorAll<HTMLElement>('[data-key]')].find(
    (each) => each.getAttribute('data-key') === key,
  );
}

function picturesOf({ messages }: PreviewedRecord): readonly PreviewedPicture[] {
  const isPicture = (block: PreviewedBlock): block is PreviewedPicture => block.kind === 'picture';
  return messages.flatMap(({ blocks }) => blocks.filter(isPicture));
}

function awaitPicture({ key, index }: PreviewedPicture, image: HTMLImageElement): void {
  const address = pictures.get(key);
  if (address !== undefined) {
    image.src = address;
    return;
  }
  awaited.set(index, image);
  nearby.observe(image);
}

function showPicture(message: Extract<ToPage, { kind: 'picture' }>): void {
  const { index, bytes, mediaType, isWhole } = message;
  if (isWhole) {
    zoom.show(index, bytes, mediaType);
    return;
  }
  const picture = shown.find((each) => each.index === index);
  const image = awaited.get(index);
  if (!picture || !image) return;
  image.src = pictures.get(picture.key) ?? pictures.add(picture.key, bytes, mediaType);
  awaited.delete(index);
}

/** In the place of the picture stands why there is none. */
function hidePicture(index: number, reason: string): void {
  const frame = awaited.get(index)?.closest('.frame');
  frame?.replaceWith(drawRefusal(reason));
  awaited.delete(index);
}
