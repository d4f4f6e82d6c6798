import { basename, dirname } from 'node:path';
import { commands, ProgressLocation, Uri, window, workspace } from 'vscode';
import { findConfigFile } from '../../core/check/configFile.ts';
import { createContext, type CheckContext } from '../../core/check/context.ts';
import { localDate } from '../../core/check/localDate.ts';
import { readOptions } from '../../core/check/options.ts';
import { Companion } from '../../core/dataset/companion.ts';
import { describeCounts } from '../../core/finding/words.ts';
import type { LearntImages } from '../../core/image/learntImages.ts';
import { preflight, type Preflight, type PreflightOptions } from '../../core/service/preflight.ts';
import { toSignal } from '../abortSignal.ts';
import type { ChosenSubmission } from './chooseSubmission.ts';

/** Both files, open and checked. Whoever gets them closes them. */
export interface CheckedFiles {
  readonly training: Preflight;
  readonly validation: Preflight | undefined;
}

/**
 * Checks and hashes the files as they are on disk, for the provider and model that are chosen. Undefined where a person has
 * to do something first, which has been said.
 */
export async function preflightFiles(
  chosen: ChosenSubmission,
  learnt: LearntImages,
): Promise<CheckedFiles | undefined> {
  // The validation file comes first: the other one is compared with it.
  const paths = [...(chosen.validation === undefined ? [] : [chosen.validation]), chosen.training];
  for (const path of paths) if (!(await isSaved(path))) return undefined;
  const companion = chosen.validation === undefined ? undefined : companionOf(chosen.validation);
  const checked: Preflight[] = [];
  try {
    for (const path of paths) {
      const isValidation = checked.length < paths.length - 1;
      const context = contextOf(path, chosen, { learnt, isValidation });
      const result = isValidation
        ? await readWithProgress(path, { context, companion })
        : await readWithProgress(path, { context: { ...context, companion } });
      if (!result) break;
      checked.push(result);
      if (!(await isSound(result))) break;
    }
  } catch (error) {
    await closeFiles(checked);
    throw error;
  }
  const [training, validation] = checked.toReversed();
  const areSound = checked.every(({ report }) => report.counts.error === 0);
  if (training && checked.length === paths.length && areSound) return { training, validation };
  await closeFiles(checked);
  return undefined;
}

export async function closeFiles(files: Iterable<Preflight | undefined>): Promise<void> {
  for (const each of files) await each?.checked.file.close();
}

function companionOf(path: string): Companion {
  return new Companion(basename(path), Uri.file(path).toString());
}

/** What is sent is what is on disk, so changes that are not there yet would be left behind unnoticed. */
async function isSaved(path: string): Promise<boolean> {
  const document = workspace.textDocuments.find(
    ({ uri, isDirty }) => isDirty && uri.scheme === 'file' && uri.fsPath === path,
  );
  if (!document) return true;
  const save = 'Save and Go On';
  const choice = await window.showWarningMessage(
    `${basename(path)} has changes that are not saved.`,
    { modal: true, detail: 'What is submitted is the file on disk.' },
    save,
  );
  return choice === save && (await document.save());
}

/** The configuration file of the folder, then the settings of the editor, then what was chosen. */
function contextOf(
  path: string,
  { connection, wishes }: ChosenSubmission,
  { learnt, isValidation }: { readonly learnt: LearntImages; readonly isValidation: boolean },
): CheckContext {
  const section = workspace.getConfiguration('visionFinetune', Uri.file(path));
  const names = ['severities', 'limits', 'epochs'] as const;
  const set = Object.fromEntries(names.map((name) => [name, section.get<unknown>(name)]));
  const { options } = readOptions({
    profile: connection.endpoint.provider,
    model: wishes.model,
    epochs: wishes.epochs ?? null,
  });
  const layers = [
    findConfigFile(dirname(path))?.options ?? {},
    readOptions(set).options,
    options,
    // How few examples a validation file may have is not documented.
    ...(isValidation ? [{ limits: { minExamples: 1 } }] : []),
  ];
  return { ...createContext(layers, localDate(new Date())), learnt };
}

/** Undefined when cancelled. */
async function readWithProgress(
  path: string,
  what: Pick<PreflightOptions, 'context' | 'companion'>,
): Promise<Preflight | undefined> {
  const options = {
    location: ProgressLocation.Notification,
    title: `Checking ${basename(path)}`,
    cancellable: true,
  };
  return window.withProgress(options, async (progress, token) => {
    const signal = toSignal(token);
    let shown = 0;
    try {
      return await preflight(path, {
        ...what,
        signal,
        onProgress: (read, of) => {
          const percent = of === 0 ? 100 : (100 * read) / of;
          progress.report({ increment: percent - shown });
          shown = percent;
        },
      });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}

/** A file with errors would be refused, or a part of it be paid for and left out. */
async function isSound({ checked, report }: Preflight): Promise<boolean> {
  if (report.counts.error === 0) return true;
  const { name, path } = checked.file;
  const [errors] = [...describeCounts(report.counts)].map(([, words]) => words);
  const showProblems = 'Show Problems';
  const choice = await window.showErrorMessage(
    `${name} has ${errors ?? 'errors'}, so it is not submitted.`,
    showProblems,
  );
  if (choice === showProblems) {
    // Problems are those of open files.
    await window.showTextDocument(Uri.file(path));
    await commands.executeCommand('workbench.actions.view.problems');
  }
  return false;
}
