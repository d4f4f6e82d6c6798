import { drawRecord, drawRefusal, showMoreText } from './drawRecord.ts';
import { ArrivedPictures } from './pictures.ts';
import type { FromPage, PreviewedBlock, PreviewedPicture, ToPage } from './protocol.ts';
import type { ShownRecord } from './recordsProtocol.ts';
import { Zoom } from './zoom.ts';

/** What is about a record that is shown. */
export type AboutRecord = Extract<ToPage, { kind: 'picture' | 'noPicture' | 'moreText' }>;

/** A record as a conversation in an element of a page, with its pictures as they come near the screen. */
export class RecordView {
  readonly #place: HTMLElement;
  readonly #ask: (message: FromPage) => void;
  readonly #pictures = new ArrivedPictures();
  readonly #zoom: Zoom;
  readonly #nearby: IntersectionObserver;
  #revision = 0;
  #shown: readonly PreviewedPicture[] = [];
  /** The image of each picture of the record that has not been sent yet, by its index. */
  #awaited = new Map<number, HTMLImageElement>();

  constructor(place: HTMLElement, ask: (message: FromPage) => void) {
    this.#place = place;
    this.#ask = ask;
    this.#zoom = new Zoom({
      askWhole: ({ index }) =>
        ask({ kind: 'picture', revision: this.#revision, index, isWhole: true }),
      neighbour: (picture, by) => {
        const embedded = this.#shown.filter(({ key }) => key !== '');
        return embedded[embedded.findIndex(({ index }) => index === picture.index) + by];
      },
    });
    this.#nearby = new IntersectionObserver((entries) => this.#askFor(entries), {
      root: place,
      rootMargin: '300px',
    });
  }

  get isZoomed(): boolean {
    return this.#zoom.isOpen;
  }

  get revision(): number {
    return this.#revision;
  }

  clear(): void {
    this.#revision = -1;
    this.#zoom.close();
    this.#place.replaceChildren();
  }

  show({ revision, record, isSame }: ShownRecord): void {
    this.#revision = revision;
    const scrolled = this.#place.scrollTop;
    if (!isSame) this.#zoom.close();
    this.#nearby.disconnect();
    this.#awaited = new Map();
    const isPicture = (block: PreviewedBlock): block is PreviewedPicture =>
      block.kind === 'picture';
    this.#shown = record.messages.flatMap(({ blocks }) => blocks.filter(isPicture));
    this.#pictures.keep(new Set(this.#shown.map(({ key }) => key)));
    this.#place.replaceChildren(
      drawRecord(record, {
        revision,
        ask: this.#ask,
        zoom: (picture) => this.#zoom.open(picture),
        await: (picture, image) => this.#await(picture, image),
      }),
    );
    this.#place.scrollTop = isSame ? scrolled : 0;
  }

  receive(message: AboutRecord): void {
    // About a record that is no longer shown.
    if (message.revision !== this.#revision) return;
    if (message.kind === 'moreText') showMoreText(message);
    else if (message.kind === 'picture') this.#showPicture(message);
    else if (message.isWhole) this.#zoom.fail(message.index, message.reason);
    else this.#hidePicture(message.index, message.reason);
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
      if (index === undefined) continue;
      this.#ask({ kind: 'picture', revision: this.#revision, index, isWhole: false });
    }
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
