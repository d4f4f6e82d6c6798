import type { Uri } from 'vscode';

/** A picture of an open document, as it stood when it was shown. */
export interface PicturePlace {
  readonly uri: Uri;
  /** Of the document. */
  readonly version: number;
  /** Of its record, from 0. */
  readonly line: number;
  /** From 0, among the pictures of the record. */
  readonly index: number;
}

/** More links are not held: each hover makes one name, and only the last one is on the screen. */
const maxPlaces = 256;

/** Names for the pictures of a hover that its links carry: they say nothing, and mean nothing elsewhere. */
export class PictureIds {
  readonly #places = new Map<string, PicturePlace>();
  #made = 0;

  name(place: PicturePlace): string {
    const id = `picture-${++this.#made}`;
    this.#places.set(id, place);
    this.#places.delete(`picture-${this.#made - maxPlaces}`);
    return id;
  }

  /** Undefined for anything that is no name of a picture. */
  find(id: unknown): PicturePlace | undefined {
    return typeof id === 'string' ? this.#places.get(id) : undefined;
  }
}
