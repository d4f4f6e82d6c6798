import fc from 'fast-check';
import { alikeImages } from '../helpers/alikeImages.ts';
import type { CheckedDocument } from '../../core/check/checkedDocument.ts';
import { createContext, type CheckContext } from '../../core/check/context.ts';

export const today = '2026-11-21';

/** Limits so low that small texts pass and break them. */
export const tightContext: CheckContext = createContext(
  [
    {
      limits: {
        minExamples: 4,
        maxImageExamples: 3,
        maxImagesPerExample: 2,
        maxSkippedExamples: 1,
      },
    },
  ],
  today,
);

/** A record that nothing can be said against. */
export const goodRecord =
  '{"messages":[{"role":"user","content":"Hi."},{"role":"assistant","content":"Hello."}]}';

export const imageRecord = answered(recordWith('user', image('https://example.com/a.png', 'low')));

/** Good records, of which no two ask the same. */
export function goodRecords(count: number): string {
  return linesOf(count, (at) => goodRecord.replace('Hi.', `Hi ${at}.`));
}

/** Good records with an image each, of which no two are the same. */
export function imageRecords(count: number): string {
  return linesOf(count, (at) => imageRecord.replace('a.png', `${at}.png`));
}

const trainingLines = [
  goodRecord,
  imageRecord,
  recordWith('user', ...Array<string>(3).fill(image('https://example.com/a.png', 'high'))),
  recordWith('assistant', image('data:image/png;base64,R0lGODlhAQABAAAAADs=', 'tiny')),
  recordWith('wizard', '{"type":"text"}', '"part"', '{"type":"image_url","image_url":"x"}'),
  '{"messages":[{"role":"user","content":"é漢😀\u2028\\ud83d"},{"role":"tool","content":[]}]}',
  '{"messages":[]}',
  '{"__proto__":{"messages":[]},"messages":7,"messages":{}}',
  '[1, 2]',
];

/** Records that have something in common with each other: questions, answers, images that are alike or the same. */
const commonLines = alikeImages.flatMap((url) =>
  ['Yes.', 'No.'].flatMap((answer) => [
    answered(recordWith('user', image(url, 'low')), answer),
    answered(
      recordWith('user', image('https://example.com/b.png', 'low'), image(url, 'low')),
      answer,
    ),
  ]),
);

/** Nine of ten with one system prompt. */
const promptedLines = Array.from({ length: 10 }, (_, index) =>
  answered(recordWith('user', image(`https://example.com/${index}.png`, 'low'))).replace(
    '[',
    `[{"role":"system","content":"${index === 4 ? 'B' : 'A'}"},`,
  ),
);

const brokenLines = [
  '{"messages":[{"role":',
  '{"messages":[],}',
  "{'messages':[]}",
  '\u0000',
  '{}{}',
  '\uFFFD',
];
const blankLines = ['', ' ', '\t '];

export const anyLineEnd = fc.constantFrom('\n', '\n', '\r\n', '\r');

/** Text of a few lines: records good and bad, broken and blank lines, whatever ends them. */
export const anyTrainingText: fc.Arbitrary<string> = fc
  .oneof(
    anyLinesOf(14, trainingLines, brokenLines, blankLines),
    anyLinesOf(14, commonLines, trainingLines),
    anyLinesOf(3, commonLines).map((lines) => [
      ...promptedLines.map((text): [string, string] => [text, '\n']),
      ...lines,
    ]),
  )
  .chain((lines) => fc.constantFrom(lines.flat().join(''), lines.flat().slice(0, -1).join('')));

/** What is typed or pasted: a few characters, a line end, some lines. */
export const anyNewText: fc.Arbitrary<string> = fc.oneof(
  anyLineEnd,
  fc.constantFrom('', '{', '}', '"', ',', 'low', ' ', '\ud83d', '\ude00', '\uFEFF'),
  anyLineOf(trainingLines, brokenLines, blankLines),
  anyLineOf(commonLines, promptedLines),
  fc.tuple(anyLineEnd, anyLineOf(trainingLines), anyLineEnd).map((parts) => parts.join('')),
);

/** Positions in the text and a little outside of it, in either order. */
export const anyRange = fc
  .record({ line: fc.integer({ min: -1, max: 20 }), character: fc.integer({ min: -1, max: 150 }) })
  .chain((start) =>
    fc
      .record({
        down: fc.integer({ min: -1, max: 2 }),
        character: fc.integer({ min: -1, max: 150 }),
      })
      .map(({ down, character }) => ({ start, end: { line: start.line + down, character } })),
  );

/** Says that the time is over at the n-th look at the clock, and ever after. */
export function budget(looks: number): () => boolean {
  let left = looks;
  return () => --left <= 0;
}

export const never = () => false;

/** All that anybody can ask of a document when it is checked. */
export function stateOf(document: CheckedDocument) {
  return {
    text: document.store.getText(),
    isChecked: document.isChecked,
    counts: document.counts,
    findingCounts: document.countFindings(),
    findings: document.gravestFindings(Infinity),
    copies: document.countCopies(),
  };
}

function anyLinesOf(maxLength: number, ...lines: string[][]): fc.Arbitrary<[string, string][]> {
  return fc.array(fc.tuple(anyLineOf(...lines), anyLineEnd), { maxLength });
}

function anyLineOf(...lines: string[][]): fc.Arbitrary<string> {
  return fc.oneof(...lines.map((some) => fc.constantFrom(...some)));
}

function linesOf(count: number, record: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => `${record(at)}\n`).join('');
}

function answered(record: string, answer = 'A cat.'): string {
  return record.replace(/\]\}$/, `,{"role":"assistant","content":"${answer}"}]}`);
}

function recordWith(role: string, ...parts: string[]): string {
  return `{"messages":[{"role":"${role}","content":[${parts.join(', ')}]}]}`;
}

function image(url: string, detail: string): string {
  return `{"type":"image_url","image_url":{"url":"${url}","detail":"${detail}"}}`;
}
