import { commands, FileSystemError, window, workspace, type TextEditor, type Uri } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  imagePlacesMethod,
  repairImagesCommand,
  type ImagePlaces,
  type ImagePlacesParams,
  type ImagePlacesResult,
  type PlacedAddress,
  type RepairImagesArgument,
} from '../../server/protocol.ts';
import { activeDocument } from '../checkFile.ts';
import { withLateProgress } from '../lateProgress.ts';
import { askScope } from './askScope.ts';
import type { ImageChangeOutcome } from './changeImages.ts';
import { describeConversions, listConversions, type Conversion } from './conversionWords.ts';
import type { ImageReport } from './imageReport.ts';

export interface ConversionTools {
  readonly client: LanguageClient;
  readonly report: ImageReport;
}

/** Images of a file that are to change their form. */
export interface ChosenImages extends ImagePlaces {
  readonly editor: TextEditor;
}

/** The images of one kind that a person means, in the active file. Undefined when there are none, or the person has left. */
export async function chooseImages(
  client: LanguageClient,
  title: string,
  kind: ImagePlacesParams['kind'],
  isMeant: (place: PlacedAddress) => boolean = () => true,
): Promise<ChosenImages | undefined> {
  const document = await activeDocument();
  const editor = window.activeTextEditor;
  if (!document || editor?.document !== document) return undefined;
  const params: ImagePlacesParams = { uri: document.uri.toString(), kind };
  const found = await withLateProgress('Looking for images', (token) =>
    client.sendRequest<ImagePlacesResult>(imagePlacesMethod, params, token),
  );
  if (!found) return undefined;
  const meant = found.images.filter(isMeant);
  if (meant.length === 0) {
    void window.showInformationMessage(noneOfKind[kind]);
    return undefined;
  }
  const images = await askScope(editor, `${title}: Which`, meant);
  return images && { ...found, editor, images };
}

const noneOfKind = {
  web: 'There is no such image on the web in this file.',
  embedded: 'There is no embedded image in this file.',
};

/** Says what has become of images; those that the service would not take as they are can be repaired next. */
export async function tellConversions(
  { document }: TextEditor,
  outcome: ImageChangeOutcome,
  verb: 'embedded' | 'extracted',
  conversions: readonly Conversion[],
  { report, wantsRepair = false }: { readonly report: ImageReport; readonly wantsRepair?: boolean },
): Promise<void> {
  if (outcome === 'cancelled') {
    window.setStatusBarMessage(`Cancelled: no image was ${verb}.`, noticeMs);
  } else if (outcome === 'outdated') {
    void window.showWarningMessage(
      `The file has changed meanwhile, so no image was ${verb}. Run the command again.`,
    );
  } else {
    const { uri, version } = document;
    const argument: RepairImagesArgument = { uri: uri.toString(), version };
    const repair = {
      title: 'Repair Images…',
      run: () => commands.executeCommand(repairImagesCommand, argument),
    };
    await report.show(uri, describeConversions(conversions, verb), listConversions(conversions), {
      isWarning: conversions.some(({ kind }) => kind === 'left'),
      ...(wantsRepair && { next: repair }),
    });
  }
}

/** How long the status bar says what was done, in milliseconds. */
const noticeMs = 4000;

/** Undefined when dismissed. */
export async function askFolder(openLabel: string): Promise<Uri | undefined> {
  const [folder] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel,
      title: openLabel,
    })) ?? [];
  return folder;
}

/** Whatever cannot be looked at counts as there: it is not to be written over either. */
export async function exists(file: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(file);
    return true;
  } catch (error) {
    return !(error instanceof FileSystemError && error.code === 'FileNotFound');
  }
}
