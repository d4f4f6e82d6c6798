import type { Disposable } from 'vscode';
import { LearntImages, type LearntImage } from '../core/image/learntImages.ts';
import { learntImagesMethod, type LearntImagesParams } from '../server/protocol.ts';
import type { Lifecycle } from './lifecycle.ts';

/** What was learnt of images in this window, because its user asked for it. Every server that starts is told. */
export class LearntStore implements Disposable {
  readonly #lifecycle: Lifecycle;
  readonly #images = new Map<string, LearntImage>();
  readonly #listener: Disposable;

  constructor(lifecycle: Lifecycle) {
    this.#lifecycle = lifecycle;
    this.#listener = lifecycle.onDidStart(() => {
      if (this.#images.size > 0) void this.#tell(this.#images);
    });
  }

  /** All of it, as it is now. */
  get images(): LearntImages {
    return new LearntImages(this.#images);
  }

  /** The same, by `learntKey`. */
  get entries(): ReadonlyMap<string, LearntImage> {
    return this.#images;
  }

  /** By `learntKey`. What was known of an image besides stays. */
  async add(images: ReadonlyMap<string, LearntImage>): Promise<void> {
    for (const [key, image] of images) {
      this.#images.set(key, { ...this.#images.get(key), ...image });
    }
    if (images.size > 0) await this.#tell(images);
  }

  dispose(): void {
    this.#listener.dispose();
  }

  async #tell(images: ReadonlyMap<string, LearntImage>): Promise<void> {
    const params: LearntImagesParams = { images: [...images] };
    await this.#lifecycle.client?.sendNotification(learntImagesMethod, params);
  }
}
