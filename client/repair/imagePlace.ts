/** An image of a document. */
export interface ImagePlace {
  /** Of its record, from 0. */
  readonly line: number;
  /** From 0, among the images of the record. */
  readonly image: number;
}
