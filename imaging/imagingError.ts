/** A picture is refused, cannot be decoded, or cost more time or memory than it may. The message ends a sentence. */
export class ImagingError extends Error {
  override readonly name = 'ImagingError';
}
