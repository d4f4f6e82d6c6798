import { languages, window, workspace, type Disposable, type Uri } from 'vscode';
import { DerivedTexts } from '../derivedTexts.ts';
import { linkPlaces } from '../findingsList.ts';

const scheme = 'vision-finetune-images';

export interface NextStep {
  readonly title: string;
  readonly run: () => Thenable<unknown>;
}

/** Tells what has become of the images of a file: in a sentence, and of each by itself for who wants to know. */
export class ImageReport implements Disposable {
  readonly #texts = new DerivedTexts(scheme, 'images');
  readonly #links = languages.registerDocumentLinkProvider(
    { scheme },
    { provideDocumentLinks: linkPlaces },
  );

  /** `details` has a line for each image, which begins with its place. `next` is what a person may want to do then. */
  async show(
    file: Uri,
    sentence: string,
    details: string,
    { isWarning, next }: { readonly isWarning: boolean; readonly next?: NextStep },
  ): Promise<void> {
    const summary = `${workspace.asRelativePath(file)}: ${sentence}`;
    const showDetails = 'Show Details';
    const buttons = next ? [next.title, showDetails] : [showDetails];
    const choice = isWarning
      ? await window.showWarningMessage(summary, ...buttons)
      : await window.showInformationMessage(summary, ...buttons);
    if (choice === showDetails) await this.#texts.show(file, `${summary}\n\n${details}`);
    else if (choice !== undefined) await next?.run();
  }

  dispose(): void {
    this.#texts.dispose();
    this.#links.dispose();
  }
}
