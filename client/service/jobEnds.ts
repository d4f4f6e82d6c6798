import { basename } from 'node:path';
import { commands, Uri, window, type Disposable } from 'vscode';
import { findNamedLines } from '../../core/service/namedLines.ts';
import { describeExamples } from '../../core/service/receipt.ts';
import { reconcile, type Reconciliation } from '../../core/service/reconcile.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { copyModelName, deployModel, nameOf } from './jobActions.ts';
import type { EndedJob, JobBook, KnownJob } from './jobBook.ts';
import type { Receipts } from '../../core/service/receipts.ts';
import { ServiceDiagnostics } from './serviceDiagnostics.ts';
import type { ServiceLog } from './serviceLog.ts';

/** What is done with a job that is over: its receipt is written, the lines that it names are marked, its end is told. */
export class JobEnds implements Disposable {
  readonly #receipts: Receipts;
  readonly #log: ServiceLog;
  readonly #diagnostics = new ServiceDiagnostics();
  readonly #listener: Disposable;

  constructor(book: JobBook, receipts: Receipts, log: ServiceLog) {
    this.#receipts = receipts;
    this.#log = log;
    this.#listener = book.onDidEnd((ended) => {
      this.#take(ended).catch((error: unknown) => {
        this.#log.error(`After the end of a job: ${error instanceof Error ? error.message : ''}`);
      });
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#diagnostics.dispose();
  }

  async #take({ known, isNews }: EndedJob): Promise<void> {
    const { submission, job, events } = known;
    let notes: readonly string[] = [];
    if (submission) {
      const reconciliation = reconcile(submission.training, job, events);
      await this.#receipts.write({ submission, job, reconciliation });
      notes = await this.#mark(known, reconciliation);
    }
    if (isNews) await this.#tell(known, notes);
  }

  /** Marks the lines that are named; says what cannot be. */
  async #mark(
    { submission }: KnownJob,
    reconciliation: Reconciliation,
  ): Promise<readonly string[]> {
    if (!submission) return [];
    const { reasons, refused, skipped } = reconciliation;
    const names = refused.length > 0 || reasons.some(({ lines }) => lines.length > 0);
    const [said = ''] = skipped === undefined ? [] : describeExamples(reconciliation);
    if (!names) return said === '' ? [] : [said];
    const { file, lines } = await findNamedLines(submission.training, reconciliation);
    if (file !== 'same') {
      const name = basename(submission.training.path);
      return [
        said,
        `${name} ${file === 'gone' ? 'cannot be read' : 'has changed since'}, so the lines that the service names are not marked.`,
      ];
    }
    this.#diagnostics.show(submission.training.path, lines);
    return [said];
  }

  async #tell(known: KnownJob, notes: readonly string[]): Promise<void> {
    const { job, submission } = known;
    const why = job.error ? ` ${this.#log.clean(job.error.message).slice(0, longestReason)}` : '';
    const words = `The job of ${nameOf(known)} ${ends[job.status] ?? makeVisible(job.status)}.${why}`;
    const message = [words, ...notes.map(withoutColon)].filter((note) => note !== '').join(' ');
    const [copy, problems, receipt] = ['Copy Model Name', 'Show Problems', 'Show Receipt'];
    const deploy = 'Deploy…';
    const isAzure = known.connection.endpoint.provider === 'azure';
    const buttons = [
      ...(job.fineTunedModel === undefined ? [] : [copy, ...(isAzure ? [deploy] : [])]),
      ...(job.status === 'failed' && submission ? [problems] : []),
      ...(submission ? [receipt] : []),
    ];
    const show = job.status === 'failed' ? window.showErrorMessage : window.showInformationMessage;
    const choice = await show(message, ...buttons);
    if (choice === copy) await copyModelName(known);
    if (choice === deploy) await deployModel(known);
    if (choice === problems && submission) {
      await window.showTextDocument(Uri.file(submission.training.path));
      await commands.executeCommand('workbench.actions.view.problems');
    }
    if (choice === receipt) {
      await commands.executeCommand('visionFinetune.showReceipt', { key: known.key });
    }
  }
}

/** Characters of the service's words in a notification; the receipt has all of them. */
const longestReason = 300;

const ends: Readonly<Record<string, string>> = {
  succeeded: 'has succeeded',
  failed: 'has failed',
  cancelled: 'was cancelled',
};

function withoutColon(note: string): string {
  return note.replace(/:$/, '.');
}
