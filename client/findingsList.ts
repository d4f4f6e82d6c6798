import {
  DocumentLink,
  EventEmitter,
  Range,
  Uri,
  window,
  workspace,
  languages,
  Disposable,
  type TextDocument,
} from 'vscode';
import type { FileFinding } from '../server/protocol.ts';
import { describeFindings, placePattern } from './findingWords.ts';

const scheme = 'vision-finetune-findings';

/**
 * All findings of a file as a document that cannot be edited, each place in it a link: VS Code's Problems view takes 1,000 of
 * a file, and leaves out hints.
 */
export class FindingsList implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changes = new EventEmitter<Uri>();
  readonly #registrations = Disposable.from(
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changes.event,
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()),
    }),
    languages.registerDocumentLinkProvider({ scheme }, { provideDocumentLinks }),
    workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    this.#changes,
  );

  /** Shows them; a list of the same file that is open already is renewed. */
  async show(file: Uri, summary: string, findings: readonly FileFinding[]): Promise<void> {
    const uri = listOf(file);
    this.#texts.set(uri.toString(), `${summary}\n\n${describeFindings(findings)}`);
    this.#changes.fire(uri);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  }

  dispose(): void {
    this.#registrations.dispose();
  }
}

/** Its last part is the title of the tab; the file itself is kept in the query. */
function listOf(file: Uri): Uri {
  return Uri.from({ scheme, path: `${file.path} (findings)`, query: file.toString() });
}

function provideDocumentLinks(document: TextDocument): DocumentLink[] {
  const file = Uri.parse(document.uri.query, true);
  return Array.from({ length: document.lineCount }, (_, line) => {
    const [place, line1, column1] = placePattern.exec(document.lineAt(line).text) ?? [];
    if (place === undefined) return [];
    const target = file.with({ fragment: `L${line1},${column1}` });
    return [new DocumentLink(new Range(line, 0, line, place.length), target)];
  }).flat();
}
