import { drawBoxes } from './drawRecord.ts';
import { button, element } from './elements.ts';
import { toAddress } from './pictures.ts';
import type { PreviewedPicture } from './protocol.ts';

/** How a picture is asked for in full size, and the one before or after it. */
export interface ZoomParts {
  readonly askWhole: (picture: PreviewedPicture) => void;
  /** The picture that is `by` further on in the record, if there is one. */
  readonly neighbour: (picture: PreviewedPicture, by: 1 | -1) => PreviewedPicture | undefined;
}

/**
 * One picture over the whole panel: as large as fits, or, after a click or Enter, pixel by pixel. Escape closes it, and the
 * focus goes back to where it was, which the browser sees to.
 */
export class Zoom {
  readonly #parts: ZoomParts;
  readonly #dialog = element('dialog', { class: 'zoom', 'aria-label': 'Picture in full size' });
  #picture: PreviewedPicture | undefined;
  #address: string | undefined;

  constructor(parts: ZoomParts) {
    this.#parts = parts;
    this.#dialog.addEventListener('close', () => this.#forget());
    this.#dialog.addEventListener('keydown', (event) => this.#onKey(event));
    document.body.append(this.#dialog);
  }

  open(picture: PreviewedPicture): void {
    this.#forget();
    this.#picture = picture;
    this.#dialog.replaceChildren(this.#bar(picture), element('p', { role: 'status' }, 'Loading…'));
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#parts.askWhole(picture);
  }

  close(): void {
    this.#dialog.close();
  }

  /** Whether it is open, so that keys are meant for it. */
  get isOpen(): boolean {
    return this.#dialog.open;
  }

  show(index: number, bytes: Uint8Array, mediaType: string): void {
    const picture = this.#picture;
    if (picture?.index !== index) return;
    this.#address = toAddress(bytes, mediaType);
    const alt = `Image ${index + 1}: ${picture.words.join(', ')}`;
    const image = element('img', { alt });
    image.src = this.#address;
    const canvas = element('span', { class: 'canvas' }, image, ...drawBoxes(picture.boxes));
    const frame = button(
      '',
      { class: 'whole', title: 'Change between all of it and its pixels' },
      () => this.#dialog.classList.toggle('pixels'),
    );
    frame.append(canvas);
    this.#dialog.replaceChildren(this.#bar(picture), element('div', { class: 'scroll' }, frame));
    frame.focus();
  }

  fail(index: number, reason: string): void {
    if (this.#picture?.index !== index) return;
    const words = element('p', { role: 'status' }, `Not shown, for ${reason}.`);
    this.#dialog.replaceChildren(this.#bar(this.#picture), words);
  }

  #bar({ index, words }: PreviewedPicture): HTMLElement {
    return element(
      'div',
      { class: 'bar' },
      element('span', {}, `Image ${index + 1} · ${words.join(' · ')}`),
      button('Close', { title: 'Close (Escape)' }, () => this.close()),
    );
  }

  #onKey(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined;
    const isScrolling = this.#dialog.classList.contains('pixels');
    if (by === undefined || !this.#picture || isScrolling) return;
    const other = this.#parts.neighbour(this.#picture, by);
    event.preventDefault();
    if (other) this.open(other);
  }

  #forget(): void {
    if (this.#address !== undefined) URL.revokeObjectURL(this.#address);
    this.#address = undefined;
    this.#picture = undefined;
    this.#dialog.classList.remove('pixels');
    this.#dialog.replaceChildren();
  }
}
