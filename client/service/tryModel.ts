import { basename } from 'node:path';
import { ProgressLocation, Uri, window } from 'vscode';
import { isBlank } from '../../core/record/isBlank.ts';
import { jsonBody } from '../../core/service/serviceClient.ts';
import { OpenedFile } from '../../core/service/openedFile.ts';
import { fieldsOf, listOf, textOf } from '../../core/service/wire.ts';
import { decodeLine } from '../../core/text/decodeLine.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { LineReader, type ByteLine } from '../../core/text/lineReader.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { toSignal } from '../abortSignal.ts';
import type { DerivedTexts } from '../derivedTexts.ts';
import type { JobBook, KnownJob } from './jobBook.ts';
import { questionOf } from './question.ts';
import { completionsPath } from './requests.ts';

/** Sends one record of the validation file, else of the training file, and shows both answers beside each other. */
export async function tryModel(
  book: JobBook,
  known: KnownJob,
  answers: DerivedTexts,
): Promise<void> {
  const { submission, job, connection } = known;
  const path = (submission?.validation ?? submission?.training)?.path;
  const name = job.fineTunedModel;
  if (path === undefined || name === undefined) {
    void window.showInformationMessage('The job has no model yet, or was not submitted from here.');
    return;
  }
  const model = connection.endpoint.provider === 'azure' ? await askForDeployment(name) : name;
  const number = model === undefined ? undefined : await askForRecord(path);
  if (model === undefined || number === undefined) return;
  const record = await readRecord(path, number);
  const question = record === undefined ? undefined : questionOf(record);
  if (!question) {
    void window.showInformationMessage(
      `${basename(path)} has no record ${formatCount(number)} that ends with an answer.`,
    );
    return;
  }
  const ask = 'Ask';
  const choice = await window.showWarningMessage(
    `Ask ${makeVisible(model)} with record ${formatCount(number)} of ${basename(path)}?`,
    { modal: true, detail: `Sent to ${connection.endpoint.base.host}, which charges its tokens.` },
    ask,
  );
  if (choice !== ask) return;
  const client = await book.clientOf(connection);
  if (!client) return;
  const options = {
    location: ProgressLocation.Notification,
    title: 'Asking the model',
    cancellable: true,
  };
  const answer = await window.withProgress(options, (_progress, token) =>
    client.postOnce(
      completionsPath(connection.endpoint, model),
      jsonBody({ model, messages: question.messages }),
      toSignal(token),
    ),
  );
  await answers.show(Uri.file(path), compare(model, number, question.expected, readAnswer(answer)));
}

function askForDeployment(model: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: 'Try the Model: Deployment',
    prompt: 'The name under which the tuned model is deployed.',
    value: model,
    ignoreFocusOut: true,
  });
}

async function askForRecord(path: string): Promise<number | undefined> {
  const typed = await window.showInputBox({
    title: `Try the Model: Record of ${basename(path)}`,
    prompt: 'Its number, from 1.',
    value: '1',
    ignoreFocusOut: true,
    validateInput: (value) => (/^[1-9]\d{0,8}$/.test(value) ? undefined : 'Enter a number from 1.'),
  });
  return typed === undefined ? undefined : Number(typed);
}

/** The text of a record by its number, from 1; blank lines are none. */
async function readRecord(path: string, number: number): Promise<string | undefined> {
  const file = await OpenedFile.open(path);
  try {
    const reader = new LineReader();
    let count = 0;
    const isWanted = ({ bytes }: ByteLine): boolean =>
      bytes !== undefined && !isBlank(bytes) && ++count === number;
    for await (const chunk of file.read()) {
      for (const line of reader.read(chunk)) if (isWanted(line)) return textOfLine(line);
    }
    for (const line of reader.end()) if (isWanted(line)) return textOfLine(line);
    return undefined;
  } finally {
    await file.close();
  }
}

function textOfLine({ bytes }: ByteLine): string | undefined {
  return bytes && decodeLine(bytes).text;
}

function readAnswer(reply: unknown): string {
  const message = fieldsOf(fieldsOf(listOf(fieldsOf(reply)['choices'])[0])['message']);
  return (
    textOf(message['content']) ?? textOf(message['refusal']) ?? JSON.stringify(message, null, 2)
  );
}

function compare(model: string, number: number, expected: string, answer: string): string {
  return [
    `Record ${formatCount(number)}, answered by ${makeVisible(model)}`,
    '',
    expected === answer ? 'The answers are the same.' : 'The answers differ.',
    '',
    'Expected',
    '--------',
    expected,
    '',
    'Answered',
    '--------',
    answer,
    '',
  ].join('\n');
}
