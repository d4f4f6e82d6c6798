import { Disposable, EventEmitter, Uri, window, workspace } from 'vscode';

/** Documents that cannot be edited, each made of a file: to be searched, copied and put beside it. */
export class DerivedTexts implements Disposable {
  readonly #scheme: string;
  readonly #subject: string;
  readonly #texts = new Map<string, string>();
  readonly #changes = new EventEmitter<Uri>();
  readonly #registrations: Disposable;

  /** `subject` stands behind the file's name in the title of the tab. */
  constructor(scheme: string, subject: string) {
    this.#scheme = scheme;
    this.#subject = subject;
    this.#registrations = Disposable.from(
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changes.event,
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()),
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
      this.#changes,
    );
  }

  /** Shows a text; what is open of the same file already is renewed. */
  async show(file: Uri, text: string): Promise<void> {
    const path = `${file.path} (${this.#subject})`;
    const uri = Uri.from({ scheme: this.#scheme, path, query: file.toString() });
    this.#texts.set(uri.toString(), text);
    this.#changes.fire(uri);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  }

  dispose(): void {
    this.#registrations.dispose();
  }
}

/** The file that a document was made of. */
export function fileBehind(document: { readonly uri: Uri }): Uri {
  return Uri.parse(document.uri.query, true);
}
