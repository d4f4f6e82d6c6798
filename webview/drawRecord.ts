import { button, element } from './elements.ts';
import type {
  FromPage,
  PictureAction,
  PreviewedBlock,
  PreviewedBox,
  PreviewedFinding,
  PreviewedMessage,
  PreviewedPicture,
  PreviewedRecord,
  PreviewedText,
  ToPage,
} from './protocol.ts';

/** What the drawing of a record is given besides the record. */
export interface Drawing {
  readonly revision: number;
  readonly ask: (message: FromPage) => void;
  /** Opens a picture in full size. */
  readonly zoom: (picture: PreviewedPicture) => void;
  /** Called with the image of a picture: its bytes are to be put there when it comes near the screen. */
  readonly await: (picture: PreviewedPicture, image: HTMLImageElement) => void;
}

const english = new Intl.NumberFormat('en-US');

/** On the button, and for who does not see what it stands under. */
const actionWords: Readonly<Record<PictureAction, readonly [short: string, long: string]>> = {
  copy: ['Copy', 'Copy as data URI'],
  extract: ['Extract…', 'Extract to a file'],
  setDetail: ['Set Detail…', 'Set detail'],
  repair: ['Repair…', 'Repair'],
  checkAddress: ['Check Address…', 'Check the address'],
};

const severityNames: Readonly<Record<PreviewedFinding['severity'], string>> = {
  error: 'Error',
  warning: 'Warning',
  info: 'Note',
  hint: 'Hint',
};

/** A record as elements. All that comes from it is text. */
export function drawRecord(record: PreviewedRecord, drawing: Drawing): DocumentFragment {
  const { messages, tools, findings, omitted } = record;
  const made = document.createDocumentFragment();
  made.append(...drawFindings(findings, drawing));
  if (tools) made.append(drawTools(tools, drawing));
  made.append(...messages.map((message, index) => drawMessage(message, index, drawing)));
  if (omitted > 0) {
    const title = `Show more: ${english.format(omitted)} messages and parts are left out`;
    const { revision } = drawing;
    made.append(
      button(title, { class: 'more', 'data-key': 'more' }, () =>
        drawing.ask({ kind: 'moreMessages', revision }),
      ),
    );
  }
  return made;
}

function drawMessage(message: PreviewedMessage, index: number, drawing: Drawing): HTMLElement {
  const id = `message-${index}`;
  const { role, notes, blocks, findings } = message;
  return element(
    'section',
    { class: 'message', 'aria-labelledby': id },
    element(
      'h2',
      { id },
      element('span', { class: 'role', dir: 'auto' }, role),
      ...notes.map((note) => element('span', { class: 'note', dir: 'auto' }, note)),
    ),
    ...drawBlocks(blocks, drawing),
    ...drawFindings(findings, drawing),
  );
}

/** Pictures that follow each other stand in a row. */
function drawBlocks(blocks: readonly PreviewedBlock[], drawing: Drawing): readonly HTMLElement[] {
  const made: HTMLElement[] = [];
  let row: HTMLElement | undefined;
  for (const block of blocks) {
    if (block.kind === 'text') {
      row = undefined;
      made.push(drawText(block, drawing));
      continue;
    }
    if (!row) {
      row = element('div', { class: 'pictures' });
      made.push(row);
    }
    row.append(drawPicture(block, drawing));
  }
  return made;
}

function drawTools(tools: PreviewedText, drawing: Drawing): HTMLElement {
  const { label, ...text } = tools;
  return element(
    'details',
    { class: 'tools' },
    element('summary', { 'data-key': 'tools', dir: 'auto' }, label ?? 'tools'),
    drawText({ ...text, label: undefined }, drawing),
  );
}

/** A long text is shown as far as it was sent; more comes when it is asked for. */
function drawText(block: PreviewedText, drawing: Drawing): HTMLElement {
  const { id, label, isCode } = block;
  const text = element(
    'div',
    { class: isCode ? 'text code' : 'text', dir: 'auto' },
    element('div', {}, block.text),
  );
  const made = element(
    'div',
    { class: 'block', id: `text-${id}` },
    label === undefined ? undefined : element('div', { class: 'label', dir: 'auto' }, label),
    text,
  );
  if (block.shown < block.length) addMore(made, text, block, drawing);
  return made;
}

type MoreText = Extract<ToPage, { kind: 'moreText' }>;

/** Shows what has come of the rest of a text. */
export function showMoreText(more: MoreText): void {
  const block = document.getElementById(`text-${more.id}`);
  block?.dispatchEvent(new CustomEvent('arrived', { detail: more }));
}

