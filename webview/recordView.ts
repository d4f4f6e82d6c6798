import { drawRecord, drawRefusal, showMoreText } from './drawRecord.ts';
import { ArrivedPictures } from './pictures.ts';
import type {
  FromPage,
  PreviewedBlock,
  PreviewedPicture,
  PreviewedRecord,
  ShownRecord,
  ToPage,
} from './protocol.ts';
import { Zoom } from './zoom.ts';

/** What is about a record that is shown. */
export type AboutRecord = Extract<ToPage, { kind: 'picture' | 'noPicture' | 'moreText' }>;

export interface ViewParts {
  /** Can have the focus. */
  readonly place: HTMLElement;
  /** What scrolls it: the place itself, or the page. */
  readonly scroller: HTMLElement;
  readonly ask: (message: FromPage) => void;
}

/** A record as a conversation in an element of a page, with its pictures as they come near the screen. */
export class RecordView {
  readonly #parts: ViewParts;
  readonly #pictures = new ArrivedPictures();
  readonly #zoom: Zoom;
  readonly #nearby: IntersectionObserver;
  #revision = 0;
  #shown: readonly PreviewedPicture[] = [];
  /** The image of each picture of the record that has not been sent yet, by its index. */
  #awaited = new Map<number, HTMLImageElement>();

  constructor(parts: ViewParts) {
    this.#parts = parts;
    this.#zoom = new Zoom({
      askWhole: ({ index }) => this.#askPicture(index, true),
      neighbour: (picture, by) => {
        const embedded = this.#shown.filter(({ key }) => key !== '');
        return embedded[embedded.findIndex(({ index }) => index === picture.index) + by];
      },
    });
    const { place, scroller } = parts;
    this.#nearby = new IntersectionObserver((entries) => this.#askFor(entries), {
      root: scroller === place ? place : document,
      rootMargin: '300px',
    });
  }

  /** Whether a picture covers the page, so that keys are meant for it. */
  get isZoomed(): boolean {
    return this.#zoom.isOpen;
  }

  get revision(): number {
    return this.#revision;
  }

  clear(): void {
    this.#revision = -1;
    this.#zoom.close();
    this.#parts.place.replaceChildren();
  }

  /** Of the record that is there already, with another text or other findings, place and focus stay. */
  show({ revision, record, isSame }: ShownRecord): void {
    this.#revision = revision;
    const { place, scroller } = this.#parts;
    const focused = place.contains(document.activeElement) ? document.activeElement : undefined;
    const scrolled = scroller.scrollTop;
    if (!isSame) this.#zoom.close();
    this.#draw(record);
    scroller.scrollTop = isSame ? scrolled : 0;
    // What had the focus is another element now, or gone; then what it was in has it.
    if (focused) this.#counterpart(focused).focus({ preventScroll: true });
  }

  /** Shows one of its pictures in full size. */
  open(index: number): void {
    const picture = this.#shown.find((each) => each.index === index);
    if (picture?.key) this.#zoom.open(picture);
  }

  receive(message: AboutRecord): void {
    // About a record that is no longer shown.
    if (message.revision !== this.#revision) return;
    if (message.kind === 'moreText') showMoreText(message);
    else if (message.kind === 'picture') this.#showPicture(message);
    else if (message.isWhole) this.#zoom.fail(message.index, message.reason);
    else this.#hidePicture(message.index, message.reason);
  }

  #draw(record: PreviewedRecord): void {
    this.#nearby.disconnect();
    this.#awaited = new Map();
    this.#shown = picturesOf(record);
    this.#pictures.keep(new Set(this.#shown.map(({ key }) => key)));
    this.#parts.place.replaceChildren(
      drawRecord(record, {
        revision: this.#revision,
        ask: this.#parts.ask,
        zoom: (picture) => this.#zoom.open(picture),
        await: (picture, image) => this.#await(picture, image),
      }),
    );
  }

  #counterpart(element: Element): HTMLElement {
    const { place } = this.#parts;
    const key = element.getAttribute('data-key');
    const keyed = [...place.querySelectorAll<HTMLElement>('[data-key]')];
    return keyed.find((each) => each.getAttribute('data-key') === key) ?? place;
  }

  #await({ key, index }: PreviewedPicture, image: HTMLImageElement): void {
    const address = this.#pictures.get(key);
    if (address !== undefined) {
      image.src = address;
      return;
    }
    this.#awaited.set(index, image);
    this.#nearby.observe(image);
  }

  #askFor(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      this.#nearby.unobserve(target);
      const index = [...this.#awaited].find(([, image]) => image === target)?.[0];
      if (index !== undefined) this.#askPicture(index, false);
    }
  }

  #askPicture(index: number, isWhole: boolean): void {
    this.#parts.ask({ kind: 'picture', revision: this.#revision, index, isWhole });
  }

  #showPicture(message: Extract<ToPage, { kind: 'picture' }>): void {
    const { index, bytes, mediaType, isWhole } = message;
    if (isWhole) {
      this.#zoom.show(index, bytes, mediaType);
      return;
    }
    const picture = this.#shown.find((each) => each.index === index);
    const image = this.#awaited.get(index);
    if (!picture || !image) return;
    image.src =
      this.#pictures.get(picture.key) ?? this.#pictures.add(picture.key, bytes, mediaType);
    this.#awaited.delete(index);
  }

  /** In the place of the picture stands why there is none. */
  #hidePicture(index: number, reason: string): void {
    this.#awaited.get(index)?.closest('.frame')?.replaceWith(drawRefusal(reason));
    this.#awaited.delete(index);
  }
}

function picturesOf({ messages }: PreviewedRecord): readonly PreviewedPicture[] {
  const isPicture = (block: PreviewedBlock): block is PreviewedPicture => block.kind === 'picture';
  return messages.flatMap(({ blocks }) => blocks.filter(isPicture));
}
