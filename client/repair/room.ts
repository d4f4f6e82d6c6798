import type { TextDocument } from 'vscode';
import type { Embedding } from '../../core/image/embedBytes.ts';

/** VS Code gives longer texts to no extension (textModel.ts, `_MODEL_SYNC_LIMIT`), which could then neither check nor undo. */
const maxLength = 50 * 1024 * 1024;

/** How much more a document can hold. */
export class Room {
  #left: number;

  constructor(document: TextDocument) {
    this.#left = maxLength - document.getText().length;
  }

  /** The embedding, as long as there is room for it. */
  take(embedding: Embedding): Embedding {
    if (embedding.kind === 'left') return embedding;
    if (embedding.uri.length > this.#left) {
      return {
        kind: 'left',
        reason: 'the file would pass 50 MB, which VS Code gives to no extension',
      };
    }
    this.#left -= embedding.uri.length;
    return embedding;
  }
}
