import { languages, window, workspace, type Disposable, type Uri } from 'vscode';
import { DerivedTexts } from '../derivedTexts.ts';
import { linkPlaces } from '../findingsList.ts';

const scheme = 'vision-finetune-images';

/** Tells what has become of the images of a file: in a sentence, and of each by itself for who wants to know. */
export class ImageReport implements Disposable {
  readonly #texts = new DerivedTexts(scheme, 'images');
  readonly #links = languages.registerDocumentLinkProvider(
    { scheme },
    { provideDocumentLinks: linkPlaces },
  );

  /** `details` has a line for each image, which begins with its place. */
  async show(
    file: Uri,
    sentence: string,
    details: string,
    { isWarning }: { readonly isWarning: boolean },
  ): Promise<void> {
    const summary = `${workspace.asRelativePath(file)}: ${sentence}`;
    const showDetails = 'Show Details';
    const choice = isWarning
      ? await window.showWarningMessage(summary, showDetails)
      : await window.showInformationMessage(summary, showDetails);
    if (choice === showDetails) await this.#texts.show(file, `${summary}\n\n${details}`);
  }

  dispose(): void {
    this.#texts.dispose();
    this.#links.dispose();
  }
}
