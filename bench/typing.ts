/** Typing into open documents and opening them: from the change to the findings that are sent. */
import { parseTree } from 'jsonc-parser';
import { getLanguageService } from 'vscode-json-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createContext } from '../core/check/context.ts';
import type { CheckedDocument } from '../core/check/checkedDocument.ts';
import { LinesDocument } from '../core/check/linesDocument.ts';
import type { Position } from '../core/text/position.ts';
import { oneRecord, seeded, textHeavy, withRepeatedImages } from './data.ts';
import { median, milliseconds, quantile } from './measure.ts';
import { makeRow, type Row } from './row.ts';

const context = createContext([], '2026-01-01');

/** As many as the server sends of a file. */
const sentFindings = 1000;

/** In milliseconds; the server looks at what has arrived in between. */
const sliceMs = 10;

const never = () => false;

export async function* benchTyping(rounds: number): AsyncGenerator<Row> {
  const keystrokes = rounds * 20;
  const small = await typeInto(textHeavy(1_000_000).toString(), keystrokes);
  const service = getLanguageService({});
  const validated = textHeavy(1_000_000).toString();
  const validation = await validate(service, validated, rounds);
  yield makeRow('keystroke in 1 MB, p95', 'ms', small.ours, {
    peer: { name: 'vscode-json-languageservice', value: validation },
  });
  const text = textHeavy(45_000_000).toString();
  const large = await typeInto(text, keystrokes);
  yield makeRow('keystroke in 45 MB, p95', 'ms', large.ours, {
    peer: { name: 'TextDocument.update alone', value: large.peer },
    goal: { atMost: 5 },
  });
  yield makeRow('the same, over 1 MB', 'ms', large.ours, {
    goal: { atMost: Number((2 * small.ours).toFixed(2)) },
  });
  const record = oneRecord(13_000_000).toString().trimEnd();
  const huge = await typeInto(record, keystrokes);
  const tree = median(await repeat(rounds, () => parseTree(record)));
  yield makeRow('keystroke in a record of 13 MB, p95', 'ms', huge.ours, {
    peer: { name: 'jsonc-parser', value: tree },
    goal: { atMost: 30 },
  });
  const alike = await typeInto(withRepeatedImages(text), keystrokes);
  yield makeRow('keystroke in 45 MB, each image twice, p95', 'ms', alike.ours, {
    peer: { name: 'TextDocument.update alone', value: alike.peer },
  });
  yield* benchOpening(text, rounds);
  yield* benchPasting(text, rounds);
}

async function* benchOpening(text: string, rounds: number): AsyncGenerator<Row> {
  const firsts: number[] = [];
  const waits: number[] = [];
  const alls = await repeat(rounds, () => {
    const started = performance.now();
    let document: CheckedDocument = LinesDocument.of(text, context);
    for (let isFirst = true; !document.isChecked; isFirst = false) {
      const sliceStarted = performance.now();
      document = checkSlice(document, 0);
      if (isFirst) firsts.push(performance.now() - started);
      waits.push(performance.now() - sliceStarted);
    }
  });
  const plain = median(
    await repeat(rounds, () => text.split('\n').map((line): unknown => line && JSON.parse(line))),
  );
  yield makeRow('open 45 MB: first findings', 'ms', median(firsts), { goal: { atMost: 150 } });
  yield makeRow('open 45 MB: all findings', 'ms', median(alls), {
    peer: { name: 'JSON.parse a line', value: plain },
    goal: { atMost: 700 },
  });
  yield makeRow('open 45 MB: what a hover waits for, p95', 'ms', quantile(waits, 0.95), {
    goal: { atMost: 50 },
  });
}

/** The longest that nothing else is done meanwhile. */
async function* benchPasting(text: string, rounds: number): AsyncGenerator<Row> {
  let document: CheckedDocument = LinesDocument.of(text, context).check(never);
  document.gravestFindings(sentFindings);
  const pasted = `${text.split('\n').slice(0, 10_000).join('\n')}\n`;
  const start = { line: 20_000, character: 0 };
  const waits: number[] = [];
  const change = async (end: Position, newText: string): Promise<void> => {
    waits.push(await milliseconds(() => (document = document.edit({ start, end }, newText))));
    while (!document.isChecked) {
      waits.push(await milliseconds(() => (document = checkSlice(document, start.line))));
    }
  };
  const longest: number[] = [];
  for (let round = 0; round < rounds; round++) {
    waits.length = 0;
    await change(start, pasted);
    await change({ line: 30_000, character: 0 }, '');
    longest.push(Math.max(...waits));
  }
  yield makeRow(
    'paste 10,000 lines into 45 MB and delete them: longest wait',
    'ms',
    median(longest),
    {
      goal: { atMost: 50 },
    },
  );
}

/** Between two looks at what has arrived, as the server does. */
function checkSlice(document: CheckedDocument, fromLine: number): CheckedDocument {
  const started = performance.now();
  const checked = document.check(() => performance.now() - started > sliceMs, fromLine);
  checked.gravestFindings(sentFindings);
  return checked;
}

/** A character into a text of a record, here and there. The 95th percentiles in milliseconds. */
async function typeInto(
  text: string,
  keystrokes: number,
): Promise<{ readonly ours: number; readonly peer: number }> {
  const random = seeded(7);
  let document: CheckedDocument = LinesDocument.of(text, context).check(never);
  document.gravestFindings(sentFindings);
  const ours: number[] = [];
  const places: Position[] = [];
  for (let index = 0; index < keystrokes; index++) {
    const line = Math.floor(random() * (document.store.lineCount - 1));
    // In front of the quote that closes the last text.
    const at = { line, character: document.store.line(line).text.length - '"}]}'.length };
    places.push(at);
    ours.push(
      await milliseconds(() => {
        document = document.edit({ start: at, end: at }, 'x').check(never, line);
        document.gravestFindings(sentFindings);
      }),
    );
  }
  // Not in turn with ours: the peer copies all of the text, and its garbage would be collected at our expense.
  const plain = TextDocument.create('file:///a.jsonl', 'jsonl', 1, text);
  const peer: number[] = [];
  for (const [index, at] of places.entries()) {
    peer.push(
      await milliseconds(() => {
        TextDocument.update(plain, [{ range: { start: at, end: at }, text: 'x' }], index + 2);
        plain.positionAt(0);
      }),
    );
  }
  return { ours: quantile(ours, 0.95), peer: quantile(peer, 0.95) };
}

/** As one document that holds an array of the records, which is what it can read. */
async function validate(
  service: ReturnType<typeof getLanguageService>,
  text: string,
  rounds: number,
): Promise<number> {
  const array = `[${text.trimEnd().replaceAll('\n', ',\n')}]`;
  const document = TextDocument.create('file:///a.json', 'json', 1, array);
  const times = await repeat(rounds, () =>
    service.doValidation(document, service.parseJSONDocument(document)),
  );
  return median(times);
}

async function repeat(rounds: number, work: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await milliseconds(work));
  return times;
}
