import {
  DocumentLink,
  languages,
  Range,
  type Disposable,
  type TextDocument,
  type Uri,
} from 'vscode';
import type { FileFinding } from '../server/protocol.ts';
import { DerivedTexts, fileBehind } from './derivedTexts.ts';
import { describeFindings, placePattern } from './findingWords.ts';

const scheme = 'vision-finetune-findings';

/** All findings of a file, each place a link: VS Code's Problems view takes 1,000 of a file, and leaves out hints. */
export class FindingsList implements Disposable {
  readonly #texts = new DerivedTexts(scheme, 'findings');
  readonly #links = languages.registerDocumentLinkProvider(
    { scheme },
    { provideDocumentLinks: linkPlaces },
  );

  show(file: Uri, summary: string, findings: readonly FileFinding[]): Promise<void> {
    return this.#texts.show(file, `${summary}\n\n${describeFindings(findings)}`);
  }

  dispose(): void {
    this.#texts.dispose();
    this.#links.dispose();
  }
}

/** Links from the places that lines begin with to the file that a document was made of. */
export function linkPlaces(document: TextDocument): DocumentLink[] {
  const file = fileBehind(document);
  return Array.from({ length: document.lineCount }, (_, line) => {
    const [place, line1, column1] = placePattern.exec(document.lineAt(line).text) ?? [];
    if (place === undefined) return [];
    const target = file.with({ fragment: `L${line1},${column1}` });
    return [new DocumentLink(new Range(line, 0, line, place.length), target)];
  }).flat();
}
