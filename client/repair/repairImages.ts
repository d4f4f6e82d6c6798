import { window, workspace, type TextDocument } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { replaceImage } from '../../core/fixes/imageFixes.ts';
import { offerRepairs } from '../../core/image/repairOffer.ts';
import type { ImagingProcess } from '../../imaging/imagingProcess.ts';
import {
  imagesToRepairMethod,
  type ImagesToRepair,
  type ImagesToRepairParams,
  type ImagesToRepairResult,
  type ImageToRepair,
  type RepairImagesArgument,
} from '../../server/protocol.ts';
import { withLateProgress } from '../lateProgress.ts';
import { bytesOf } from '../thumbnails.ts';
import { askRepairs } from './askRepairs.ts';
import { askScope } from './askScope.ts';
import { changeImages } from './changeImages.ts';
import type { ImageReport } from './imageReport.ts';
import { planOne, planRepairs, type PlannedRepair, type RefusedRepair } from './plannedRepairs.ts';
import { describeOutcomes, listOutcomes, type RepairOutcome } from './repairWords.ts';

export interface RepairTools {
  readonly client: LanguageClient;
  /** Started when it is first asked. */
  readonly imaging: () => Promise<Pick<ImagingProcess, 'repair'>>;
  readonly report: ImageReport;
}

/** What is to be done, and what cannot be. */
interface Repairs {
  readonly document: TextDocument;
  readonly version: number;
  readonly planned: readonly PlannedRepair[];
  readonly refused: readonly RefusedRepair[];
}

/**
 * Repairs the image that a code action names, or what a person chooses among the images of the file: decoded and written
 * anew in another process, put back in one step that can be undone.
 */
export async function repairImages(tools: RepairTools, argument: unknown): Promise<void> {
  const repairs = isArgument(argument)
    ? await repairsOfAction(tools.client, argument)
    : await repairsAtCursor(tools.client);
  if (repairs?.planned.length) await carryOut(tools, repairs);
  else if (repairs) await tell(repairs.document, repairs.refused.map(asFailed), tools.report);
}

async function repairsOfAction(
  client: LanguageClient,
  { uri, version, line, image }: RepairImagesArgument,
): Promise<Repairs | undefined> {
  const document = workspace.textDocuments.find((each) => each.uri.toString() === uri);
  if (document?.version !== version) {
    tellOutdated();
    return undefined;
  }
  const found = await findImages(client, document, line);
  if (!found) return undefined;
  if (image === undefined) return askFor(document, found, found.images);
  const named = found.images.find((each) => each.line === line && each.image === image);
  const one = named && planOne(named, found.maxBytes);
  const isPlanned = one !== undefined && 'plan' in one;
  return {
    document,
    version,
    planned: isPlanned ? [one] : [],
    refused: one && !isPlanned ? [one] : [],
  };
}

async function repairsAtCursor(client: LanguageClient): Promise<Repairs | undefined> {
  const editor = window.activeTextEditor;
  if (!editor) {
    void window.showInformationMessage('Open a training file first.');
    return undefined;
  }
  const { document } = editor;
  const found = await findImages(client, document);
  if (!found) return undefined;
  if (found.images.length === 0) {
    void window.showInformationMessage(nothingToDo);
    return undefined;
  }
  const images = await askScope(editor, 'Repair Images: Which', found.images);
  return images && askFor(document, found, images);
}

async function findImages(
  client: LanguageClient,
  document: TextDocument,
  line?: number,
): Promise<ImagesToRepair | undefined> {
  const uri = document.uri.toString();
  const params: ImagesToRepairParams = line === undefined ? { uri } : { uri, line };
  const found = await withLateProgress('Looking for images', (token) =>
    client.sendRequest<ImagesToRepairResult>(imagesToRepairMethod, params, token),
  );
  if (found?.version === document.version) return found;
  if (found) tellOutdated();
  return undefined;
}

async function askFor(
  document: TextDocument,
  { version, maxBytes }: ImagesToRepair,
  images: readonly ImageToRepair[],
): Promise<Repairs | undefined> {
  const offer = offerRepairs(images, maxBytes);
  const { refused, groups, extras } = offer;
  if (groups.length + extras.size === 0) return { document, version, planned: [], refused };
  const choice = await askRepairs(offer);
  if (!choice) return undefined;
  return { document, version, planned: planRepairs(images, maxBytes, choice), refused };
}

async function carryOut(
  { imaging, report }: RepairTools,
  { document, version, planned, refused }: Repairs,
): Promise<void> {
  const outcomes: RepairOutcome[] = refused.map(asFailed);
  const process = await imaging();
  const outcome = await changeImages({
    document,
    version,
    title: `Repairing images of ${workspace.asRelativePath(document.uri)}`,
    places: planned,
    async change(picture, { line, image, plan }, signal) {
      const { embedded, url } = picture;
      if (!embedded) return [];
      const bytes = bytesOf(picture);
      try {
        const repaired = await process.repair(bytes, plan, signal);
        const [bytesBefore, bytesAfter] = [bytes.length, repaired.bytes.length];
        outcomes.push({ kind: 'done', line, image, words: plan.words, bytesBefore, bytesAfter });
        return replaceImage(picture.image.url, url, embedded.uri, repaired);
      } catch (error) {
        signal.throwIfAborted();
        if (!isRefusal(error)) throw error;
        outcomes.push({ kind: 'failed', line, image, reason: error.message });
        return [];
      }
    },
  });
  if (outcome === 'outdated') tellOutdated();
  else if (outcome === 'cancelled') tellCancelled();
  else await tell(document, outcomes, report);
}

function asFailed({ line, image, reason }: RefusedRepair): RepairOutcome {
  return { kind: 'failed', line, image, reason };
}

async function tell(
  { uri }: TextDocument,
  outcomes: readonly RepairOutcome[],
  report: ImageReport,
): Promise<void> {
  const [first, ...others] = outcomes;
  if (!first) {
    void window.showInformationMessage(nothingToDo);
    return;
  }
  const isWarning = outcomes.some(({ kind }) => kind === 'failed');
  if (others.length === 0 && first.kind === 'done') {
    window.setStatusBarMessage(describeOutcomes(outcomes), noticeMs);
  } else if (others.length === 0 && first.kind === 'failed') {
    void window.showWarningMessage(`The image could not be repaired: ${first.reason}.`);
  } else {
    await report.show(uri, describeOutcomes(outcomes), listOutcomes(outcomes), { isWarning });
  }
}

const nothingToDo = 'There is no image here that has to be repaired.';

/** How long the status bar says what was done, in milliseconds. */
const noticeMs = 4000;

function tellOutdated(): void {
  void window.showWarningMessage(
    'The file has changed meanwhile, so nothing was repaired. Ask for the repair again.',
  );
}

function tellCancelled(): void {
  window.setStatusBarMessage('Cancelled: no image was repaired.', noticeMs);
}

/** Whoever calls a command may give it anything. */
function isArgument(value: unknown): value is RepairImagesArgument {
  if (typeof value !== 'object' || value === null) return false;
  const { uri, version } = value as Partial<Record<string, unknown>>;
  return typeof uri === 'string' && typeof version === 'number';
}

/** By its name: the class itself would load the code that starts processes. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ImagingError';
}