function addMore(
  block: HTMLElement,
  text: HTMLElement,
  { id, shown, length }: PreviewedText,
  { ask, revision }: Drawing,
): void {
  let from = shown;
  const more = button('', { class: 'more' }, () => ask({ kind: 'moreText', revision, id, from }));
  const name = (): void => {
    more.textContent = `Show more: ${english.format(from)} of ${english.format(length)} characters are shown`;
  };
  block.addEventListener('arrived', (event) => {
    const { detail } = event as CustomEvent<MoreText>;
    // Who clicks twice has asked for the same twice.
    if (detail.from !== from) return;
    text.append(...detail.pieces.map((piece) => element('div', { class: 'later' }, piece)));
    from = detail.to;
    if (from >= length) more.remove();
    else name();
  });
  name();
  block.append(more);
}

function drawPicture(picture: PreviewedPicture, drawing: Drawing): HTMLElement {
  const { index, words, address, findings } = picture;
  return element(
    'figure',
    { class: 'picture' },
    picture.key === '' ? undefined : drawFrame(picture, drawing),
    picture.refusal === undefined ? undefined : drawRefusal(picture.refusal),
    element(
      'figcaption',
      {},
      element('span', { class: 'number' }, `Image ${index + 1}`),
      address === undefined
        ? undefined
        : element('span', { class: 'address code', dir: 'ltr' }, address),
      ...words.map((line) => element('span', { class: 'words' }, line)),
    ),
    ...drawFindings(findings, drawing),
    drawActions(picture, drawing),
  );
}

/** In the place of the picture. */
export function drawRefusal(reason: string): HTMLElement {
  return element('p', { class: 'hidden' }, `Not shown, for ${reason}.`);
}

/** The picture itself, as a button: a click or Enter shows it in full size. */
function drawFrame(picture: PreviewedPicture, drawing: Drawing): HTMLElement {
  const { index, words, size } = picture;
  const alt = `Image ${index + 1}: ${words.join(', ')}`;
  const image = element('img', {
    alt,
    ...(size && { width: String(size.width), height: String(size.height) }),
  });
  const frame = button(
    '',
    { class: 'frame', title: 'Show in full size', 'data-key': `frame-${index}` },
    () => drawing.zoom(picture),
  );
  frame.append(element('span', { class: 'canvas' }, image, ...drawBoxes(picture.boxes)));
  drawing.await(picture, image);
  return frame;
}

/** What was seen in a picture, drawn on it. Shares of its size, so that they stay in place at any. */
export function drawBoxes(boxes: readonly PreviewedBox[]): readonly HTMLElement[] {
  return boxes.map(({ label, left, top, width, height }) => {
    const made = element('span', { class: 'box' }, element('span', { class: 'box-label' }, label));
    made.style.left = `${left * 100}%`;
    made.style.top = `${top * 100}%`;
    made.style.width = `${width * 100}%`;
    made.style.height = `${height * 100}%`;
    return made;
  });
}

function drawActions({ index, actions }: PreviewedPicture, drawing: Drawing): HTMLElement {
  const { revision, ask } = drawing;
  return element(
    'div',
    { class: 'actions' },
    ...actions.map((action) => {
      const [short, long] = actionWords[action];
      const words = { title: long, 'aria-label': `${long}: image ${index + 1}` };
      return button(short, { ...words, 'data-key': `${action}-${index}` }, () =>
        ask({ kind: 'act', revision, index, action }),
      );
    }),
  );
}

function drawFindings(
  findings: readonly PreviewedFinding[],
  drawing: Drawing,
): readonly HTMLElement[] {
  if (findings.length === 0) return [];
  const items = findings.map((finding) => drawFinding(finding, drawing));
  return [element('ul', { class: 'findings', 'aria-label': 'Findings' }, ...items)];
}

/** A button, which puts the cursor there. */
function drawFinding(
  { severity, message, rule, offset }: PreviewedFinding,
  { revision, ask }: Drawing,
): HTMLElement {
  const attributes = {
    class: 'finding',
    title: 'Go to its place in the file',
    'data-key': `finding-${rule}-${offset}`,
  };
  const made = button('', attributes, () => ask({ kind: 'reveal', revision, offset }));
  made.append(
    element('span', { class: 'severity' }, severityNames[severity]),
    element('span', { dir: 'auto' }, ` ${message} `),
    element('span', { class: 'rule' }, rule),
  );
  return element('li', { class: severity }, made);
}
